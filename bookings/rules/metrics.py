"""Fill, attendance and no-show rates, each with its own numerator and denominator.

One board printed 77% and 96% for the same quarter, because it counted walk-ins as attended but not as
booked (W43). Walk-ins fill seats, so they count for fill, and never for attendance of bookings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Rate:
    """A share that keeps its denominator."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Per cent to one decimal place; None if there is nothing to divide by."""
        if self.whole == 0:
            return None
        share = Decimal(self.part * 100) / self.whole
        return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    @property
    def wording(self) -> str:
        """77.4% (304 of 393)."""
        if self.whole == 0:
            return "no figure (0 of 0)"
        return f"{self.percent}% ({self.part:,} of {self.whole:,})"


@dataclass(frozen=True)
class Turnout:
    """Counts of one event or many. ``bookings`` are all ever made, ``cancelled`` those
    that were cancelled; walk-ins are in neither."""

    capacity: int
    bookings: int
    cancelled: int
    no_shows: int
    walk_ins: int = 0

    @property
    def live(self) -> int:
        """Bookings that were not cancelled."""
        return self.bookings - self.cancelled

    @property
    def booked_attended(self) -> int:
        """People who had booked and came."""
        return self.live - self.no_shows

    @property
    def attended(self) -> int:
        """Everyone who came."""
        return self.booked_attended + self.walk_ins

    @property
    def fill(self) -> Rate:
        """Seats used of seats there were."""
        return Rate(self.attended, self.capacity)

    @property
    def attendance_of_live(self) -> Rate:
        """Booked people who came, of bookings not cancelled."""
        return Rate(self.booked_attended, self.live)

    @property
    def attendance_of_all(self) -> Rate:
        """Booked people who came, of all bookings ever made."""
        return Rate(self.booked_attended, self.bookings)

    @property
    def no_show_of_live(self) -> Rate:
        """People who stayed away, of bookings not cancelled."""
        return Rate(self.no_shows, self.live)

    @property
    def no_show_of_all(self) -> Rate:
        """People who stayed away, of all bookings ever made."""
        return Rate(self.no_shows, self.bookings)


def combined(turnouts: Iterable[Turnout]) -> Turnout:
    """The counts of many events added up: rates are worked out from sums, never averaged."""
    counts = list(turnouts)
    return Turnout(
        capacity=sum(one.capacity for one in counts),
        bookings=sum(one.bookings for one in counts),
        cancelled=sum(one.cancelled for one in counts),
        no_shows=sum(one.no_shows for one in counts),
        walk_ins=sum(one.walk_ins for one in counts),
    )
