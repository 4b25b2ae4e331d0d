"""Remind agencies of overdue invoices, politely and twice at most."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from finance.emails import remind_of_invoice
from finance.models import Dispute, Invoice
from finance.rules.invoicing import first_reminder_on
from finance.terms.debt import StandingInvoice, overdue
from finance.terms.disputes import open_dispute
from outbox.models import Message
from outbox.sweeps import take
from partnerships.models import active_partnership, working_calendar

# The second and last reminder. After that, a person takes over from the list of debts.
SECOND_AFTER = timedelta(days=14)


@transaction.atomic
def remind_next_debtor(*, now: datetime) -> int:
    """Queue one reminder that is due and return 1; 0 when none is.

    The first goes on the first working day after the due date (W44), the second two weeks later. No one is reminded
    while a dispute about the invoice is open; once it is answered, the days count from then. The message's key makes
    sure that each is sent once, however often this runs.
    """
    today = timezone.localdate(now)
    for which, before in ((1, today), (2, today - SECOND_AFTER)):
        for invoice in not_reminded(which, before):
            if reminder_due(invoice, which) <= today and take(
                Invoice.objects.filter(~open_dispute(), pk=invoice.pk)
            ):
                remind_of_invoice(invoice, which, now)
                return 1
    return 0


def not_reminded(which: int, before: date) -> QuerySet[StandingInvoice]:
    """Overdue invoices of agencies we can email that have not had this reminder and are not disputed."""
    answered = Dispute.objects.filter(line__invoice=OuterRef("pk"), answered_at__isnull=False)
    key = Concat(Value("invoice-reminder:"), OuterRef("number"), Value(f":{which}"))
    found: QuerySet[StandingInvoice] = (
        overdue(before)
        .annotate(answered_at=Subquery(answered.order_by("-answered_at").values("answered_at")[:1]))
        .filter(~open_dispute(), ~Exists(Message.objects.filter(key=key)))
        .exclude(agency__finance_email="")
        .select_related("agency")
        .order_by("due_on", "pk")
    )
    return found


def reminder_due(invoice: StandingInvoice, which: int) -> date:
    """The day on which this reminder goes out."""
    since = invoice.due_on
    if invoice.answered_at is not None:
        since = max(since, timezone.localdate(invoice.answered_at))
    calendar = working_calendar(active_partnership(), since, since + timedelta(days=30))
    later = timedelta() if which == 1 else SECOND_AFTER
    return first_reminder_on(since + later, calendar)
