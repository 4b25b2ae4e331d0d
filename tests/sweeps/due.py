"""For each sweep, a way to make two rows due, so that the first can fail and the second be seen done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.operations.ask_for_dates import ask_for_dates
from bookings.rules.states import BookingState
from courses.models import Event
from courses.rules.states import EventState
from evaluation.models import Certificate
from evaluation.rules.states import InvitationState, Stage
from finance.models import BillingProfile, Charge, InvoiceRun, InvoiceRunState, StatementEmail
from finance.rules.evidence import FileKind, SentFile
from finance.rules.states import ChargeState, ImportState, MitigationState
from partnerships.models import Membership
from partnerships.rules.months import add_months, first_of_month
from tests import world as make
from tests.finance.asking import SAMPLES, absent, ask, decide
from tests.finance.importing import accepted, csv_of, uploaded
from tests.finance.money import addressed, invoice_for, ready_charges
from tests.world import Town, World

DUE: dict[str, Callable[[World], None]] = {}


def two_due_for(sweep: str) -> Callable[[Callable[[World], None]], Callable[[World], None]]:
    """The function below makes two rows that this sweep would do now."""

    def keep(function: Callable[[World], None]) -> Callable[[World], None]:
        DUE[sweep] = function
        return function

    return keep


def two_people(town: Town) -> tuple[Membership, Membership]:
    return town.practitioner, town.colleague


def past_event() -> Event:
    """Its register was closed two days ago."""
    for stage in (Stage.IMMEDIATE, Stage.IMPACT, Stage.TRAINER, Stage.BASELINE):
        make.questionnaire(stage=stage)
    return make.event(
        starts_at=make.in_days(-3),
        state=EventState.COMPLETED,
        register_closed_at=timezone.now() - timedelta(days=2),
    )


def booked(town: Town, event: Event, **fields: Any) -> Iterator[Any]:
    """The two people's bookings."""
    for person in two_people(town):
        yield make.booking(person=person, event=event, **fields)


@two_due_for("people told of dates")
def _(world: World) -> None:
    wanted = make.course()
    for person in two_people(world.harbour):
        ask_for_dates(course=wanted, by=person, now=timezone.now())
    make.event(course=wanted)


@two_due_for("closes of bookings counted")
def _(world: World) -> None:
    ChargingPolicy.objects.update(closing_notice=5)
    for _ in two_people(world.harbour):
        make.event()


@two_due_for("places settled with the agency")
def _(world: World) -> None:
    list(
        booked(
            world.harbour,
            make.event(),
            state=BookingState.PENDING,
            waits_for=["agency_unconfirmed"],
            held_until=make.in_days(5),
        )
    )


@two_due_for("places settled with the group")
def _(world: World) -> None:
    list(
        booked(
            world.harbour,
            make.event(),
            state=BookingState.PENDING,
            waits_for=["group_unknown"],
            held_until=make.in_days(5),
        )
    )


@two_due_for("held places released")
def _(world: World) -> None:
    list(
        booked(
            world.harbour,
            make.event(),
            state=BookingState.PENDING,
            waits_for=["manager_approval"],
            held_until=make.in_days(-1),
        )
    )


@two_due_for("offers expired")
def _(world: World) -> None:
    event = make.event()
    for person in two_people(world.harbour):
        make.offer(entry=make.waiting_entry(person=person, event=event), hours=-1)


@two_due_for("places offered to the waiting list")
def _(world: World) -> None:
    for person in two_people(world.harbour):
        make.waiting_entry(person=person, event=make.event())


@two_due_for("planned emails written")
def _(world: World) -> None:
    list(booked(world.harbour, make.event(starts_at=make.in_days(1)), booked_at=make.in_days(-60)))


@two_due_for("invoices issued")
def _(world: World) -> None:
    for agency in (world.harbour.school, world.harbour.council):
        ready_charges(agency)
    now = timezone.now()
    InvoiceRun.objects.create(
        month=first_of_month(Charge.objects.latest("arose_on").arose_on),
        state=InvoiceRunState.RELEASED,
        created_by=world.harbour.finance,
        created_at=now,
        released_by=world.harbour.finance,
        released_at=now,
    )
    assert set(Charge.objects.values_list("state", flat=True)) == {ChargeState.APPROVED}


