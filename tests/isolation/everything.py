"""One of everything in a partnership, and the ids that addresses name it by."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.utils import timezone

from bookings.access import approval_token, offer_token, waiver_token
from bookings.models import (
    Booking,
    BookingPractice,
    Grant,
    GrantRecipient,
    NoticeException,
    PlannedMail,
    PlannedMailSent,
    Restriction,
    RestrictionRule,
    WaiverPractice,
    WaiverReason,
)
from bookings.operations.record_extra_cost import record_extra_cost
from bookings.rules.prices import ChargeKind
from bookings.rules.restriction import RestrictionEffect
from bookings.rules.states import BookingState
from competencies.models import GuideAnswer, PathwayGuide, RoleProfile
from courses.models import Course, LearningOutcome, Prerequisite, Trainer
from courses.rules.states import EventState
from evaluation.access import survey_token
from evaluation.models import Certificate
from evaluation.rules.states import Stage
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
from outbox.models import SetAside
from partnerships.models import (
    ClosureDay,
    Employment,
    EmploymentState,
    PayerClass,
    PayerClassRule,
)
from partnerships.rules.reasons import Explanation
from tenancy.models import TenantModel
from tests import world as make
from tests.world import Town


def one_of_everything(town: Town) -> dict[str, str]:
    """Make a row of every kind in the active partnership; the values that its addresses take."""
    name = town.partnership.slug.title()
    PayerClassRule.objects.create(payer_class=PayerClass.objects.get(code="contributor"))
    NoticeException.objects.create(
        policy=town.policy,
        name=f"{name} briefings",
        clause="Two days.",
        notice=2,
        event_type="briefing",
    )
    grant = Grant.objects.create(
        name=f"{name} fund",
        code="SMALL",
        percent=Decimal(50),
        places=1,
        valid_from=timezone.localdate(),
    )
    GrantRecipient.objects.create(grant=grant, agency=town.school)
    course = make.course(title=f"{name} course")
    run = {"course": course, "trainers": [make.trainer(membership=town.trainer)]}
    coming = make.event(**run)
    over = make.event(
        **run, starts_at=timezone.now() - timedelta(days=9), state=EventState.COMPLETED
    )
    booked = make.booking(person=town.practitioner, event=coming)
    record_extra_cost(
        booking=booked,
        description=f"{name} interpreter",
        amount=Decimal("120.00"),
        agreed_by="The head teacher",
        by=town.coordinator,
        at=timezone.now(),
    )
    absent = make.booking(person=town.practitioner, event=over, state=BookingState.NO_SHOW)
    present = make.booking(person=town.colleague, event=over, state=BookingState.ATTENDED)
    waiting = make.waiting_entry(person=town.other_practitioner, event=coming)
    asked = make.invitation(booking=present, stage=Stage.IMMEDIATE)
    money = documents(town, absent) | waivers(town, absent) | money_by_year(town, over)
    pending = Employment.objects.filter(membership=town.other_practitioner).get()
    pending.state = EmploymentState.PENDING
    pending.save()
    learnt = make.record(person=town.practitioner, course=course)
    way = make.pathway(courses=[course], title=f"{name} pathway")
    make.role_profile(people=[town.practitioner], name=f"{name} role")
    guide = PathwayGuide.objects.create(
        slug=f"{name.lower()}-guide", title=f"{name} guide", first="q1"
    )
    GuideAnswer.objects.create(guide=guide, question="q1", question_text="Which?", label="Yes")
    the_rest(town, course, present)
    certificate = Certificate.objects.create(
        code=f"{name[:4].upper()}23456789",
        booking=present,
        issued_at=timezone.now(),
        holder_name=f"{name} holder",
        agency_name=f"{name} school",
        course_title=course.title,
        completed_on=timezone.localdate(),
        minutes=360,
        pdf=b"%PDF",
    )
    values = {
        "slug": course.slug,
        "pathway.slug": way.slug,
        "guide.slug": guide.slug,
        "reference": coming.reference,
        "booking.reference": booked.reference,
        "booking_ics.reference": booked.reference,
        "cancel_booking.reference": booked.reference,
        "send_colleague.reference": booked.reference,
        "settle_booking.reference": booked.reference,
        "extra_costs.reference": booked.reference,
        "ask_waiver.reference": absent.reference,
        "appeal_waiver.reference": absent.reference,
        "statement.reference": town.school.reference,
        "statement_pdf.reference": town.school.reference,
        "billing_details.reference": town.school.reference,
        "email_statement.reference": town.school.reference,
        "event_costs.reference": over.reference,
        "remove_event_cost.reference": over.reference,
        "insight_event.reference": over.reference,
        "restriction.pk": str(restriction(town).pk),
        "code": certificate.code,
        "token": survey_token(asked),
        "offer.token": offer_token(make.offer(entry=waiting)),
        "approve.token": approval_token(booked),
        "pk": str(pending.pk),
        "leave_waiting_list.pk": str(waiting.pk),
        "agency_person.pk": str(town.practitioner.pk),
        "add_staff_learning.pk": str(town.practitioner.pk),
        "recognise_learning.pk": str(town.practitioner.pk),
        "staff_roles.pk": str(town.practitioner.pk),
        "record": str(learnt.pk),
    }
    return money | values | policy_pages(town)


def policy_pages(town: Town) -> dict[str, str]:
    """A draft of the charging policy with a price and an exception; each partnership's has a number of its own."""
    draft = make.charging_policy(
        version=1000 + town.partnership.pk, released_at=None, valid_from=date(2099, 1, 1)
    )
    exception = NoticeException.objects.create(
        policy=draft, name="Briefings", event_type="briefing", clause="Ten days."
    )
    price = draft.prices.earliest("pk")
    return {
        "version": str(draft.version),
        "part": "notice",
        "kind": "prices",
        "policy_price.pk": str(price.pk),
        "policy_exception.pk": str(exception.pk),
        "remove_policy_part.pk": str(price.pk),
    }


