"""What was agreed when a place was booked: everything that its price and its end depend on.

The same value answers before and after. The catalogue and the booking page ask it what a place would cost, a booking
keeps what it was made of, and the booking is settled on nothing else: what was quoted is what is charged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any

from bookings.rules.attendance import AttendanceRule
from bookings.rules.deadline import (
    Deadline,
    counted_deadline,
    deadline_after_move,
    deadline_after_offer,
    kept_deadline,
)
from bookings.rules.exemptions import ExemptionRule, exempted
from bookings.rules.fees import Circumstances, Extras, Price, PriceRule, price_for
from bookings.rules.grants import GrantTerms
from bookings.rules.notice import NoticePolicy, notice_left
from bookings.rules.place import Place
from bookings.rules.prices import FOR_A_WASTED_PLACE, ONLY_WHERE_PRICED, QUOTED_AS, ChargeKind
from bookings.rules.shown import fingerprint
from courses.rules.states import Delivery
from partnerships.rules.working_days import WorkingCalendar


@dataclass(frozen=True)
class Quote:
    """What a place costs one payer, by kind of charge. What depends on the notice given is shown at its highest.

    None means that the charging policy does not cover the course, so it costs nothing.
    """

    prices: Mapping[ChargeKind, Price | None]

    def of(self, kind: ChargeKind) -> Price | None:
        """What one kind of charge comes to; None also where it is not charged here."""
        return self.prices.get(kind)

    def to_json(self) -> dict[str, Any]:
        """As kept with a booking: each price's outcome and explanation, and the exemption that makes it free."""
        return {
            kind.value: None if price is None else kept_of(price)
            for kind, price in self.prices.items()
        }

    @property
    def shown(self) -> str:
        """The fingerprint of what was shown, for the form below it."""
        return fingerprint(self.to_json())


def kept_of(price: Price) -> dict[str, Any]:
    """One price of a quote, in plain values."""
    kept = {"outcome": str(price.outcome), **price.explanation.to_json()}
    return kept if price.exemption is None else kept | {"exemption": price.exemption}


@dataclass(frozen=True)
class Agreed:
    """The terms of one place: the notice rule that holds for it, the prices, and until when it can be cancelled.

    ``exemptions`` are those of the agency that hold for this place, if their days and kinds fit.
    """

    place: Place
    notice: NoticePolicy
    attendance: AttendanceRule
    prices: tuple[PriceRule, ...]
    starts_at: datetime
    deadline: Deadline
    calendar: WorkingCalendar
    tz: tzinfo
    grant: GrantTerms | None = None
    extras: Extras = ()
    exemptions: tuple[ExemptionRule, ...] = ()

    @cached_property
    def quote(self) -> Quote:
        """What someone is told before booking. A late fee in tiers is shown at its highest."""
        return Quote({kind: self._told(kind) for kind in QUOTED_AS if self.asks_for(kind)})

    def asks_for(self, kind: ChargeKind) -> bool:
        """Whether a kind of charge can arise here. See ``ONLY_WHERE_PRICED``."""
        if kind not in ONLY_WHERE_PRICED:
            return True
        if kind is ChargeKind.EXTRAS and not self.extras:
            return False
        if kind is ChargeKind.NOT_COMPLETED and self.place.delivery != Delivery.E_LEARNING:
            return False
        return any(line.kind is kind and line.scope.fits(self.place) for line in self.prices)

    def _told(self, kind: ChargeKind) -> Price | None:
        return self.owed(kind, notice=0 if kind is ChargeKind.LATE_CANCELLATION else None)

    def owed(
        self, kind: ChargeKind, *, notice: int | None = None, arose_on: date | None = None
    ) -> Price | None:
        """What is charged for a kind; None if the charging policy does not cover the course.

        The quote is made of it too, so that what was quoted is charged, less the grant: only a charge that arises on a
        day on which the agency is exempt can be less. :meth:`price` is what the prices alone say.
        """
        if kind in FOR_A_WASTED_PLACE and not self.notice.is_charged:
            return None
        price = self.price(kind, notice=notice)
        if self.grant is not None:
            price = self.grant.taken_off(price, kind)
        exemption = self.exemption_from(kind, arose_on)
        return price if exemption is None else exempted(price, exemption)

    def exemption_from(
        self, kind: ChargeKind, arose_on: date | None = None
    ) -> ExemptionRule | None:
        """The first exemption that covers a charge, by the event's first day or the day on which the charge arose."""
        first_day = self.starts_at.astimezone(self.tz).date()
        days = (first_day, arose_on or first_day)
        return next((one for one in self.exemptions if one.covers(kind, *days)), None)

    def price(self, kind: ChargeKind, *, notice: int | None = None) -> Price:
        """One kind of charge by the policy's prices; ``notice`` is what was left, in the policy's unit."""
        return price_for(self.case(kind, notice), self.prices)

    def case(self, kind: ChargeKind, notice: int | None = None) -> Circumstances:
        """What the price depends on."""
        unit = self.notice.unit.label.lower()
        return Circumstances(kind, self.place, notice, unit, self.extras)

    @cached_property
    def counted(self) -> Deadline:
        """Until when cancelling is free by the notice rule's own count, for the event's present date."""
        return counted_deadline(self.starts_at, self.notice, self.calendar, self.tz)

    def deadline_kept(self, given: Deadline) -> Deadline:
        """The deadline of a place that already had one."""
        return kept_deadline(given, self.counted, self.starts_at, self.tz)

    def deadline_after_offer(self, accepted_at: datetime, hours: int) -> Deadline:
        """The deadline for someone who accepts an offered place at that instant."""
        return deadline_after_offer(accepted_at, self.counted, self.starts_at, hours, self.tz)

    def deadline_after_move(self, given: Deadline, moved_at: datetime, hours: int) -> Deadline:
        """The deadline of a place that already had one before the event was moved."""
        kept = self.deadline_kept(given)
        return deadline_after_move(moved_at, kept, self.starts_at, hours, self.tz)

    def notice_given(self, received_at: datetime) -> int:
        """Units of notice given by a message received at this instant, for late tiers."""
        return notice_left(received_at, self.starts_at, self.notice, self.calendar, self.tz)
