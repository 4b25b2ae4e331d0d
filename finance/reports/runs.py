"""What an invoice run would issue, and how far it has got."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from courses.models import Event
from finance.models import Charge, Invoice, InvoiceRun
from finance.terms.runs import Draft, by_agency, charges_of_run, of_run
from govuk.fonts import glyphs_missing
from partnerships.rules.printing import unprintable
from partnerships.rules.reasons import Reason


def left_out(run: InvoiceRun) -> dict[str, list[Draft]]:
    """Charges of the run that are approved and cannot be invoiced, by what is missing and by agency. Two queries."""
    charges: Any = of_run(Charge.objects.all(), run)
    return {
        "purchase order": by_agency(charges.awaiting_purchase_order()),
        "address": by_agency(charges.without_address()),
    }


def unprintable_in(run: InvoiceRun) -> list[Reason]:
    """The run's invoices that our fonts cannot print, each with the characters that they lack. One query."""
    said = (
        "agency__address",
        "agency__postcode",
        "order_number",
        "booking__event__course__title",
        "booking__membership__user__full_name",
    )
    texts: dict[str, str] = {}
    rows = charges_of_run(run).order_by("agency__name", "pk")
    for agency, *words in rows.values_list("agency__name", *said):
        texts[agency] = " ".join([texts.get(agency, agency), *words])
    return [
        unprintable(f"The invoice to {agency}", signs)
        for agency, text in texts.items()
        if (signs := glyphs_missing(text))
    ]


def issued_in(run: InvoiceRun) -> QuerySet[Invoice]:
    """The run's invoices so far, without their PDFs."""
    return Invoice.objects.filter(run=run).defer("pdf").order_by("number")  # type: ignore[no-any-return]


class EventReady(NamedTuple):
    """The charges of an event that are ready to invoice."""

    event: Event
    number: int
    total: Decimal


def events_ready() -> list[EventReady]:
    """Events that have any, the newest first. Two queries."""
    by_event = Charge.objects.ready_to_invoice().order_by().values("booking__event")
    sums = {
        row["booking__event"]: row
        for row in by_event.annotate(number=Count("pk"), total=Sum("amount"))
    }
    events = Event.objects.filter(pk__in=sums).select_related("course").order_by("-starts_at", "pk")
    return [EventReady(one, sums[one.pk]["number"], sums[one.pk]["total"]) for one in events]


class MonthReady(NamedTuple):
    """The charges of a month that are ready to invoice, by its first day."""

    month: date
    number: int
    total: Decimal


def months_ready() -> list[MonthReady]:
    """Months that have any, the newest first."""
    months = Charge.objects.ready_to_invoice().order_by().annotate(month=TruncMonth("arose_on"))
    sums = months.values("month").annotate(number=Count("pk"), total=Sum("amount"))
    return [MonthReady(**row) for row in sums.order_by("-month")]


def agencies_ready() -> list[Draft]:
    """Agencies with charges to invoice, each with the order numbers they are for."""
    return by_agency(Charge.objects.ready_to_invoice())
