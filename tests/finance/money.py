"""Charges that are ready to invoice, for the tests of finance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bookings.rules.states import BookingState
from finance.models import BillingProfile, Charge, CreditNote, Invoice
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.issue_invoice import issue_invoice
from finance.rules.states import ChargeState
from partnerships.models import Agency, Membership
from partnerships.rules.electronic_addresses import AddressScheme
from tests.world import World, booking, charge, event, in_days, person

GLN, OTHER_GLN = "9520000000004", "9520000000011"


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


def addressed(agency: Agency) -> Agency:
    """The agency and the issuer, each with an electronic address."""
    agency.electronic_scheme, agency.electronic_address = AddressScheme.GLN, OTHER_GLN
    agency.save()
    BillingProfile.objects.update(
        electronic_scheme=AddressScheme.GLN, electronic_address=GLN, vat_number="GB 123 4567 82"
    )
    return agency


def credited(world: World, invoice: Invoice, pounds_and_pence: str) -> CreditNote:
    return issue_credit_note(
        line=invoice.lines.first(),
        amount=Decimal(pounds_and_pence),
        reason="Agreed",
        agreed_on=timezone.localdate(),
        by=world.harbour.finance,
        at=timezone.now(),
    )
