"""What places cost: policies, prices, charges, how invoices are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy, PlannedMail, PriceRow
from bookings.operations.copy_policy import copy_policy
from bookings.rules.prices import ChargeKind, FeeOutcome
from finance.models import BillingProfile, Charge, VatRow
from finance.rules.states import ChargeState
from finance.rules.vat import VatCode
from partnerships.models import PayerClass
from partnerships.rules.reasons import Explanation
from tests.world.people import LONG_AGO

PRICES = {
    ChargeKind.ATTENDANCE: None,
    ChargeKind.LATE_CANCELLATION: "40.00",
    ChargeKind.NO_SHOW: "75.00",
}


def charging_policy(
    *,
    version: int = 1,
    valid_from: date = LONG_AGO,
    prices: Mapping[ChargeKind, str | None] = PRICES,
    **fields: Any,
) -> ChargingPolicy:
    """Ten working days' notice, a manager's consent is declared, prices as in :func:`price`; in force."""
    defaults: dict[str, Any] = {
        "clause": "Cancel at least ten working days before the event and nothing is charged.",
        "is_example": True,
        "released_at": timezone.now(),
    }
    made: ChargingPolicy = ChargingPolicy.objects.create(
        version=version, valid_from=valid_from, **defaults | fields
    )
    for kind, amount in prices.items():
        price(policy=made, kind=kind, amount=amount)
    return made


def newer_policy(policy: ChargingPolicy, **fields: Any) -> ChargingPolicy:
    """A copy of a policy with some columns changed, in force from today."""
    made = copy_policy(policy=policy, valid_from=timezone.localdate())
    for name, value in ({"released_at": timezone.now()} | fields).items():
        setattr(made, name, value)
    made.save()
    return made


def price(
    *,
    policy: ChargingPolicy,
    kind: ChargeKind,
    amount: str | None = None,
    payer_class: str = "",
    **fields: Any,
) -> PriceRow:
    """One price of a policy, a flat amount for everyone unless told otherwise; None is free."""
    what = "nothing" if amount is None else f"£{amount}"
    defaults: dict[str, Any] = {
        "outcome": FeeOutcome.FREE if amount is None else FeeOutcome.AMOUNT,
        "amount": Decimal(amount or 0),
        "clause": f"{kind.label}: {what} a person.",
        "payer_class": PayerClass.objects.filter(code=payer_class).first(),
    }
    made: PriceRow = PriceRow.objects.create(policy=policy, kind=kind, **defaults | fields)
    return made


def planned_mail(**fields: Any) -> PlannedMail:
    """A reminder five days before, planned long ago."""
    defaults: dict[str, Any] = {
        "subject": "Reminder",
        "since": timezone.make_aware(datetime.combine(LONG_AGO, time())),
    }
    made: PlannedMail = PlannedMail.objects.create(**defaults | fields)
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
