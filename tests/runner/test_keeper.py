"""A process that ends by itself is started again; one that keeps ending stops the site."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import pytest

from tools.runner import keeper
from tools.runner.console import Problem
from tools.runner.keeper import Kept, keep
from tools.runner.processes import Child, Stop, stop_all

SLEEPS = ["sleep", "60"]
FALLS = ["sh", "-c", "exit 7"]


@pytest.fixture
def stop() -> Iterator[Stop]:
    """The real signal handlers, put back afterwards."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield Stop()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> tuple[float, ...]:
    """As in the product, but two hundred times as fast."""
    quick = tuple(pause / 200 for pause in keeper.PAUSES)
    monkeypatch.setattr(keeper, "PAUSES", quick)
    monkeypatch.setattr(keeper, "POLL_SECONDS", 0.002)
    return quick


def test_pauses_grow() -> None:
    assert all(later > earlier for earlier, later in pairwise(keeper.PAUSES))


def test_one_that_is_killed_is_started_again_with_a_sentence(
    stop: Stop, capsys: pytest.CaptureFixture[str]
) -> None:
    killed, other = (Kept(name, partial(Child, name, SLEEPS)) for name in ("worker", "beat"))
    first, undisturbed = killed.child.pid, other.child.pid
    os.kill(first, signal.SIGKILL)
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert keep([killed, other], stop) is None
    assert killed.child.pid != first
    assert killed.exit_code is None
    assert other.child.pid == undisturbed
    stop_all([killed.child, other.child], seconds=5)
    assert "The worker ended by itself with exit code 137; starting it again" in (
        capsys.readouterr().out
    )


def test_one_that_keeps_ending_stops_the_site(
    stop: Stop, pauses: tuple[float, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()
    failing = Kept("worker", partial(Child, "worker", FALLS))
    assert keep([failing], stop) is failing
    assert failing.exit_code == 7
    assert time.monotonic() - begun >= sum(pauses)
    said = capsys.readouterr().out
    assert said.count("starting it again") == len(pauses)
    assert "7 times in a row; stopping all" in said


def test_one_that_recovered_begins_to_count_anew(
    stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed once an hour for weeks, it is still there."""
    monkeypatch.setattr(keeper, "STEADY_SECONDS", 0.0)
    falling = Kept("worker", partial(Child, "worker", FALLS))
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert keep([falling], stop) is None
    assert falling.failures <= 1


def test_one_that_cannot_even_be_started_is_tried_again(
    stop: Stop, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([Child("queue", FALLS), Problem("the disk is full"), Child("queue", SLEEPS)])

    def launch() -> Child:
        answer = next(answers)
        if isinstance(answer, Problem):
            raise answer
        return answer

    kept = Kept("queue", launch)
    threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert keep([kept], stop) is None
    assert kept.exit_code is None
    stop_all([kept.child], seconds=5)
    said = capsys.readouterr()
    assert "The queue could not be started; starting it again" in said.out
    assert "the disk is full" in said.err


def test_what_it_had_started_does_not_stand_in_the_way_of_the_next(stop: Stop) -> None:
    """A web server's processes hold the port for a while after their leader has been killed."""
    leaves = ["sh", "-c", "sleep 60 & wait"]
    kept = Kept("web server", partial(Child, "web server", leaves))
    group = kept.child.pid
    time.sleep(0.2)
    os.kill(group, signal.SIGKILL)
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert keep([kept], stop) is None
    assert group_is_gone(group)
    stop_all([kept.child], seconds=5)


def group_is_gone(group: int) -> bool:
    """Killed, and buried by the system: that can take a moment."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
