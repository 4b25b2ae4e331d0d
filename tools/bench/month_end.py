"""A month's invoices by the real worker: how fast, in how much memory, and whole after it was killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from celery import current_app
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.prices import ChargeKind
from finance.models import Charge, Invoice, InvoiceRun, InvoiceRunState
from finance.rules.states import ChargeState
from partnerships.models import Agency, Membership, Partnership
from partnerships.rules.months import first_of_month
from partnerships.rules.reasons import Explanation
from tenancy import activate
from tools.bench import place
from tools.bench.data import SLUG
from tools.bench.memory import memory_of
from tools.bench.money import PRICES
from tools.runner import commands
from tools.runner.console import Problem, say

INVOICES, KILLS = 1000, 10
CALM, STORMY = date(2026, 1, 15), date(2026, 2, 15)  # days in the months of the two runs
SOON, LATER = 0.2, 1.5  # seconds between two kills
BEAT_SECONDS, PATIENCE_SECONDS = 10, 600


@dataclass
class Month:
    """One released run, and the worker that issues its invoices."""

    partnership: Partnership
    day: date
    environ: Mapping[str, str]

    def issued(self) -> int:
        """How many invoices of the run there are."""
        with activate(self.partnership):
            return int(Invoice.objects.filter(run__month=first_of_month(self.day)).count())

    def is_done(self) -> bool:
        """Whether the worker has finished the run."""
        month = first_of_month(self.day)
        with activate(self.partnership):
            runs = InvoiceRun.objects.filter(month=month, state=InvoiceRunState.DONE)
            return bool(runs.exists())

    def wait(self, number: int = INVOICES, *, beats: bool = True) -> None:
        """Wait until so many invoices are issued; all of them: until the run is done.

        Whoever finds the run locked leaves it to the next task, so we send one from time to time, as beat does,
        unless only one process is to work.
        """
        begun, tasks = time.monotonic(), 1
        while self.issued() < number or (number == INVOICES and not self.is_done()):
            waited = time.monotonic() - begun
            if waited > PATIENCE_SECONDS:
                raise Problem(f"only {self.issued()} of {number} invoices were issued")
            if beats and waited > tasks * BEAT_SECONDS:
                tasks += 1
                knock()
            time.sleep(0.1)


def invoice_runs(environ: Mapping[str, str]) -> None:
    """One run in peace, for time and memory; one with kills and two tasks at once, for what is left of it."""
    here = Partnership.objects.get(slug=SLUG)
    calm, stormy = Month(here, CALM, environ), Month(here, STORMY, environ)
    with activate(here):  # what the worker is to see has to be committed first
        bookings = list(Booking.objects.order_by("pk")[: INVOICES * 2])
        agencies = one_agency_each()
        release(CALM, agencies, bookings[:INVOICES])
    in_peace(calm)
    with activate(here):
        release(STORMY, agencies, bookings[INVOICES:])
    in_a_storm(stormy)
    with activate(here):
        numbers = Invoice.objects.values_list("number", flat=True)
        counted = sorted(int(number[-4:]) for number in numbers)
    if counted != list(range(1, 2 * INVOICES + 1)):
        raise Problem("the numbers of the invoices have a gap or repeat themselves")


def one_agency_each() -> list[Agency]:
    """As many agencies as a run has invoices."""
    made: list[Agency] = Agency.objects.bulk_create(
        Agency(
            name=f"Payer {n:04}", reference=f"payer-{n}", address="3 Mill Lane", postcode="AB1 4GH"
        )
        for n in range(INVOICES)
    )
    return made


def release(day: date, agencies: list[Agency], bookings: list[Booking]) -> None:
    """One approved charge for each agency, and the run of the month released, but nobody woken."""
    by = Membership.objects.order_by("pk").first()
    now, amount = timezone.now(), PRICES[ChargeKind.NO_SHOW]
    Charge.objects.bulk_create(
        Charge(
            booking=booking,
            agency=agency,
            kind=ChargeKind.NO_SHOW,
            state=ChargeState.APPROVED,
            amount=amount,
            explanation=Explanation(amount, "Not attending.").to_json(),
            arose_on=day,
            decided_at=now,
            created_at=now,
        )
        for agency, booking in zip(agencies, bookings, strict=True)
    )
    InvoiceRun.objects.create(
        month=first_of_month(day),
        state=InvoiceRunState.RELEASED,
        created_by=by,
        created_at=now,
        released_by=by,
        released_at=now,
    )


def in_peace(month: Month) -> None:
    """Nobody disturbs it: the time, and how much memory the process gains that issues them."""
    with place.running("worker", commands.WORKER, month.environ) as child:
        pids = place.wait_for_children(child, 2)
        begun, before = time.perf_counter(), memory(pids)
        knock(1)
        month.wait(beats=False)
        seconds, after = time.perf_counter() - begun, memory(pids)
    gained = max(after[pid] - before[pid] for pid in after.keys() & before.keys())
    say(
        f"invoice run      {INVOICES} invoices in {seconds:5.1f} s, {INVOICES / seconds:4.1f} a second;"
        f" memory grew by {gained:4.1f} MB over the start"
    )


def in_a_storm(month: Month) -> None:
    """Killed at moments drawn by lot, two tasks at once each time."""
    moments = Random(20260401)
    kills = 0
    while kills < KILLS and month.issued() < INVOICES:
        with place.running("worker", commands.WORKER, month.environ) as child:
            pids = place.wait_for_children(child, 2)
            before = month.issued()
            knock()
            month.wait(before + 1)
            time.sleep(moments.uniform(SOON, LATER))
            for pid in (child.pid, *pids):
                os.kill(pid, signal.SIGKILL)
        kills += 1
    with place.running("worker", commands.WORKER, month.environ) as child:
        place.wait_for_children(child, 2)
        knock()
        month.wait()
    say(f"invoice run      killed {kills} times: {month.issued()} invoices, each number once")


def knock(tasks: int = 2) -> None:
    """Two tasks, for two processes at once."""
    for _ in range(tasks):
        current_app.send_task("config.knock_one", kwargs={"slug": SLUG})


def memory(pids: list[int]) -> dict[int, float]:
    """What each of the processes takes, in MB."""
    found = {pid: memory_of(pid) for pid in pids}
    return {pid: memory.resident for pid, memory in found.items() if memory}
