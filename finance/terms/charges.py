"""Charges as operations decide about them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from bookings.rules.prices import FOR_A_WASTED_PLACE, ChargeKind
from bookings.rules.states import BookingState
from courses.models import Event
from finance.models import Charge
from finance.rules.states import NOT_INVOICED, ChargeState, MitigationState
from finance.terms.debt import left_on
from partnerships.models import Membership
from partnerships.rules.reasons import Kind, Reason

FROM_THE_REGISTER = [kind for kind in ChargeKind if kind is not ChargeKind.LATE_CANCELLATION]


def is_waived(charge: Charge) -> bool:
    """Whether nothing can become due for a charge any more, because it was waived or credited in full."""
    if charge.state == ChargeState.INVOICED:
        return left_on(charge.invoice_line).gross <= 0
    return charge.state == ChargeState.WAIVED


def why_not_decide(charge: Charge, by: Membership) -> Reason | None:
    """Why someone may not decide on a charge.

    It is for their own place, they asked for it to be waived, or their own decision has been appealed against.
    """
    if charge.booking.membership_id == by.pk:
        return own_charge("Someone else has to decide on your own booking.")
    cases = charge.mitigation_cases.values_list(
        "asked_by", "state", "appeal_against__decided_by", named=True
    )
    found = list(cases)
    if any(one.asked_by == by.pk for one in found):
        return own_charge("Someone else has to decide on your own request.")
    mine = (one for one in found if one.appeal_against__decided_by == by.pk)
    if any(one.state == MitigationState.OPEN for one in mine):
        return own_charge(
            "This is an appeal against your decision, so someone else has to decide on it."
        )
    return None


def own_charge(sentence: str) -> Reason:
    return Reason(Kind.BLOCKS, "own_charge", sentence)


def charges_to_waive(event: Event) -> list[Charge]:
    """Charges of people who had cancelled late, waived when the partnership cancels the event (W32).

    Only if the policy that they agreed to says so; an invoiced charge needs a credit note.
    """
    rows = Charge.objects.filter(
        booking__event=event,
        booking__state=BookingState.LATE_CANCELLED,
        booking__policy__keep_late_charge=False,
        state__in=sorted(NOT_INVOICED),
    )
    return list(rows.select_related("booking__membership__user", "agency"))


def excused_places(bookings: Collection[int]) -> frozenset[int]:
    """Ids of the bookings whose charge for an unused place was waived or credited in full."""
    rows = Charge.objects.filter(
        booking__in=bookings,
        kind__in=sorted(FOR_A_WASTED_PLACE),
        state__in=[ChargeState.WAIVED, ChargeState.INVOICED],
    )
    return frozenset(one.booking_id for one in rows if is_waived(one))


def charges_of_register(event: Event) -> QuerySet[Charge]:
    """Charges that closing the event's register has raised."""
    raised = Charge.objects.filter(booking__event=event, kind__in=FROM_THE_REGISTER)
    # Someone who cancelled late is not on the register, but may owe extra costs.
    found: QuerySet[Charge] = raised.exclude(booking__state=BookingState.LATE_CANCELLED)
    return found
