"""Certificates for everybody to whom one is due, so that no sweep finds a year of them to send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from bookings.rules.states import BookingState
from courses.models import LearningOutcome
from evaluation.models import Certificate, EvaluationPlan, SurveyInvitation
from evaluation.rules.certificate import BYTES_NEEDED, Withdrawal, certificate_code
from evaluation.rules.states import Stage
from tools.demo.town import Occasion, Seat, Town


def load_certificates(town: Town) -> None:
    """Rows for all; a document is drawn when somebody opens it."""
    answered = {
        one.booking_id: one.answered_at
        for one in SurveyInvitation.objects.answered().filter(stage=Stage.IMMEDIATE)
    }
    needed = EvaluationPlan.objects.get().certificate_needs_evaluation
    outcomes = learning_outcomes()
    made: list[Certificate] = []
    for occasion, seat in those_present(town):
        at = answered.get(seat.booking.pk) if needed else closed_at(occasion)
        if at is None:
            continue
        made.append(certificate(town, occasion, seat, at, outcomes))
    made.extend(replaced(town, made))
    Certificate.objects.bulk_create(made, batch_size=500)


def replaced(town: Town, made: list[Certificate]) -> Iterator[Certificate]:
    """The first one carried half a name and was replaced two days later: the one that took its place."""
    for wrong in made[:1]:
        at, name = wrong.issued_at + timedelta(days=2), wrong.holder_name
        if at >= town.midnight:
            return
        chance = town.chance("certificate", "replaced", wrong.booking.reference)
        fields = {each.attname: getattr(wrong, each.attname) for each in Certificate._meta.fields}
        code = certificate_code(chance.randbytes(BYTES_NEEDED))
        yield Certificate(**fields | {"code": code, "issued_at": at})
        wrong.holder_name = name.split()[0]
        wrong.withdrawn_at, wrong.withdrawal = at, Withdrawal.REPLACED
        wrong.withdrawn_by = town.member("coordinator")
        wrong.withdrawal_reason = "The family name was missing."


def those_present(town: Town) -> Iterator[tuple[Occasion, Seat]]:
    """Everybody who attended the whole of an event whose register is closed."""
    for occasion in town.occasions:
        for seat in occasion.seats:
            if occasion.closed and seat.booking.state == BookingState.ATTENDED:
                yield occasion, seat


def closed_at(occasion: Occasion) -> datetime:
    """The sweep after the register was closed."""
    assert occasion.event.register_closed_at is not None
    return occasion.event.register_closed_at + timedelta(minutes=1)


def learning_outcomes() -> dict[int, list[str]]:
    """The texts of every course."""
    found: dict[int, list[str]] = defaultdict(list)
    for course, text in LearningOutcome.objects.values_list("course", "text"):
        found[course].append(text)
    return found


def certificate(
    town: Town, occasion: Occasion, seat: Seat, at: datetime, outcomes: dict[int, list[str]]
) -> Certificate:
    """As the operation freezes it."""
    chance = town.chance("certificate", occasion.event.reference, seat.person.key)
    return Certificate(
        code=certificate_code(chance.randbytes(BYTES_NEEDED)),
        booking=seat.booking,
        issued_at=at,
        holder_name=seat.person.membership.user.full_name,
        agency_name=seat.booking.agency.name,
        course_title=occasion.course.title,
        completed_on=occasion.event.ends_at.astimezone(town.zone).date(),
        minutes=occasion.course.minutes,
        outcomes=outcomes.get(occasion.course.pk, []),
    )
