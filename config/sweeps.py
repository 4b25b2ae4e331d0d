"""Runs every app's sweeps for every partnership. Beat only knocks here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from bookings import schedule as bookings
from competencies import schedule as competencies
from courses import schedule as courses
from evaluation import schedule as evaluation
from partnerships import schedule as partnerships
from partnerships.models import Partnership
from partnerships.sweeps import Sweep
from partnerships.tenancy import activate

logger = logging.getLogger(__name__)

# In the order of the flow, mails last, so that one knock carries an effect all the way out.
SWEEPS: tuple[Sweep, ...] = (
    *courses.SWEEPS,
    *bookings.SWEEPS,
    *evaluation.SWEEPS,
    *competencies.SWEEPS,
    *partnerships.SWEEPS,
)
MOST_IN_ONE_KNOCK = 5000


def run_sweep(sweep: Sweep, partnership: Partnership, now: datetime) -> int:
    """Run one sweep for one partnership; batch sweeps a row at a time, each in its own transaction."""
    total = 0
    for _ in range(MOST_IN_ONE_KNOCK):
        with activate(partnership):
            done = sweep.run(now)
        total += done
        if not sweep.batch or done == 0:
            break
    return total


def run_sweeps(
    now: datetime, partnership: Partnership | None = None
) -> Iterator[tuple[Partnership, Sweep, int]]:
    """Run every sweep and tell what each did. One that fails is logged and does not stop the others."""
    chosen = [partnership] if partnership else Partnership.objects.order_by("slug")
    for each in chosen:
        for sweep in SWEEPS:
            try:
                yield each, sweep, run_sweep(sweep, each, now)
            except Exception:
                logger.exception(
                    "Sweep %s failed for %s; it runs again at the next knock", sweep.name, each.slug
                )


@shared_task(name="config.knock")
def knock() -> None:
    """What beat calls each minute."""
    for _ in run_sweeps(timezone.now()):
        pass


@shared_task(name="config.knock_one")
def knock_one(*, slug: str) -> None:
    """Run one partnership's sweeps soon, because something there has just become due."""
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is not None:
        for _ in run_sweeps(timezone.now(), partnership):
            pass
