"""One of everything in a partnership, and the ids that addresses name it by."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.apps import apps
from django.utils import timezone

from bookings.access import approval_token, calendar_token, offer_token
from bookings.models import (
    Booking,
    BookingPractice,
    Grant,
    GrantRecipient,
    NoticeException,
    PlannedMail,
    PlannedMailSent,
    RegisterException,
    Restriction,
    RestrictionRule,
)
from bookings.operations.ask_for_dates import ask_for_dates
from bookings.operations.record_extra_cost import record_extra_cost
from bookings.operations.renew_own_calendar import renew_own_calendar
from bookings.rules.restriction import RestrictionEffect
from bookings.rules.states import BookingState
from competencies.models import GuideAnswer, PathwayGuide, RoleProfile
from courses.models import Course, LearningOutcome, Prerequisite, Trainer
from courses.rules.states import EventState
from evaluation.access import survey_token
from evaluation.models import Certificate
from evaluation.rules.states import Stage
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
from tests.isolation.money import documents, money_by_year, waivers
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
    RegisterException.objects.create(
        policy=town.policy, name=f"{name} full days", clause="No minutes.", shortest=241
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
    ask_for_dates(course=course, by=town.practitioner, now=timezone.now())
    own = renew_own_calendar(membership=town.practitioner, now=timezone.now())
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
        "my_calendar_ics.token": calendar_token(own),
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
    """A draft of the charging policy with a price and exceptions; each partnership's has a number of its own."""
    draft = make.charging_policy(
        version=1000 + town.partnership.pk, released_at=None, valid_from=date(2099, 1, 1)
    )
    exception = NoticeException.objects.create(
        policy=draft, name="Briefings", event_type="briefing", clause="Ten days."
    )
    at_event = RegisterException.objects.create(
        policy=draft, name="Full days", shortest=241, clause="No minutes."
    )
    price = draft.prices.earliest("pk")
    return {
        "version": str(draft.version),
        "part": "notice",
        "kind": "prices",
        "policy_price.pk": str(price.pk),
        "policy_exception.pk": str(exception.pk),
        "policy_register_exception.pk": str(at_event.pk),
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
