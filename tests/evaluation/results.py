"""Events that are over and what was said of them, in the last complete training year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.models import Course, Event
from courses.rules.states import EventState
from evaluation.models import Questionnaire
from evaluation.reports.slices import Slice
from evaluation.rules.states import Stage
from partnerships.models import Agency
from partnerships.rules.months import add_years, training_quarters, training_year
from tests import world as make


def last_year() -> tuple[date, date]:
    """The training year that is complete, whatever day it is."""
    return training_year(add_years(timezone.localdate(), -1))


def last_quarters() -> tuple[tuple[date, date], ...]:
    return training_quarters(last_year()[0])


def year(**fields: Any) -> Slice:
    """A report on it."""
    first, last = last_year()
    return Slice(first, last, **fields)


def quarter(number: int, **fields: Any) -> Slice:
    """A report on one of its quarters, counted from 0."""
    first, last = last_quarters()[number]
    return Slice(first, last, **fields)


def address_of(chosen: Slice, **more: Any) -> dict[str, Any]:
    """Its days, as an address says them."""
    return {"start": chosen.first.isoformat(), "end": chosen.last.isoformat(), **more}


def held(*, day: int = 30, course: Course | None = None, **fields: Any) -> Event:
    """An event of that day of the last training year; its register was closed that evening."""
    on = last_year()[0] + timedelta(days=day)
    starts_at = timezone.make_aware(datetime.combine(on, time(9, 30)))
    closed = {"register_closed_at": starts_at + timedelta(hours=8)}
    return make.event(
        course=course, starts_at=starts_at, state=EventState.COMPLETED, **closed | fields
    )


def delegates(
    event: Event, number: int, agency: Agency, state: BookingState = BookingState.ATTENDED
) -> list[Booking]:
    """So many bookings of new people."""
    return [
        make.booking(person=make.person(agency=agency), event=event, state=state)
        for _ in range(number)
    ]


def asked(stage: Stage) -> Questionnaire:
    """The stage's questions, made once."""
    found: Questionnaire | None = Questionnaire.objects.filter(stage=stage).first()
    return found or make.questionnaire(stage=stage)


def answers(booking: Booking, **by_stage: tuple[int, int]) -> None:
    """Ratings of knowledge and confidence at each stage."""
    for name, (know, confident) in by_stage.items():
        stage = Stage(name)
        invitation = make.invitation(booking=booking, stage=stage, questionnaire=asked(stage))
        make.answer(invitation=invitation, know=know, confident=confident)
