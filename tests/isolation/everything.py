"""One of everything in a partnership, and the ids that addresses name it by."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils import timezone

from bookings.access import approval_token, offer_token
from bookings.models import (
    Booking,
    BookingPractice,
    NoticeException,
    PlannedMail,
    PlannedMailSent,
)
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState
from competencies.models import GuideAnswer, PathwayGuide, RoleProfile
from courses.models import Course, LearningOutcome, Prerequisite, Trainer
from courses.rules.states import EventState
from evaluation.access import survey_token
from evaluation.models import Certificate
from evaluation.rules.states import Stage
from finance.models import (
    BillingProfile,
    EInvoiceDelivery,
    Invoice,
    InvoiceRun,
    LedgerColumn,
    MitigationCase,
)
from finance.operations.download_ledger_batch import download_ledger_batch
from finance.operations.export_to_ledger import export_to_ledger
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.issue_invoice import issue_invoice
from finance.operations.record_payment import record_payment
from finance.operations.reverse_payment import reverse_payment
from finance.operations.set_ledger_codes import set_ledger_codes
from finance.operations.start_ledger_columns import start_ledger_columns
from finance.rules.ledger_files import DateStyle
from finance.rules.states import ChargeState
from outbox.models import SetAside
from partnerships.models import (
    ClosureDay,
    Employment,
    EmploymentState,
    PayerClass,
    PayerClassRule,
)
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
    course = make.course(title=f"{name} course")
    run = {"course": course, "trainers": [make.trainer(membership=town.trainer)]}
    coming = make.event(**run)
    over = make.event(
        **run, starts_at=timezone.now() - timedelta(days=9), state=EventState.COMPLETED
    )
    booked = make.booking(person=town.practitioner, event=coming)
    absent = make.booking(person=town.practitioner, event=over, state=BookingState.NO_SHOW)
    present = make.booking(person=town.colleague, event=over, state=BookingState.ATTENDED)
    waiting = make.waiting_entry(person=town.other_practitioner, event=coming)
    asked = make.invitation(booking=present, stage=Stage.IMMEDIATE)
    money = documents(town, absent)
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
    return money | {
        "slug": course.slug,
        "pathway.slug": way.slug,
        "guide.slug": guide.slug,
        "reference": coming.reference,
        "booking.reference": booked.reference,
        "booking_ics.reference": booked.reference,
        "cancel_booking.reference": booked.reference,
        "send_colleague.reference": booked.reference,
        "settle_booking.reference": booked.reference,
        "ask_waiver.reference": absent.reference,
        "statement.reference": town.school.reference,
        "statement_pdf.reference": town.school.reference,
        "billing_details.reference": town.school.reference,
        "insight_event.reference": over.reference,
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
    month = timezone.localdate().replace(day=1)
    run = InvoiceRun.objects.create(month=month, created_by=town.finance, created_at=now)
    return {
        "number": invoice.number,
        "credit_note_pdf.number": note.number,
        "agency_credit_note_pdf.number": note.number,
        "credit_note_xml.number": note.number,
        "position": "1",
        "charge.pk": str(charge.pk),
        "mitigation_case.pk": str(case.pk),
        "reverse_payment.pk": str(entry.pk),
        "invoice_run.pk": str(run.pk),
    } | ledger_file(town)


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
