"""Runs every app's sweeps for every partnership. Celery beat only calls this."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from celery import shared_task
from django.utils import timezone

from bookings import schedule as bookings
from competencies import schedule as competencies
from courses import schedule as courses
from evaluation import schedule as evaluation
from finance import schedule as finance
from outbox import schedule as outbox
from outbox.sweeps import Sweep, Turn
from partnerships import schedule as partnerships
from partnerships.models import Partnership
from tenancy import activate

logger = logging.getLogger(__name__)

# In the order of the flow, emails last, so that one knock carries an effect all the way out.
SWEEPS: tuple[Sweep, ...] = (
    *courses.SWEEPS,
    *bookings.SWEEPS,
    *finance.SWEEPS,
    *evaluation.SWEEPS,
    *competencies.SWEEPS,
    *outbox.SWEEPS,
)
# For what belongs to no partnership.
SITE_SWEEPS: tuple[Sweep, ...] = partnerships.SITE_SWEEPS
TIDYING: tuple[Sweep, ...] = partnerships.TIDYING  # not on a knock for one partnership
MOST_IN_ONE_KNOCK = 5000


def run_sweep(sweep: Sweep, partnership: Partnership, now: datetime) -> int:
    """Run one sweep for one partnership; batch sweeps take one row at a time, each in its own transaction.

    A row that fails is set aside and the next one runs. If it fails before it has a row, the sweep itself is at fault.
    """
    turn, total = Turn(sweep.name, now), 0
    for _ in range(MOST_IN_ONE_KNOCK):
        turn.put_down()  # the last row succeeded, whatever fails now
        try:
            with activate(partnership), turn.call():
                done = sweep.run(now=now)
        except Exception as error:
            if turn.row is None:
                raise
            logger.exception(
                "Sweep %s failed at %s of %s", sweep.name, turn.row.pk, partnership.slug
            )
            with activate(partnership):
                turn.pass_over(turn.row, error)
            if sweep.batch:
                continue
            break
        total += done
        if not sweep.batch or done == 0:
            if turn.retried:
                with activate(partnership):
                    turn.end()
            break
    return total


def run_sweeps(
    now: datetime, partnership: Partnership | None = None
) -> Iterator[tuple[str, Sweep, int]]:
    """Run every sweep, those of the whole site first, and report how much each did where.

    A sweep that fails is logged and does not stop the others.
    """
    chosen = [partnership] if partnership else Partnership.objects.order_by("slug")
    of_site = SITE_SWEEPS if partnership else (*SITE_SWEEPS, *TIDYING)
    runs = [("the whole site", sweep, partial(run_for_all, sweep, now)) for sweep in of_site]
    for each in chosen:
        runs += [(each.slug, sweep, partial(run_sweep, sweep, each, now)) for sweep in SWEEPS]
    for where, sweep, run in runs:
        try:
            yield where, sweep, run()
        except Exception:
            logger.exception(
                "Sweep %s failed for %s; it will run again within a minute", sweep.name, where
            )


def run_for_all(sweep: Sweep, now: datetime) -> int:
    """Run a sweep over rows that belong to no partnership; the rows themselves record what failed."""
    total = 0
    for _ in range(MOST_IN_ONE_KNOCK):
        done = sweep.run(now=now)
        total += done
        if not sweep.batch or done == 0:
            break
    return total


@shared_task(name="config.knock")
def knock() -> None:
    """Celery beat calls this every minute."""
    for _ in run_sweeps(timezone.now()):
        pass


@shared_task(name="config.knock_one")
def knock_one(*, slug: str) -> None:
    """Run one partnership's sweeps soon, because something there has just become due."""
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is not None:
        for _ in run_sweeps(timezone.now(), partnership):
            pass
