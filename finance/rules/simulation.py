"""What a version of the charging policy would have charged for bookings that have ended.

Nothing is decided here: a booking is put on the terms of the version, and then settled as every booking is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cached_property

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, SessionMark, attendance_for
from bookings.rules.deadline import Deadline, counted_deadline
from bookings.rules.exemptions import ExemptionRule
from bookings.rules.fees import Extras, PriceRule
from bookings.rules.grants import GrantTerms
from bookings.rules.money import NOTHING
from bookings.rules.notice import NoticePolicy, in_time, notice_for
from bookings.rules.place import Place
from bookings.rules.prices import FeeOutcome
from bookings.rules.settlement import Due, settled_by_cancelling, settled_by_register
from partnerships.rules.working_days import WorkingCalendar


@dataclass(frozen=True, eq=False)
class PolicyVersion:
    """One version of the charging policy, and the calendar that it counts on."""

    notices: tuple[NoticePolicy, ...]
    prices: tuple[PriceRule, ...]
    registers: tuple[AttendanceRule, ...]
    half_day_minutes: int
    keep_late_charge: bool
    calendar: WorkingCalendar
    tz: tzinfo

    @cached_property
    def _agreed(self) -> dict[tuple[Place, datetime], Agreed]:
        return {}

    @cached_property
    def _registers(self) -> dict[tuple[Place, tuple[SessionMark, ...], bool], tuple[Due, ...]]:
        return {}

    @cached_property
    def _deadlines(self) -> dict[tuple[NoticePolicy, datetime], Deadline]:
        return {}

    def agreed(self, place: Place, starts_at: datetime) -> Agreed:
        """The terms of a place; worked out once, because many bookings have the same."""
        key = (place, starts_at)
        if key not in self._agreed:
            mine = replace(place, half_day_minutes=self.half_day_minutes)
            notice = notice_for(mine, self.notices)
            self._agreed[key] = Agreed(
                place=mine,
                notice=notice,
                attendance=attendance_for(mine, self.registers),
                prices=self.prices,
                starts_at=starts_at,
                deadline=self._deadline(notice, starts_at),
                calendar=self.calendar,
                tz=self.tz,
            )
        return self._agreed[key]

    def owed_by_register(self, ended: Ended) -> tuple[Due, ...]:
        """What the register's marks come to. When the event was does not matter, so many bookings are alike."""
        if not ended.is_like_others:
            return settled_by_register(ended.on(self), ended.marks, walk_in=ended.walk_in).charges
        key = (ended.place, ended.marks, ended.walk_in)
        if key not in self._registers:
            agreed = self.agreed(ended.place, ended.starts_at)
            settled = settled_by_register(agreed, ended.marks, walk_in=ended.walk_in)
            self._registers[key] = settled.charges
        return self._registers[key]

    def _deadline(self, notice: NoticePolicy, starts_at: datetime) -> Deadline:
        key = (notice, starts_at)
        if key not in self._deadlines:
            self._deadlines[key] = counted_deadline(starts_at, notice, self.calendar, self.tz)
        return self._deadlines[key]


@dataclass(frozen=True)
class Ended:
    """A booking that has ended, as far as a charging policy asks.

    ``received_at``: when its cancellation arrived; None if the register decided. ``free_until``: when free cancellation
    ended under the version ``agreed_to``.
    """

    place: Place
    starts_at: datetime
    free_until: datetime
    agreed_to: PolicyVersion
    received_at: datetime | None = None
    marks: tuple[SessionMark, ...] = ()
    walk_in: bool = False
    event_cancelled: bool = False
    grant: GrantTerms | None = None
    extras: Extras = ()
    exemptions: tuple[ExemptionRule, ...] = ()

    @property
    def is_like_others(self) -> bool:
        """Whether nothing but its place and the register decides, so that it is worked out once for all of its kind."""
        return self.grant is None and not self.extras and not self.exemptions

    def on(self, version: PolicyVersion) -> Agreed:
        """The terms that a version gives it, with its own grant, extra costs and exemptions."""
        agreed = version.agreed(self.place, self.starts_at)
        if self.is_like_others:
            return agreed
        return replace(agreed, grant=self.grant, extras=self.extras, exemptions=self.exemptions)


def dues_under(version: PolicyVersion, ended: Ended) -> tuple[Due, ...]:
    """What the booking would have owed under a version."""
    if ended.received_at is None:
        return version.owed_by_register(ended)
    if ended.event_cancelled and not version.keep_late_charge:
        return ()  # waived when the partnership cancelled the event (W32)
    agreed = ended.on(version)
    deadline = replace(agreed.deadline, instant=free_until_under(version, ended))
    mine = replace(agreed, deadline=deadline)
    return settled_by_cancelling(mine, ended.received_at, was_pending=False).charges


def free_until_under(version: PolicyVersion, ended: Ended) -> datetime:
    """Until when cancelling would have been free: counted anew, unless the version is the one that was agreed to.

    A date that was given beyond the count, after an offer or before the event was moved, would have been given too.
    """
    if version is ended.agreed_to:
        return ended.free_until
    anew = version.agreed(ended.place, ended.starts_at).deadline.instant
    counted = ended.agreed_to.agreed(ended.place, ended.starts_at).deadline.instant
    was_extended = not in_time(ended.free_until, counted)
    return ended.free_until if was_extended and in_time(anew, ended.free_until) else anew


@dataclass(frozen=True)
class Compared:
    """Bookings, what they were charged in pounds before VAT, and what they would have been charged.

    A charge that a person has to decide is counted and adds nothing to the amounts.
    """

    bookings: int = 0
    charged: Decimal = NOTHING
    simulated: Decimal = NOTHING
    to_decide: int = 0
    simulated_to_decide: int = 0

    @property
    def difference(self) -> Decimal:
        """How much more would have been charged."""
        return self.simulated - self.charged

    def __add__(self, other: Compared) -> Compared:
        return Compared(
            self.bookings + other.bookings,
            self.charged + other.charged,
            self.simulated + other.simulated,
            self.to_decide + other.to_decide,
            self.simulated_to_decide + other.simulated_to_decide,
        )


def compared(charged: tuple[Decimal | None, ...], dues: tuple[Due, ...]) -> Compared:
    """One booking: the amounts that it was charged, None for one left to a person, and what it would have owed."""
    to_decide = sum(due.price.outcome is FeeOutcome.DECISION for due in dues)
    return Compared(
        bookings=1,
        charged=sum((amount for amount in charged if amount is not None), NOTHING),
        simulated=sum((due.price.amount for due in dues), NOTHING),
        to_decide=charged.count(None),
        simulated_to_decide=to_decide,
    )