def the_rest(town: Town, course: Course, present: Booking) -> None:
    """Rows of the kinds that no address names, so that the admin has a page of each."""
    now, today = timezone.now(), timezone.localdate()
    make.venue()
    make.trainer_qualification(trainer=Trainer.objects.earliest("pk"))
    make.programme(starts_on=today, ends_on=today + timedelta(days=90))
    LearningOutcome.objects.create(course=course, text="Know whom to tell")
    Prerequisite.objects.create(course=course, requires=make.course())
    make.attendance(booking=present)
    make.answer(invitation=make.invitation(booking=present, stage=Stage.IMPACT), know=4)
    make.requirement(courses=[course], role_profile=RoleProfile.objects.earliest("pk"))
    ClosureDay.objects.create(day=today, name="Closed for the move")
    make.message(due_at=now + timedelta(days=9))
    BookingPractice.objects.create()
    PlannedMailSent.objects.create(
        planned_mail=PlannedMail.objects.get(),
        booking=present,
        starts_at=present.event.starts_at,
    )
    SetAside.objects.create(
        sweep="messages sent",
        model="outbox.Message",
        row=1,
        title="A message",
        error="OSError: no",
        failed_at=now,
        try_again_at=now + timedelta(days=9),
    )


def restriction(town: Town) -> Restriction:
    """Someone is restricted, by a rule that is in use."""
    RestrictionRule.objects.create(is_active=True)
    made: Restriction = Restriction.objects.create(
        membership=town.practitioner,
        effect=RestrictionEffect.BLOCKS,
        begun_at=timezone.now(),
        until=timezone.localdate() + timedelta(days=90),
        number=1,
        counted=["B1"],
        why=Explanation(None, f"{town.partnership.slug.title()} rule").to_json(),
    )
    return made


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


def admin_values() -> dict[str, str]:
    """For each page of the admin, the id of a row of the active partnership."""
    values = {}
    for model in apps.get_models():
        if not issubclass(model, TenantModel):
            continue
        row = model.objects.order_by("pk").first()
        assert row is not None, f"one_of_everything makes no {model._meta.label}"
        for page in ("change", "history", "delete"):
            page_name = f"{model._meta.app_label}_{model._meta.model_name}_{page}"
            values[f"{page_name}.object_id"] = str(row.pk)
    return values
