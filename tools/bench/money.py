"""Prices and the office of the benchmark's partnership, and an invoice to print repeatedly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from bookings.models import ChargingPolicy, PriceRow
from bookings.rules.prices import ChargeKind, FeeOutcome
from finance.models import BillingProfile, Charge, Invoice, InvoiceLine, VatRow
from finance.rules.vat import VatCode
from finance.terms.preparation import issuer_of
from partnerships.models import Agency

SINCE = date(2020, 4, 1)
PRICES = {
    ChargeKind.ATTENDANCE: Decimal("45.00"),
    ChargeKind.LATE_CANCELLATION: Decimal("40.00"),
    ChargeKind.NO_SHOW: Decimal("75.00"),
}
LINES = 3  # places that one agency wasted in one month


def make_money() -> ChargingPolicy:
    """Ten working days' notice, a price for everything."""
    BillingProfile.objects.create(
        issuer_name="Benchmark City Council",
        issuer_address="Civic Centre\nAB1 2CD",
        issuer_email="invoices@example.org",
        bank_details="Benchmark City Council, 00-00-00, 00000000",
    )
    VatRow.objects.bulk_create(
        VatRow(kind=kind, code=VatCode.OUTSIDE_SCOPE, reason="Not a business activity")
        for kind in ChargeKind
    )
    policy: ChargingPolicy = ChargingPolicy.objects.create(
        version=1,
        valid_from=SINCE,
        released_at=timezone.now(),
        clause="Cancel at least ten working days before the event and nothing is charged.",
    )
    PriceRow.objects.bulk_create(
        PriceRow(
            policy=policy,
            kind=kind,
            outcome=FeeOutcome.AMOUNT,
            amount=amount,
            clause=f"{kind.label}: £{amount} a person.",
        )
        for kind, amount in PRICES.items()
    )
    return policy


def invoice_to_print(number: int) -> tuple[Invoice, list[InvoiceLine]]:
    """An invoice that is printed and never kept."""
    agency = Agency.objects.order_by("pk").first()
    today = timezone.localdate()
    amount = PRICES[ChargeKind.NO_SHOW]
    invoice = Invoice(
        agency=agency,
        number=f"INV-{number:04}",
        issued_on=today,
        due_on=today + timedelta(days=30),
        issuer=issuer_of(BillingProfile.objects.get()),
        customer_name=agency.name,
        customer_address=f"{agency.address}\n{agency.postcode}",
        purchase_order="PO-4711",
        net=LINES * amount,
        vat=Decimal("0.00"),
        gross=LINES * amount,
    )
    lines = [
        InvoiceLine(
            invoice=invoice,
            charge=Charge(amount=amount),
            position=position,
            description=f"Not attending: Recognising neglect, 3 March 2026, Person {position} (B234567{position})",
            supplied_on=today,
            clause="Not attending: £75.00 a person.",
            vat_code=VatCode.OUTSIDE_SCOPE,
            vat_reason="Not a business activity",
            net=amount,
            vat=Decimal("0.00"),
            gross=amount,
        )
        for position in range(1, LINES + 1)
    ]
    return invoice, lines
