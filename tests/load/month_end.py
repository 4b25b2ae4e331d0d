"""A month's end in one partnership: everything that a worker does is due at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from bookings.rules.states import BookingState
from courses.models import Event
from courses.rules.states import EventState
from evaluation.rules.states import Stage
from finance.models import Charge, InvoiceRun, InvoiceRunState
from finance.rules.states import ChargeState
from partnerships.models import Agency, Membership, Partnership
from partnerships.rules.months import first_of_month
from partnerships.rules.roles import Role
from tenancy import activate
from tenancy.models import Change, TenantModel
from tests import world as make

AGENCIES, PEOPLE = 8, 4  # an agency
# What is drawn by lot, names rows by number, or was written at an instant of its own.
BY_CHANCE = {
    *("id", "code", "token", "key", "about", "text", "html", "attachments", "submission", "edition")
}


def month_end(slug: str) -> Partnership:
    """Two events that are over, one to come; charges approved, the month's run released; places held too long."""
    partnership = make.partnership(slug=slug)
    with activate(partnership):
        finance = make.person(
            Role.FINANCE_OFFICER, name="Finn", email=f"finance@{slug}.example.org"
        )
        make.charging_policy()
        make.billing_profile()
        make.vat_rows()
        make.evaluation_plan(certificate_needs_evaluation=False)
        for stage in (Stage.IMMEDIATE, Stage.IMPACT):
            make.questionnaire(stage=stage)
        people = [one for n in range(AGENCIES) for one in staff_of(agency(n), slug)]
        over = [event("over", -9), event("long-over", -150)]
        for each in over:
            attended(each, people)
        held_too_long(event("soon", 30), people)
        charged(over[0], finance)
    return partnership


def agency(n: int) -> Agency:
    return make.agency(name=f"School {n}", reference=f"school-{n}", finance_email="pay@example.org")


def staff_of(agency: Agency, slug: str) -> list[Membership]:
    return [
        make.person(
            name=f"{agency.name} {n}",
            email=f"{agency.reference}-{n}@{slug}.example.org",
            agency=agency,
        )
        for n in range(PEOPLE)
    ]


def event(name: str, days: int) -> Event:
    """Where the days are past, its register was closed the same evening."""
    starts_at = make.in_days(days)
    over: dict[str, Any] = {
        "state": EventState.COMPLETED,
        "register_closed_at": starts_at + timedelta(hours=7),
    }
    course = make.course(reference=name, slug=name, title=name.title())
    fields = over if days < 0 else {}
    return make.event(course=course, reference=name, starts_at=starts_at, capacity=99, **fields)


def attended(event: Event, people: list[Membership]) -> None:
    """One in each agency stayed away."""
    for n, person in enumerate(people):
        state = BookingState.ATTENDED if n % PEOPLE else BookingState.NO_SHOW
        make.booking(person=person, event=event, state=state, reference=f"{event.reference[0]}{n}")


def held_too_long(event: Event, people: list[Membership]) -> None:
    """Places whose manager never answered."""
    yesterday = timezone.now() - timedelta(days=1)
    for n, person in enumerate(people[::PEOPLE]):
        make.booking(
            person=person,
            event=event,
            state=BookingState.PENDING,
            reference=f"s{n}",
            held_until=yesterday,
            waits_for=["manager_approval"],
        )


def charged(event: Event, finance: Membership) -> None:
    """Those who stayed away are charged, and the run is released."""
    for booking in event.bookings.filter(state=BookingState.NO_SHOW):
        make.charge(booking=booking, state=ChargeState.APPROVED)
    now = timezone.now()
    InvoiceRun.objects.create(
        month=first_of_month(Charge.objects.latest("arose_on").arose_on),
        state=InvoiceRunState.RELEASED,
        created_by=finance,
        created_at=now,
        released_by=finance,
        released_at=now,
    )


def outcome(partnership: Partnership) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every business table, told without numbers of rows, instants and names of the place."""
    with activate(partnership):
        return {
            model._meta.label: sorted(
                tuple(told(row, partnership.slug)) for row in model._default_manager.all()
            )
            for model in apps.get_models()
            if issubclass(model, TenantModel) and model is not Change
        }


def lines_of_history(partnership: Partnership) -> int:
    """How often any row of the partnership was written."""
    with activate(partnership):
        written: int = Change.objects.count()
    return written


def told(row: models.Model, slug: str) -> Iterator[str]:
    """One row, column by column."""
    for field in row._meta.concrete_fields:
        if field.name in BY_CHANCE or field.name == "partnership":
            continue
        value = getattr(row, field.name)
        if isinstance(value, datetime | bytes | memoryview):
            value = type(value).__name__
        yield f"{field.name}={value}".replace(slug, "here")
