"""What places cost: policies, prices, charges, how invoices are written."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking, CancellationPolicy, PlannedMail
from courses.models import PriceList, PriceRow
from courses.rules.prices import ChargeKind, FeeOutcome
from finance.models import BillingProfile, Charge, VatRow
from finance.rules.states import ChargeState
from finance.rules.vat import VatCode
from partnerships.rules.reasons import Explanation
from tests.world.people import LONG_AGO


def cancellation_policy(
    *, version: int = 1, valid_from: date = LONG_AGO, **fields: Any
) -> CancellationPolicy:
    """Ten working days' notice; a manager's consent is declared."""
    clause = "Cancel at least ten working days before the event and nothing is charged."
    made: CancellationPolicy = CancellationPolicy.objects.create(
        version=version, valid_from=valid_from, **{"clause": clause} | fields
    )
    return made


def planned_mail(**fields: Any) -> PlannedMail:
    """A reminder five days before, planned long ago."""
    defaults: dict[str, Any] = {
        "subject": "Reminder",
        "since": timezone.make_aware(datetime.combine(LONG_AGO, time())),
    }
    made: PlannedMail = PlannedMail.objects.create(**defaults | fields)
    return made


def price_list(
    *,
    attendance: str | None = None,
    late_cancellation: str | None = "40.00",
    no_show: str | None = "75.00",
    valid_from: date = LONG_AGO,
) -> PriceList:
    """One flat line a kind of charge; None is free. Further lines: ``PriceRow.objects.create``."""
    made: PriceList = PriceList.objects.create(
        name="Prices", valid_from=valid_from, is_example=True
    )
    amounts = {
        ChargeKind.ATTENDANCE: attendance,
        ChargeKind.LATE_CANCELLATION: late_cancellation,
        ChargeKind.NO_SHOW: no_show,
    }
    for kind, amount in amounts.items():
        PriceRow.objects.create(
            price_list=made,
            kind=kind,
            outcome=FeeOutcome.FREE if amount is None else FeeOutcome.AMOUNT,
            amount=Decimal(amount or 0),
            clause=f"{kind.label}: {'nothing' if amount is None else f'£{amount}'} a person.",
        )
    return made


def billing_profile(**fields: Any) -> BillingProfile:
    """The office that invoices come from."""
    defaults: dict[str, Any] = {
        "issuer_name": "Harbour City Council",
        "issuer_address": "Civic Centre\nAB1 2CD",
        "issuer_email": "invoices@example.org",
        "bank_details": "Harbour City Council, 00-00-00, 00000000",
    }
    made: BillingProfile = BillingProfile.objects.create(**defaults | fields)
    return made


def vat_rows(*, code: VatCode = VatCode.OUTSIDE_SCOPE, rate: str = "0") -> list[VatRow]:
    """The same treatment for every kind of charge."""
    reason = "" if code is VatCode.STANDARD else "Not a business activity"
    return [
        VatRow.objects.create(kind=kind, code=code, rate=Decimal(rate), reason=reason)
        for kind in ChargeKind
    ]


def charge(
    *,
    booking: Booking,
    kind: ChargeKind = ChargeKind.NO_SHOW,
    amount: str = "75.00",
    state: ChargeState = ChargeState.TO_REVIEW,
    **fields: Any,
) -> Charge:
    """What an agency owes for a booking."""
    explanation = Explanation(Decimal(amount), f"{kind.label}: £{amount}.", (), (f"£{amount}",))
    defaults: dict[str, Any] = {
        "agency": booking.agency,
        "explanation": explanation.to_json(),
        "arose_on": timezone.localdate(),
        "created_at": timezone.now(),
    }
    made: Charge = Charge.objects.create(
        booking=booking, kind=kind, amount=Decimal(amount), state=state, **defaults | fields
    )
    return made


def print_nothing(patch: pytest.MonkeyPatch) -> None:
    """Printing is slow, and held by tests of its own."""
    for module in ("bookings.documents.papers", "evaluation.documents", "finance.documents.papers"):
        patch.setattr(f"{module}.pdf_of", lambda *args, **named: b"%PDF-of-a-test")
