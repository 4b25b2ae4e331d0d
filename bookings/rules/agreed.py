"""What was agreed when a place was booked: everything that its price and its end depend on.

The same value answers before and after. The catalogue and the booking page ask it what a place would cost, a booking
keeps what it was made of, and the booking is settled on nothing else: what was quoted is what is charged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any

from bookings.rules.attendance import AttendanceRule
from bookings.rules.deadline import Deadline
from bookings.rules.fees import UNNAMED, Circumstances, Names, Price, PriceRule, price_for
from bookings.rules.notice import NoticePolicy, notice_left
from bookings.rules.shown import fingerprint
from courses.rules.prices import FOR_A_WASTED_PLACE, ONLY_WHERE_PRICED, QUOTED_AS, ChargeKind
from partnerships.rules.working_days import WorkingCalendar


@dataclass(frozen=True)
class Quote:
    """What a place costs one payer, by kind of charge. What depends on the notice given is shown at its highest.

    None means that the cancellation policy does not cover the course, so it costs nothing.
    """

    prices: Mapping[ChargeKind, Price | None]

    def of(self, kind: ChargeKind) -> Price | None:
        """What one kind of charge comes to; None also where it is not charged here."""
        return self.prices.get(kind)

    def to_json(self) -> dict[str, Any]:
        """As kept with a booking: each price's outcome and explanation."""
        return {
            kind.value: None
            if price is None
            else {"outcome": str(price.outcome), **price.explanation.to_json()}
            for kind, price in self.prices.items()
        }

    @property
    def shown(self) -> str:
        """The fingerprint of what was shown, for the form below it."""
        return fingerprint(self.to_json())


@dataclass(frozen=True)
class Agreed:
    """The terms of one place. ``group`` and ``course`` are codes as price list and policy name them."""

    notice: NoticePolicy
    attendance: AttendanceRule
    prices: tuple[PriceRule, ...]
    payer_class: str
    event_type: str
    group: str
    course: str
    half_days: int
    starts_at: datetime
    deadline: Deadline
    calendar: WorkingCalendar
    tz: tzinfo
    names: Names = UNNAMED

    @cached_property
    def quote(self) -> Quote:
        """What someone is told before booking. A late fee in tiers is shown at its highest."""
        return Quote({kind: self._told(kind) for kind in QUOTED_AS if self.asks_for(kind)})

    def asks_for(self, kind: ChargeKind) -> bool:
        """Whether the price list says anything about a kind of charge. See ``ONLY_WHERE_PRICED``."""
        return kind not in ONLY_WHERE_PRICED or any(line.kind is kind for line in self.prices)

    def _told(self, kind: ChargeKind) -> Price | None:
        return self.owed(kind, notice=0 if kind is ChargeKind.LATE_CANCELLATION else None)

    def owed(self, kind: ChargeKind, *, notice: int | None = None) -> Price | None:
        """What is charged for a kind; None if the cancellation policy does not cover the course.

        The quote is made of it too, so that what was quoted is charged. :meth:`price` is what the list alone says.
        """
        if kind in FOR_A_WASTED_PLACE and not self.notice.covers(self.group):
            return None
        return self.price(kind, notice=notice)

    def price(self, kind: ChargeKind, *, notice: int | None = None) -> Price:
        """One kind of charge by the price list; ``notice`` is what was left, in the policy's unit."""
        return price_for(self.case(kind, notice), self.prices)

    def case(self, kind: ChargeKind, notice: int | None = None) -> Circumstances:
        """What the price depends on."""
        return Circumstances(
            kind=kind,
            payer_class=self.payer_class,
            event_type=self.event_type,
            group=self.group,
            course=self.course,
            half_days=self.half_days,
            notice_left=notice,
            notice_unit=self.notice.unit.label.lower(),
            names=self.names,
        )

    def notice_given(self, received_at: datetime) -> int:
        """Units of notice given by a message received at this instant, for late tiers."""
        return notice_left(received_at, self.starts_at, self.notice, self.calendar, self.tz)
