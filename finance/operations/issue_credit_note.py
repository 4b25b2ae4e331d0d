"""Credit a line of an invoice, in full or in part."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from bookings.rules.money import pounds, to_pence
from bookings.steps.sent_before import refuse_if_altered
from finance.documents.papers import credit_note_pdf
from finance.emails import send_credit_note
from finance.models import Charge, CreditNote, Invoice, InvoiceLine
from finance.operations.answer_request import answer_request
from finance.rules.invoicing import agreed_on_reasons, credit_reasons
from finance.rules.states import DocumentKind
from finance.rules.vat import VatCode, VatSplit, VatTreatment, split_vat
from finance.steps.next_number import billing_profile, next_number
from finance.steps.printed import printed
from finance.terms.charges import why_not_decide
from finance.terms.debt import left_on
from partnerships.models import Membership
from partnerships.rules.refused import Refused

IF_WANTED = (
    "An issued credit note cannot be changed. If you want to credit what you have typed now as well, send the form"
    " again."
)


@transaction.atomic
def issue_credit_note(
    *,
    line: InvoiceLine,
    amount: Decimal,
    reason: str,
    agreed_on: date,
    by: Membership,
    at: datetime,
    entry_key: UUID | None = None,
) -> CreditNote:
    """A numbered document that names the invoice and its line; ``amount`` is pounds including VAT.

    The same ``entry_key`` gives the same document: a form sent twice credits once. If nothing of the line is left,
    this also grants an open request to waive its charge.
    """
    charge, invoice = locked_for(line)
    before = issued_before(
        entry_key, line_id=line.pk, gross=amount, reason=reason, agreed_on=agreed_on
    )
    if before is not None:
        return before
    left, today = left_on(line), timezone.localdate(at)
    obstacles = (
        *filter(None, [why_not_decide(charge, by)]),
        *credit_reasons(line.gross, line.gross - left.gross, amount),
        *agreed_on_reasons(agreed_on, invoice.issued_on, today),
    )
    if obstacles:
        raise Refused(*obstacles)
    note = CreditNote(
        invoice=invoice,
        line=line,
        reason=reason[:300],
        agreed_on=agreed_on,
        issued_on=today,
        issued_at=at,
        issued_by=by,
        entry_key=entry_key or uuid4(),
        **asdict(share_of(left, to_pence(amount), line)),
    )
    note.number = next_number(
        kind=DocumentKind.CREDIT_NOTE, profile=billing_profile(), year=today.year
    )
    note.pdf = printed("The credit note", lambda: credit_note_pdf(note))
    note.save()
    send_credit_note(note, at)
    if note.gross == left.gross:
        answer_request(charge=charge, grant=True, decision=reason, by=by, at=at, note=note)
    return note


def locked_for(line: InvoiceLine) -> tuple[Charge, Invoice]:
    """Lock a line's charge, then its invoice: the same order as in deciding on the charge."""
    charge: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=line.charge_id)
    invoice: Invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=line.invoice_id)
    return charge, invoice


def issued_before(key: UUID | None, **said: Any) -> CreditNote | None:
    """The document that the form with this key has already made; refused if the form now says something else."""
    rows = CreditNote.objects.defer("pdf")
    found: CreditNote | None = rows.filter(entry_key=key).first() if key else None
    if found is not None:
        entered = f"credit note {found.number} for {pounds(found.gross)} was issued"
        refuse_if_altered(found, entered=entered, next_step=IF_WANTED, **said)
    return found


def share_of(left: VatSplit, amount: Decimal, line: InvoiceLine) -> VatSplit:
    """The amount split like the line. The last credit takes what is left, so that pennies add up."""
    if amount == left.gross:
        return left
    rate = VatTreatment(VatCode(line.vat_code), line.vat_rate, prices_include_vat=True)
    return split_vat(amount, rate)
