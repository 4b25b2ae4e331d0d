"""Emails about money: the documents themselves, reminders, and answers to requests."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any

from django.utils import timezone

from bookings.access import waiver_token
from bookings.models import Booking
from bookings.rules.prices import ChargeKind
from bookings.terms.waivers import ask_by
from finance.access import account_token
from finance.models import (
    Charge,
    CreditNote,
    Dispute,
    Invoice,
    LinksStopped,
    MitigationCase,
    StatementEmail,
)
from finance.rules.disputes import DisputeState
from finance.rules.states import MitigationState
from finance.terms.debt import standing_invoice
from finance.terms.requests import managers_to_tell
from outbox.operations.queue_message import Attachment, Mail, queue_message
from partnerships.models import Agency, Membership
from partnerships.terms import leads_of


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
    """One email with one document and the link to the agency's invoices, to the agency that owes."""
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
            context={"invoice": invoice, "token": account_token(invoice.agency, at)} | context,
            attachments=[attached_pdf(*document)],
        ),
        due_at=at,
    )


def tell_of_charge(charge: Charge, at: datetime) -> None:
    """What an unused place costs, to the delegate and whoever answers for them, with a link to ask for a waiver.

    Someone who cancelled late has been told with the cancellation.
    """
    if charge.kind in {ChargeKind.ATTENDANCE, ChargeKind.EXTRAS}:
        return
    booking: Booking = charge.booking
    last = ask_by(booking, timezone.localdate(at))
    for who in [*delegate_to_tell(charge), *managers_to_tell(booking, timezone.localdate(at))]:
        queue_message(
            mail=Mail(
                key=f"charge:{charge.pk}:{who.pk}",
                why="A charge has arisen for a booking.",
                about=booking.reference,
                to_email=who.user.email,
                to_name=who.user.full_name,
                subject=f"{ChargeKind(charge.kind).label} for booking {booking.reference}",
                template="finance/mail/charge",
                context={
                    "charge": charge,
                    "booking": booking,
                    "event": booking.event,
                    "is_mine": who.pk == booking.membership_id,
                    "ask_by": last,
                    "token": waiver_token(booking, who),
                },
            ),
            due_at=at,
        )


def delegate_to_tell(charge: Charge) -> list[Membership]:
    """The person who had the place, unless the email about the cancellation says it."""
    told = charge.kind == ChargeKind.LATE_CANCELLATION
    return [] if told else [charge.booking.membership]


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
    """The answer to the person who asked for a charge to be waived, with the way to appeal if there is one."""
    granted = case.state != MitigationState.REFUSED
    booking = case.charge.booking
    queue_message(
        mail=Mail(
            key=f"mitigation:{case.pk}",
            why="There is a decision on a request to waive a charge.",
            about=booking.reference,
            to_email=case.asked_by.user.email,
            to_name=case.asked_by.user.full_name,
            subject=f"The charge for booking {booking.reference} {outcome_of(granted)}",
            template="finance/mail/mitigation",
            context={
                "case": case,
                "granted": granted,
                "note": note,
                "booking": booking,
                "token": waiver_token(booking, case.asked_by),
            },
        ),
        due_at=at,
    )


def tell_agency_of_decision(case: MitigationCase, at: datetime) -> None:
    """The same to the agency: its finance office, or its leads. The grounds are between us and whoever asked."""
    granted = case.state != MitigationState.REFUSED
    booking = case.charge.booking
    for email, name in offices_to_tell(case, at):
        queue_message(
            mail=Mail(
                key=f"mitigation:{case.pk}:agency:{email}"[:200],
                why="There is a decision on a request to waive a charge.",
                about=booking.reference,
                to_email=email,
                to_name=name[:150],
                subject=f"The charge for booking {booking.reference} {outcome_of(granted)}",
                template="finance/mail/mitigation_for_agency",
                context={
                    "charge": case.charge,
                    "granted": granted,
                    "booking": booking,
                    "appeal_by": case.appeal_by,
                },
            ),
            due_at=at,
        )


def offices_to_tell(case: MitigationCase, at: datetime) -> list[tuple[str, str]]:
    """Addresses and names: the agency's finance office if it has given one, otherwise its leads who did not ask."""
    agency = case.charge.agency
    if agency.finance_email:
        return [(agency.finance_email, agency.name)]
    leads = leads_of(agency, timezone.localdate(at)).exclude(pk=case.asked_by_id)
    return [(one.user.email, one.user.full_name) for one in leads]


def outcome_of(granted: bool) -> str:
    """How a decision reads in a subject."""
    return "has been waived" if granted else "stands"


def tell_of_dispute(dispute: Dispute, at: datetime) -> None:
    """The answer to the person who raised a dispute. Only the finance office's own address gets the link."""
    line, agency = dispute.line, dispute.line.invoice.agency
    reduced = dispute.state == DisputeState.REDUCED
    said = "we will credit" if reduced else "our answer about"
    to_office = dispute.raised_email == agency.finance_email
    queue_message(
        mail=Mail(
            key=f"dispute:{dispute.pk}",
            why="There is an answer to a dispute about an invoice.",
            about=line.invoice.number,
            to_email=dispute.raised_email,
            to_name=str(dispute.raised_by or agency)[:150],
            subject=f"Invoice {line.invoice.number}: {said} line {line.position}",
            template="finance/mail/dispute",
            context={
                "dispute": dispute,
                "line": line,
                "invoice": line.invoice,
                "reduced": reduced,
                "token": account_token(agency, at) if to_office else "",
            },
        ),
        due_at=at,
    )


def email_account_link(agency: Agency, at: datetime) -> None:
    """The link to an agency's invoices, because finance was asked for one; once a minute and after each stop."""
    stops = LinksStopped.objects.filter(agency=agency).count()
    queue_message(
        mail=Mail(
            key=f"account-link:{agency.pk}:{at:%Y%m%d%H%M}:{stops}",
            why="Finance sent a new link to the agency’s invoices.",
            about=agency.reference,
            to_email=agency.finance_email,
            to_name=agency.name[:150],
            subject="Your link to invoices and purchase order numbers",
            template="finance/mail/account_link",
            context={"agency": agency, "token": account_token(agency, at)},
        ),
        due_at=at,
    )
