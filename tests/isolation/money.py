"""One of every kind of money record in a partnership, and the ids that addresses name them by."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bookings.access import waiver_token
from bookings.models import (
    Booking,
    WaiverPractice,
    WaiverReason,
)
from bookings.rules.prices import ChargeKind
from finance.access import Contact, account_token
from finance.models import (
    BillingProfile,
    Contribution,
    EInvoiceDelivery,
    EventCost,
    EvidenceFile,
    Invoice,
    InvoiceRun,
    LedgerColumn,
    LinksStopped,
    MitigationCase,
    PaymentFile,
    StatementEmail,
)
from finance.operations.approve_charges import approve_charges
from finance.operations.download_ledger_batch import download_ledger_batch
from finance.operations.export_to_ledger import export_to_ledger
from finance.operations.give_order_number import give_order_number
from finance.operations.grant_exemption import ExemptionAsked, grant_exemption
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.issue_invoice import issue_invoice
from finance.operations.raise_dispute import raise_dispute
from finance.operations.receive_payment_file import receive_payment_file
from finance.operations.record_payment import record_payment
from finance.operations.return_to_review import return_to_review
from finance.operations.reverse_payment import reverse_payment
from finance.operations.set_ledger_codes import set_ledger_codes
from finance.operations.set_payment_columns import set_payment_columns
from finance.operations.start_ledger_columns import start_ledger_columns
from finance.rules.disputes import Objection
from finance.rules.evidence import FileKind
from finance.rules.ledger_files import DateStyle
from finance.rules.payment_columns import Meaning
from finance.rules.states import ChargeState
from finance.urls import urlpatterns
from tests import world as make
from tests.world import Town


def documents(town: Town, absent: Any) -> dict[str, str]:
    """An invoice, a credit note, a run, a charge under review and a case about it."""
    now = timezone.now()
    # Series are counted in each partnership, so only the prefixes tell their first numbers apart.
    letter = town.partnership.slug[0].upper()
    BillingProfile.objects.update(invoice_prefix=f"{letter}INV", credit_note_prefix=f"{letter}CN")
    billed = make.charge(booking=absent, state=ChargeState.APPROVED)
    invoice = issue_invoice(agency=billed.agency, charges=[billed.pk], by=town.finance, at=now)
    note = issue_credit_note(
        line=invoice.lines.get(),
        amount=Decimal("5.00"),
        reason="Agreed",
        agreed_on=timezone.localdate(),
        by=town.finance,
        at=now,
    )
    entry = record_payment(
        invoice=invoice,
        amount=Decimal("5.00"),
        received_on=timezone.localdate(),
        reference=f"{town.partnership.slug} bank",
        by=town.finance,
        at=now,
    )
    reverse_payment(payment=entry, reason="Entered twice", by=town.finance, at=now)
    charge = make.charge(booking=absent, kind=ChargeKind.LATE_CANCELLATION)
    case = MitigationCase.objects.create(
        charge=charge, asked_by=town.practitioner, asked_at=now, reason="Ill"
    )
    approve_charges(charges=[charge.pk], by=town.finance, at=now)
    return_to_review(charges=[charge.pk], by=town.finance, at=now)
    EvidenceFile.objects.create(
        case=case,
        name=f"{town.partnership.slug}.txt",
        kind=FileKind.TEXT,
        size=3,
        content=b"Ill",
        added_by=town.practitioner,
        added_at=now,
    )
    file = imported(town, invoice.number)
    month = timezone.localdate().replace(day=1)
    run = InvoiceRun.objects.create(month=month, created_by=town.finance, created_at=now)
    return (
        agency_account(town, invoice)
        | {
            "number": invoice.number,
            "credit_note_pdf.number": note.number,
            "agency_credit_note_pdf.number": note.number,
            "credit_note_xml.number": note.number,
            "position": "1",
            "charge.pk": str(charge.pk),
            "mitigation_case.pk": str(case.pk),
            "reverse_payment.pk": str(entry.pk),
            "invoice_run.pk": str(run.pk),
            **{
                f"{page}.pk": str(file.pk)
                for page in (
                    *("payment_file", "payment_columns", "accept_payments", "enter_payments"),
                    *("discard_payment_file", "imported_payment"),
                )
            },
            "row": "2",
        }
        | ledger_file(town)
    )


def ledger_file(town: Town) -> dict[str, str]:
    """A ledger file with its columns and codes, exported and downloaded, and an e-invoice that was sent."""
    now = timezone.now()
    start_ledger_columns()
    codes = {("charge", "no_show"): f"{town.partnership.slug} code"}
    set_ledger_codes(codes=codes, dates=DateStyle.UK, signed=True, with_payments=True)
    batch = export_to_ledger(by=town.finance, at=now)
    download_ledger_batch(batch=batch, by=town.finance, at=now)
    EInvoiceDelivery.objects.create(invoice=Invoice.objects.get(), settled_at=now)
    column = str(LedgerColumn.objects.earliest("pk").pk)
    return {
        "ledger_batch.pk": str(batch.pk),
        "ledger_csv.pk": str(batch.pk),
        "ledger_column.pk": column,
        "remove_ledger_column.pk": column,
    }


def waivers(town: Town, absent: Booking) -> dict[str, str]:
    """A reason of the list, an exemption, and what the pages about the request of :func:`documents` are named by."""
    name, today = town.partnership.slug.title(), timezone.localdate()
    WaiverPractice.objects.create()
    reason = WaiverReason.objects.create(name=f"{name} strike")
    grant = ExemptionAsked(town.council, f"{name} was flooded", today, today)
    exemption = grant_exemption(grant=grant, by=town.finance, at=timezone.now())
    case, file = MitigationCase.objects.get(), EvidenceFile.objects.get()
    token = waiver_token(absent, town.practitioner)
    return {
        "waiver_reason.pk": str(reason.pk),
        "end_exemption.pk": str(exemption.pk),
        "appeal_waiver.pk": str(case.pk),
        "appeal_waiver_by_link.pk": str(case.pk),
        "waiver_file.pk": str(file.pk),
        "waiver_file_by_link.pk": str(file.pk),
        "ask_waiver_by_link.token": token,
        "appeal_waiver_by_link.token": token,
        "waiver_file_by_link.token": token,
    }


def agency_account(town: Town, invoice: Invoice) -> dict[str, str]:
    """An order number, a dispute and a link of the agency that the invoice went to."""
    now, name = timezone.now(), town.partnership.slug
    agency = invoice.agency
    agency.finance_email = f"invoices@school.{name}.example.org"
    agency.save()
    contact = Contact(agency, agency.finance_email)
    days = (timezone.localdate(), timezone.localdate() + timedelta(days=30))
    order = give_order_number(number=f"{name} 1", by=contact, at=now, period=days)
    dispute = raise_dispute(
        line=invoice.lines.get(),
        objection=Objection.OTHER,
        text=f"{name.title()} does not agree",
        by=contact,
        at=now,
    )
    LinksStopped.objects.create(agency=town.other_agency, stopped_at=now, stopped_by=town.finance)
    pages = [each.name for each in urlpatterns if str(each.name).startswith("contact_")]
    return {
        **{f"{page}.reference": agency.reference for page in pages},
        **{f"{page}.token": account_token(agency, now) for page in pages},
        "contact_withdraw_order.pk": str(order.pk),
        "contact_withdraw_order_by_link.pk": str(order.pk),
        "dispute.pk": str(dispute.pk),
        "send_account_link.reference": agency.reference,
        "stop_account_links.reference": agency.reference,
    }


def imported(town: Town, number: str) -> PaymentFile:
    """A payment file whose columns had to be told, with a payment of an invoice."""
    today, name = timezone.localdate(), town.partnership.slug
    content = f"{name} day;Sum;Words\n{today:%d/%m/%Y};5.00;{name} {number}\n"
    said = {"by": town.finance, "at": timezone.now()}
    file = receive_payment_file(name=f"{name}.csv", content=content.encode(), **said)
    columns = {Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.DETAILS: 2}
    return set_payment_columns(file=file, columns=columns, **said)


def money_by_year(town: Town, event: Any) -> dict[str, str]:
    """A cost of an event, a contribution, and a statement that was asked for."""
    name, now = town.partnership.slug.title(), timezone.now()
    said = {"entered_by": town.finance, "entered_at": now, "amount": Decimal("5.00")}
    cost = EventCost.objects.create(
        event=event, kind="venue", description=f"{name} hall", incurred_on=now.date(), **said
    )
    given = Contribution.objects.create(agency=town.school, year=now.year, note=name, **said)
    StatementEmail.objects.create(
        agency=town.school, key=uuid4(), asked_by=town.finance, asked_at=now, written_at=now
    )
    return {"remove_event_cost.pk": str(cost.pk), "remove_contribution.pk": str(given.pk)}
