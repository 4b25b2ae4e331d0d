"""Emails about money: the documents themselves, reminders, and answers to requests."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any

from finance.models import CreditNote, Invoice, MitigationCase, StatementEmail
from finance.rules.states import MitigationState
from finance.terms.debt import standing_invoice
from outbox.operations.queue_message import Attachment, Mail, queue_message


def attached_pdf(name: str, pdf: bytes) -> Attachment:
    """A stored document as an attachment."""
    return {
        "name": f"{name}.pdf",
        "type": "application/pdf",
        "content": b64encode(pdf).decode(),
        "encoding": "base64",
    }


def send_invoice(invoice: Invoice, at: datetime) -> None:
    """The invoice to the agency's finance address, if it has given one."""
    to_finance_office(
        invoice,
        key=f"invoice:{invoice.number}",
        why="An invoice was issued.",
        subject=f"Invoice {invoice.number} from {invoice.issuer['name']}",
        template="invoice",
        document=(invoice.number, bytes(invoice.pdf)),
        at=at,
    )


def send_credit_note(note: CreditNote, at: datetime) -> None:
    """The credit note to the office that got the invoice. If it was paid, it says whose money it is now."""
    to_finance_office(
        note.invoice,
        key=f"credit-note:{note.number}",
        why="An invoice was corrected.",
        subject=f"Credit note {note.number} for invoice {note.invoice.number}",
        template="credit_note",
        document=(note.number, bytes(note.pdf)),
        at=at,
        note=note,
        held=standing_invoice(note.invoice).held,
    )


def remind_of_invoice(invoice: Invoice, which: int, at: datetime) -> None:
    """A reminder of an overdue invoice with its current balance, and the invoice attached again."""
    to_finance_office(
        invoice,
        key=f"invoice-reminder:{invoice.number}:{which}",
        why="An invoice is overdue.",
        subject=f"Reminder: invoice {invoice.number} was due",
        template="invoice_reminder",
        document=(invoice.number, bytes(invoice.pdf)),
        at=at,
    )


def to_finance_office(
    invoice: Invoice,
    *,
    key: str,
    why: str,
    subject: str,
    template: str,
    document: tuple[str, bytes],
    at: datetime,
    **context: object,
) -> None:
    """One email with one document to the agency that owes."""
    if not invoice.agency.finance_email:
        return
    queue_message(
        mail=Mail(
            key=key,
            why=why,
            about=invoice.number,
            to_email=invoice.agency.finance_email,
            to_name=invoice.customer_name[:150],
            subject=subject,
            template=f"finance/mail/{template}",
            context={"invoice": invoice} | context,
            attachments=[attached_pdf(*document)],
        ),
        due_at=at,
    )


def send_statement(
    asked: StatementEmail, statement: dict[str, Any], pdf: bytes, at: datetime
) -> None:
    """An agency's statement, once for each form that asked for it."""
    agency, issuer = asked.agency, statement["profile"]
    queue_message(
        mail=Mail(
            key=f"statement:{asked.key}:{agency.reference}",
            why="Finance asked for the statement to be sent.",
            about=agency.reference,
            to_email=agency.finance_email,
            to_name=agency.name[:150],
            subject=f"Statement of account from {issuer.issuer_name}",
            template="finance/mail/statement",
            context=statement,
            attachments=[attached_pdf(f"statement-{agency.reference}", pdf)],
        ),
        due_at=at,
    )


def tell_of_mitigation(case: MitigationCase, note: CreditNote | None, at: datetime) -> None:
    """The answer to the person who asked for a charge to be waived."""
    granted = case.state == MitigationState.GRANTED
    booking = case.charge.booking
    queue_message(
        mail=Mail(
            key=f"mitigation:{case.pk}",
            why="There is a decision on a request to waive a charge.",
            about=booking.reference,
            to_email=case.asked_by.user.email,
            to_name=case.asked_by.user.full_name,
            subject=f"The charge for booking {booking.reference} {'has been waived' if granted else 'stands'}",
            template="finance/mail/mitigation",
            context={"case": case, "granted": granted, "note": note, "booking": booking},
        ),
        due_at=at,
    )
