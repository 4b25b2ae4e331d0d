"""One clock for all tests: the same day and time on every machine, whatever day it is.

`TODAY=2028-02-29 make test` chooses another day, `TODAY="2027-03-27 22:30"` another time as well. The clock is set
before tests are collected, so that what a module reads while it is imported is on it, and runs on from there. The
database is asked for the time by the history alone (tests/house/test_clock.py); tests look at its rows by their order.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

# A Thursday in term time, weeks away from bank holidays, changes of clocks and the ends of quarter and year.
USUAL = "2026-06-18"
TEN_O_CLOCK = time(10)
# Programs of their own, which live on the machine's clock.
ON_THE_REAL_CLOCK = ("tests/journeys/", "tests/load/", "tests/runner/")


def chosen_instant(wanted: str) -> datetime:
    """The day or instant named by TODAY, in London; ten in the morning where no time is given."""
    named = datetime.fromisoformat(wanted)
    if len(wanted.strip()) == len(USUAL):
        named = datetime.combine(named, TEN_O_CLOCK)
    return named.replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


class Clock:
    """The clock of this test process."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.travel = time_machine.travel(at, tick=True)
        self.travel.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[object]:
        """Programs of their own do not see the chosen clock, so neither do the tests that start them."""
        if not lives_on_the_real_clock(item):
            return (yield)
        self.travel.stop()
        try:
            return (yield)
        finally:
            self.travel.start()

    def pytest_unconfigure(self) -> None:
        self.travel.stop()


def lives_on_the_real_clock(item: pytest.Item) -> bool:
    return item.nodeid.startswith(ON_THE_REAL_CLOCK) or "real_clock" in item.keywords


def pytest_configure(config: pytest.Config) -> None:
    at = chosen_instant(os.environ.get("TODAY") or USUAL)
    config.pluginmanager.register(Clock(at), "clock")