@two_due_for("imported payments entered")
def _(world: World) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    file = uploaded(world, csv_of(("10.00", invoice.number), ("20.00", invoice.number)))
    accepted(world, file)
    file.payments.update(state=ImportState.RELEASED)


@two_due_for("statements emailed")
def _(world: World) -> None:
    for agency in (world.harbour.school, world.harbour.council):
        agency.finance_email = "pay@example.org"
        agency.save()
        StatementEmail.objects.create(
            agency=agency, key=uuid4(), asked_by=world.harbour.finance, asked_at=timezone.now()
        )


@two_due_for("debtors reminded")
def _(world: World) -> None:
    for agency in (world.harbour.school, world.harbour.council):
        agency.finance_email = "pay@example.org"
        agency.save()
        invoice_for(world, ready_charges(agency), at=make.in_days(-70))


@two_due_for("evidence deleted")
def _(world: World) -> None:
    for person in two_people(world.harbour):
        case = ask(absent(person), files=[SentFile(*SAMPLES[FileKind.PDF])])
        decide(case, world.harbour.finance, MitigationState.GRANTED, at=make.in_days(-200))


@two_due_for("e-invoices delivered")
def _(world: World) -> None:
    BillingProfile.objects.update(send_einvoices_from=timezone.localdate())
    for _ in range(2):
        invoice_for(world, ready_charges(addressed(world.harbour.school)))


class Anywhere:
    """Takes every e-invoice in."""

    def deliver(self, *, partnership: str, name: str, content: bytes) -> None:
        assert content


@two_due_for("questions before the course planned")
def _(world: World) -> None:
    make.questionnaire(stage=Stage.BASELINE)
    list(booked(world.harbour, make.event(), booked_by=world.harbour.agency_lead))


@two_due_for("evaluations planned")
def _(world: World) -> None:
    list(booked(world.harbour, past_event(), state=BookingState.ATTENDED))


@two_due_for("trainers' evaluations planned")
def _(world: World) -> None:
    event = past_event()
    for person in two_people(world.harbour):
        event.event_trainers.create(trainer=make.trainer(membership=person))


@two_due_for("evaluations withdrawn")
def _(world: World) -> None:
    for booking in booked(world.harbour, past_event(), state=BookingState.NO_SHOW):
        make.invitation(booking=booking)


@two_due_for("evaluations moved with their event")
def _(world: World) -> None:
    for booking in booked(world.harbour, past_event(), state=BookingState.ATTENDED):
        make.invitation(
            booking=booking,
            stage=Stage.IMPACT,
            state=InvitationState.PLANNED,
            counted_from=date(2020, 1, 1),
        )


@two_due_for("evaluations sent, reminded or closed")
def _(world: World) -> None:
    for booking in booked(world.harbour, past_event(), state=BookingState.ATTENDED):
        make.invitation(booking=booking, state=InvitationState.PLANNED)


@two_due_for("certificates checked against the register")
def _(world: World) -> None:
    for booking in booked(world.harbour, past_event(), state=BookingState.ATTENDED):
        Certificate.objects.create(
            code=f"TEST{booking.pk:08}",
            booking=booking,
            issued_at=make.in_days(-30),
            holder_name=str(booking.membership),
            agency_name=str(booking.agency),
            course_title=booking.event.course.title,
            completed_on=timezone.localdate(booking.event.ends_at),
            minutes=360,
        )


@two_due_for("certificates issued")
def _(world: World) -> None:
    for booking in booked(world.harbour, past_event(), state=BookingState.ATTENDED):
        make.answer(invitation=make.invitation(booking=booking), know=4)


@two_due_for("renewal reminders written")
def _(world: World) -> None:
    course = make.course()
    make.requirement(courses=[course], group=world.harbour.groups[2])
    soon = add_months(timezone.localdate() + timedelta(days=20), -36)
    for person in two_people(world.harbour):
        make.record(person=person, course=course, completed_on=soon)


@two_due_for("messages sent")
def _(world: World) -> None:
    for person in two_people(world.harbour):
        make.message(to=person.user.email)
