"""What needs attention in this app: charges to decide, requests, disputes, credit notes that are due, debts."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from finance.models import Charge, Dispute, ImportedPayment, MitigationCase, VatRow
from finance.reports.credits import credits_due
from finance.rules.states import ChargeState, ImportState, MitigationState
from finance.terms.debt import holding, overdue
from finance.terms.preparation import kinds_to_invoice
from govuk.rules.phrases import short_date
from partnerships.attention import AttentionItem, counted_item
from partnerships.models import Membership
from partnerships.rules.roles import Permission


def attention(now: datetime, membership: Membership) -> list[AttentionItem]:
    """The items that concern this person, without empty ones. Eleven queries at most."""
    if not membership.may(Permission.MANAGE_MONEY):
        return []
    return [item for item in money_that_waits(now) if item.count]


def money_that_waits(now: datetime) -> list[AttentionItem]:
    """Charges to review or to decide, requests, disputes, credit notes due, money held, imported payments, overdue."""
    charges, invoices, today = reverse("charges"), reverse("invoices"), timezone.localdate(now)
    review = Charge.objects.filter(state=ChargeState.TO_REVIEW).count()
    decide = Charge.objects.filter(state=ChargeState.NEEDS_DECISION).count()
    disputes, due = Dispute.objects.to_answer().count(), credits_due()
    by = f", the first by {short_date(due[0].issue_by)}" if due else ""
    cases = MitigationCase.objects.filter(state=MitigationState.OPEN).count()
    payments = ImportedPayment.objects.filter(state=ImportState.TO_REVIEW).count()
    untreated = set(kinds_to_invoice(today)) - set(VatRow.objects.values_list("kind", flat=True))
    return [
        counted_item(review, "charge", "to review", charges, state=ChargeState.TO_REVIEW),
        counted_item(decide, "charge", "to decide", charges, state=ChargeState.NEEDS_DECISION),
        counted_item(cases, "request", "to waive a charge", reverse("mitigation_cases")),
        counted_item(
            len(untreated),
            "kind of charge",
            "without a VAT treatment",
            reverse("finance"),
            plural="kinds of charge",
        ),
        counted_item(disputes, "dispute", "about an invoice to answer", reverse("disputes")),
        counted_item(len(due), "invoiced charge", f"to credit{by}", reverse("finance")),
        counted_item(
            holding().count(), "invoice", "with money held for the agency", invoices, state="held"
        ),
        counted_item(payments, "imported payment", "to review", reverse("payment_files")),
        counted_item(overdue(today).count(), "invoice", "overdue", invoices, state="overdue"),
    ]
