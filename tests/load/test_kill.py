"""A worker that is killed again and again leaves what an undisturbed one leaves."""

from __future__ import annotations

import email
import os
import signal
import time
from email import policy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from celery import Celery
from django.db import connections
from django.utils import timezone

from config.settings.environment import broker
from config.sweeps import run_sweeps
from finance.models import Invoice
from outbox.models import Message, MessageState
from partnerships.models import Partnership
from tenancy import activate
from tests.load.month_end import lines_of_history, month_end, outcome
from tests.load.processes import environment
from tools.bench.memory import children_of
from tools.bench.place import running
from tools.runner import commands

KILLS, KILLS_OF_ALL = 20, 1
LONGEST_MOMENT = 0.08  # seconds after it has begun
PATIENCE_SECONDS = 60


@pytest.mark.slow
@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_twenty_times_leaves_what_an_undisturbed_one_leaves(
    redis_url: str, tmp_path: Path, settings: Any
) -> None:
    calm, stormy = month_end("calm"), month_end("stormy")
    settings.EMAIL_BACKEND = "outbox.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "calm"
    begun = lines_of_history(calm)
    assert work(calm) > 0
    assert lines_of_history(stormy) == begun
    storm = Storm(stormy, lines_of_history(calm), redis_url, tmp_path / "stormy")
    storm.rage()
    assert storm.interrupted == KILLS
    assert work(stormy) == 0
    assert lines_of_history(stormy) == lines_of_history(calm)
    assert outcome(stormy) == outcome(calm)
    for each in (calm, stormy):
        with activate(each):
            numbers = sorted(int(number[-4:]) for number in numbers_of_invoices())
            sent = Message.objects.filter(state=MessageState.SENT).count()
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(mails_in(tmp_path / each.slug)) == sent > 0


def work(partnership: Partnership) -> int:
    """Do undisturbed what is due; returns how many effects that had."""
    return sum(done for _, _, done in run_sweeps(timezone.now(), partnership))


def numbers_of_invoices() -> list[str]:
    return list(Invoice.objects.values_list("number", flat=True))


def mails_in(folder: Path) -> set[tuple[str, str]]:
    """Recipient and subject of every mail that went out; the same twice is one too few."""
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in folder.glob("*.eml")
    ]
    found = {(str(mail["To"]), str(mail["Subject"])) for mail in mails}
    assert len(found) == len(mails)
    return found


class Storm:
    """A worker on one partnership's work, killed at seeded moments, and the knocks that wake it again.

    ``all_of_it`` is how many lines of history the whole work makes.
    """

    def __init__(
        self, partnership: Partnership, all_of_it: int, redis_url: str, mails: Path
    ) -> None:
        self.partnership = partnership
        self.all_of_it = all_of_it
        self.queue = Celery(broker=broker(redis_url))
        self.environ = environment(
            DJANGO_SETTINGS_MODULE="tests.load.settings",
            REDIS_URL=redis_url,
            MAIL_FOLDER=str(mails),
        )
        self.moments = Random(20260401)
        self.interrupted = 0

    def rage(self) -> None:
        """Mostly the processes that work are killed, then all of the worker; at last it is let be."""
        self.queue.control.purge()
        for kills in (KILLS - KILLS_OF_ALL, KILLS_OF_ALL, 0):
            with running("worker", commands.WORKER, self.environ) as worker:
                for _ in range(kills):
                    self.knock_and_wait()
                    time.sleep(self.moments.uniform(0, LONGEST_MOMENT))
                    kill(children_of(worker.pid) if kills > 1 else [worker.pid])
                    self.interrupted += lines_of_history(self.partnership) < self.all_of_it
                if kills == 0:
                    self.knock()
                    self.wait_for_more_than(self.all_of_it - 1)
        connections.close_all()

    def knock_and_wait(self) -> None:
        """Wake it, and wait until it has written something."""
        before = lines_of_history(self.partnership)
        self.knock()
        self.wait_for_more_than(before)

    def knock(self) -> None:
        """Two at once, for two processes at once."""
        for _ in range(2):
            self.queue.send_task("config.knock_one", kwargs={"slug": self.partnership.slug})

    def wait_for_more_than(self, lines: int) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while lines_of_history(self.partnership) <= lines:
            assert time.monotonic() < deadline, "The worker does not get on with its work."
            time.sleep(0.01)


def kill(processes: list[int]) -> None:
    """Without a chance to tidy up. A process that leads a group takes its group with it."""
    for process in processes:
        if os.getpgid(process) == process:
            os.killpg(process, signal.SIGKILL)
        else:
            os.kill(process, signal.SIGKILL)
