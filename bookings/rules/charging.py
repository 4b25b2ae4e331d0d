"""Which charge, if any, a booking brings about when it is over.

Attendance and the wasted place are separate charges: partners attend free and still pay when they
stay away (seed 002, W30). At most one of them falls due for a booking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bookings.rules.fees import UNNAMED, Circumstances, Names, Price, PriceRule, free, price_for
from bookings.rules.notice import NoticePolicy
from bookings.rules.states import BookingState
from courses.rules.prices import ChargeKind
from partnerships.rules.wording import listed

KIND_OF_STATE = {
    BookingState.ATTENDED: ChargeKind.ATTENDANCE,
    BookingState.PARTLY_ATTENDED: ChargeKind.ATTENDANCE,
    BookingState.LATE_CANCELLED: ChargeKind.LATE_CANCELLATION,
    BookingState.NO_SHOW: ChargeKind.NO_SHOW,
}


@dataclass(frozen=True)
class BookingFacts:
    """A booking as the charge rule sees it, on the terms agreed when it was made.

    ``charged_as_absent`` is the attendance rule's word: True for somebody who came so late that it
    costs like staying away, False for an absence it excuses, None where it says nothing.
    ``event_cancelled``: by the partnership, whenever that was.
    """

    state: BookingState
    payer_class: str
    event_type: str
    group: str
    course: str
    half_days: int = 1
    notice_left: int | None = None
    substituted: bool = False
    event_cancelled: bool = False
    charged_as_absent: bool | None = None
    names: Names = UNNAMED

    @property
    def charge_kind(self) -> ChargeKind | None:
        """The charge its state stands for, None when it owes nothing."""
        kind = KIND_OF_STATE.get(self.state)
        if kind and self.charged_as_absent:
            return ChargeKind.NO_SHOW
        excused = kind is ChargeKind.NO_SHOW and self.charged_as_absent is False
        return None if excused else kind


@dataclass(frozen=True)
class ChargeDue:
    """What falls due: the kind (None: no charge at all) and its price."""

    kind: ChargeKind | None
    price: Price


def charge_for(
    facts: BookingFacts,
    policy: NoticePolicy,
    rules: Iterable[PriceRule],
    *,
    keep_late_charge: bool = True,
) -> ChargeDue:
    """The one charge of a booking.

    ``keep_late_charge`` is the partnership's choice for somebody who had already cancelled late
    when the partnership itself cancelled the event (W32).
    """
    kind = facts.charge_kind
    # Nothing owed still gets grounds; the attendance fee stands in as the label of the case.
    case = _circumstances(facts, kind or ChargeKind.ATTENDANCE, policy)
    why_not = _why_nothing(facts, policy, keep_late_charge=keep_late_charge)
    if kind is None or why_not:
        why = why_not or "A booking in this state owes nothing."
        return ChargeDue(None, free(case, policy.clause, why))
    return ChargeDue(kind, price_for(case, rules))


def _why_nothing(facts: BookingFacts, policy: NoticePolicy, *, keep_late_charge: bool) -> str:
    """The sentence that excuses, empty when none does."""
    kind = facts.charge_kind
    if facts.substituted:
        return "A colleague took the place."
    if facts.event_cancelled and not (kind is ChargeKind.LATE_CANCELLATION and keep_late_charge):
        return "The partnership cancelled the event."
    wasted = kind in {ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW}
    if wasted and not policy.covers(facts.group):
        covered = listed([facts.names.group(code) for code in sorted(policy.groups)])
        return f"The cancellation policy covers {covered} only."
    return ""


def _circumstances(facts: BookingFacts, kind: ChargeKind, policy: NoticePolicy) -> Circumstances:
    late = kind is ChargeKind.LATE_CANCELLATION
    return Circumstances(
        kind=kind,
        payer_class=facts.payer_class,
        event_type=facts.event_type,
        group=facts.group,
        course=facts.course,
        half_days=facts.half_days,
        notice_left=facts.notice_left if late else None,
        notice_unit=policy.unit.label.lower(),
        names=facts.names,
    )
