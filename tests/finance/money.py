"""Charges that are ready to invoice, for the tests of finance."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from bookings.rules.states import BookingState
from finance.models import Charge, Invoice
from finance.operations.issue_invoice import issue_invoice
from finance.rules.states import ChargeState
from partnerships.models import Agency, Membership
from tests.world import World, booking, charge, event, in_days, person


def ready_charges(
    agency: Agency,
    number: int = 1,
    *,
    amount: str = "50.00",
    arose_on: date | None = None,
    **fields: Any,
) -> list[Charge]:
    """Approved charges of an agency, each for someone who did not come."""
    past = event(starts_at=in_days(-30), capacity=200)
    defaults: dict[str, Any] = {
        "state": ChargeState.APPROVED,
        "arose_on": arose_on or timezone.localdate(past.ends_at),
        "decided_at": timezone.now(),
    }
    made = []
    for _ in range(number):
        no_show = booking(person=person(agency=agency), event=past, state=BookingState.NO_SHOW)
        made.append(charge(booking=no_show, amount=amount, **defaults | fields))
    return made


def invoice_for(
    world: World, charges: list[Charge], *, by: Membership | None = None, **said: Any
) -> Invoice:
    """The charges on one issued invoice."""
    return issue_invoice(
        agency=charges[0].agency,
        charges=[one.pk for one in charges],
        by=by or world.harbour.finance,
        **{"at": timezone.now()} | said,
    )
