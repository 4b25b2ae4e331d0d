"""An agency says that a line of an invoice is wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.access import Contact
from finance.models import Dispute, Invoice, InvoiceLine
from finance.rules.disputes import Objection, objection_reasons
from finance.terms.disputes import agreed_left, with_agreed
from outbox.operations.cancel_messages import cancel_messages
from partnerships.rules.refused import Refused


@transaction.atomic
def raise_dispute(
    *, line: InvoiceLine, objection: Objection, text: str, by: Contact, at: datetime
) -> Dispute:
    """Open a dispute. Until finance has answered, no one is reminded of the invoice.

    One at a time about a line, and none before an agreed credit is issued. Sending the same one twice opens one.
    """
    invoice: Invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=line.invoice_id)
    opened: Dispute | None = Dispute.objects.to_answer().filter(line=line).first()
    if opened is not None and (opened.objection, opened.text) == (objection, text):
        return opened
    known = with_agreed(InvoiceLine.objects.filter(pk=line.pk)).get()
    obstacles = objection_reasons(
        known.gross - known.credited, is_open=opened is not None, agreed=agreed_left(known)
    )
    if obstacles:
        raise Refused(*obstacles)
    cancel_messages(about=invoice.number, key_prefix="invoice-reminder:")
    made: Dispute = Dispute.objects.create(
        line=line,
        objection=objection,
        text=text,
        raised_by=by.membership,
        raised_email=by.email,
        raised_at=at,
    )
    return made
