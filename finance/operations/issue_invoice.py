"""Issue an invoice to an agency: number, snapshot, PDF and email in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.rules.money import NOTHING
from bookings.rules.prices import ChargeKind
from finance.documents.papers import invoice_pdf
from finance.emails import send_invoice
from finance.models import BillingProfile, Charge, Invoice, InvoiceLine, InvoiceRun, VatRow
from finance.rules.einvoices import is_billed_apart
from finance.rules.invoicing import customer_reasons, due_on, order_number_missing
from finance.rules.states import ChargeState, DocumentKind
from finance.rules.vat import VatCode, split_vat
from finance.steps.hold_account import hold_account
from finance.steps.next_number import billing_profile, next_number
from finance.steps.printed import printed
from finance.terms.orders import numbers_for
from finance.terms.preparation import issuer_of, obstacles_to_issuing, parties_of
from govuk.rules.phrases import listed, short_date
from partnerships.models import Agency, Membership
from partnerships.rules.refused import Refused, refuse

MOST_OF_EXTRAS = 150  # characters, so that the course and the person stay on the line


@transaction.atomic
def issue_invoice(
    *,
    agency: Agency,
    charges: Iterable[int],
    by: Membership | None,
    at: datetime,
    run: InvoiceRun | None = None,
) -> Invoice:
    """Issue approved charges of one agency, given by id, as one invoice under one order, with its PDF.

    The PDF is kept, so that everyone sees what the agency got. Refused if its e-invoice could not have all of them.
    """
    agency = hold_account(agency)
    found = take_charges(agency, charges)
    profile = lawful_issuer(agency, found)
    treatments = {row.kind: row for row in VatRow.objects.all()}
    codes = {VatCode(treatments[charge.kind].code) for charge in found}
    invoice = Invoice(
        agency=agency,
        run=run,
        issued_on=timezone.localdate(at),
        issued_at=at,
        issued_by=by,
        issuer=issuer_of(profile),
        **customer_of(agency),
        purchase_order=order_of(agency, found),
        billed_apart=apart_or_not(codes, sent=bool(profile.electronic and agency.electronic)),
        net=NOTHING,
        vat=NOTHING,
        gross=NOTHING,
        line_count=len(found),
    )
    invoice.due_on = due_on(invoice.issued_on, profile.payment_terms_days)
    lines = [line_of(at, charge, treatments[charge.kind]) for at, charge in enumerate(found, 1)]
    for line in lines:
        invoice.net += line.net
        invoice.vat += line.vat
        invoice.gross += line.gross
    year = invoice.issued_on.year
    invoice.number = next_number(kind=DocumentKind.INVOICE, profile=profile, year=year)
    invoice.pdf = printed(f"The invoice to {agency}", lambda: invoice_pdf(invoice, lines))
    invoice.save()
    for line in lines:
        line.invoice = invoice
    InvoiceLine.objects.bulk_create(lines)
    Charge.objects.filter(pk__in=[charge.pk for charge in found]).update(state=ChargeState.INVOICED)
    send_invoice(invoice, at)
    return invoice


def customer_of(agency: Agency) -> dict[str, str]:
    """The agency as it is on the day of issue."""
    return {
        "customer_name": agency.name,
        "customer_address": "\n".join(filter(None, (agency.address, agency.postcode))),
        "customer_electronic_scheme": agency.electronic_scheme,
        "customer_electronic_address": agency.electronic_address,
    }


def take_charges(agency: Agency, charges: Iterable[int]) -> list[Charge]:
    """The charges, locked, oldest first; all of them or none."""
    wanted = set(charges)
    locked = Charge.objects.select_for_update(of=("self",)).filter(agency=agency, pk__in=wanted)
    found = list(
        locked.approved()
        .disputed(disputed=False)
        .select_related("booking__event__course", "booking__membership__user")
        .order_by("arose_on", "pk")
    )
    if not found or len(found) != len(wanted):
        raise refuse(
            "not_ready",
            "Some of these charges are no longer ready to invoice.",
            "Check the list again.",
        )
    return found


def order_of(agency: Agency, charges: Iterable[Charge]) -> str:
    """The order number that all of them are invoiced under: an invoice never mixes orders."""
    numbers = numbers_for(agency, charges)
    if any(order_number_missing(agency.purchase_order_required, one) for one in numbers):
        raise refuse(
            "purchase_order_missing",
            f"{agency} will not pay without a purchase order number.",
            "Enter one first.",
        )
    if len(numbers) > 1:
        named = listed([one or "no order number" for one in numbers])
        raise refuse(
            "orders_differ",
            f"These charges are for different purchase orders: {named}.",
            "Issue one invoice for each order.",
        )
    return numbers[0]


def apart_or_not(codes: Iterable[VatCode], *, sent: bool) -> bool:
    """Whether it is the invoice for what is outside the scope of VAT: an e-invoice has only that, or none of it."""
    answers = {is_billed_apart(code, sent=sent) for code in codes}
    if len(answers) > 1:
        raise refuse(
            "vat_categories_mixed",
            "An e-invoice cannot have charges outside the scope of VAT together with others.",
            "Issue one invoice for the charges outside the scope of VAT, and another for the rest.",
        )
    return answers.pop()


def lawful_issuer(agency: Agency, charges: Iterable[Charge]) -> BillingProfile:
    """Who issues the invoice; refused if the law requires more on it (docs/domain/rules.md, invoices)."""
    obstacles = obstacles_to_issuing(charge.kind for charge in charges)
    if obstacles:
        raise Refused(*obstacles)
    profile = billing_profile()
    obstacles = customer_reasons(parties_of(profile, agency))
    if obstacles:
        raise Refused(*obstacles)
    return profile


def extras_named(charge: Charge) -> str:
    """The kind of charge, with the extra costs that are in it, such as an interpreter."""
    kind, extras = ChargeKind(charge.kind).label, charge.extra_costs
    return f"{kind} ({'; '.join(extras)[:MOST_OF_EXTRAS]})" if extras else kind


def line_of(position: int, charge: Charge, row: VatRow) -> InvoiceLine:
    """One charge in the words and amounts of today."""
    booking = charge.booking
    split = split_vat(charge.amount, row.as_rule())
    day = timezone.localdate(booking.event.starts_at)
    return InvoiceLine(
        charge=charge,
        position=position,
        description=(
            f"{extras_named(charge)}: {booking.event.course.title},"
            f" {short_date(day)}, {booking.membership} ({booking.reference})"
        )[:400],
        supplied_on=day,
        clause=charge.why.clause,
        vat_code=row.code,
        vat_rate=row.rate,
        vat_reason=row.reason,
        net=split.net,
        vat=split.vat,
        gross=split.gross,
    )
