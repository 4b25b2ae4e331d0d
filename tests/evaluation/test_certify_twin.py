"""The statement that finds whose certificate is due and the rules that say so: the same bookings.

The rules are ``certificate_reasons``, with what ``attendance_outcome`` says of the marks, and ``follows_by_itself``.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy, RegisterException
from bookings.rules.states import BookingState, Mark
from courses.models import Event
from courses.rules.states import Delivery
from evaluation.models import Certificate, EvaluationPlan
from evaluation.rules.certificate import Withdrawal, follows_by_itself
from evaluation.rules.states import InvitationState
from evaluation.steps.certificate import certificate_of
from evaluation.terms.certificates import bookings_to_certify, certificate_reasons_for
from partnerships.rules.reasons import blocks
from tests import world as make
from tests.world import Town, World

pytestmark = pytest.mark.django_db
STATES = (
    *(BookingState.ATTENDED, BookingState.ATTENDED, BookingState.PARTLY_ATTENDED),
    *(BookingState.PARTLY_ATTENDED, BookingState.NO_SHOW, BookingState.BOOKED),
)
MARKS = (Mark.PRESENT, Mark.PRESENT, Mark.LATE, Mark.LATE, Mark.LEFT_EARLY, Mark.ABSENT)
LIMIT = 30  # minutes


def answers(chance: Random) -> dict[str, Any]:
    """Everything that a certificate depends on."""
    yes_or_no = (
        *("late_admitted", "late_certificate", "early_counts", "early_certificate"),
        "walk_in_certificate",
    )
    return {
        "grace_minutes": chance.choice([None, LIMIT, LIMIT]),
        "early_minutes": chance.choice([None, LIMIT]),
        **{name: chance.random() < 0.6 for name in yes_or_no},
    }


def policies(chance: Random) -> list[ChargingPolicy]:
    """Versions, most of them with an exception for events online."""
    made = [make.charging_policy(version=version, **answers(chance)) for version in range(10, 16)]
    for policy in made:
        if chance.random() < 0.8:
            RegisterException.objects.create(
                policy=policy, name="Online", delivery=Delivery.VIRTUAL, **answers(chance)
            )
    return made


def mark_at_random(booking: Booking, event: Event, chance: Random) -> None:
    """All sessions or, as after an import, none; around the limits."""
    if chance.random() < 0.2:
        return
    for session in event.sessions.all():
        mark = chance.choice(MARKS)
        minutes = LIMIT + chance.choice([-1, 0, 1])
        make.attendance(
            booking=booking,
            session=session,
            mark=mark,
            minutes_late=minutes if mark is Mark.LATE else 0,
            minutes_early=minutes if mark is Mark.LEFT_EARLY else 0,
        )


def certify_at_random(booking: Booking, town: Town, chance: Random) -> None:
    """Some have earlier certificates, each withdrawn in its way; some a valid one."""
    now = timezone.now()
    for _ in range(chance.choice([0, 0, 1, 2])):
        withdrawal = chance.choice(list(Withdrawal))
        by = None if withdrawal is Withdrawal.ATTENDANCE else town.coordinator
        certificate_of(booking, "Somebody", now).withdraw(withdrawal, at=now, by=by, why="So")
    if chance.random() < 0.2:
        certificate_of(booking, "Somebody", now)


def is_due(booking: Booking) -> bool:
    """As the rules say, about one booking."""
    earlier = list(Certificate.objects.filter(booking=booking))
    return (
        all(one.withdrawn_at is not None for one in earlier)
        and follows_by_itself([one.withdrawal for one in earlier])
        and not blocks(certificate_reasons_for(booking))
    )


@pytest.mark.parametrize("needs_evaluation", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_the_database_finds_the_certificates_that_the_rules_say_are_due(
    world: World, seed: int, needs_evaluation: bool
) -> None:
    town, chance = world.harbour, Random(seed)
    EvaluationPlan.objects.update(certificate_needs_evaluation=needs_evaluation)
    asked = make.questionnaire() if chance.random() < 0.8 else None
    people = [make.person(agency=town.school) for _ in range(10)]
    versions = policies(chance)
    for days in (1, 2, 2, 1):
        closed_at = timezone.now() - timedelta(days=1) if chance.random() < 0.8 else None
        delivery = chance.choice([Delivery.IN_PERSON, Delivery.VIRTUAL, Delivery.VIRTUAL])
        event = make.event(
            starts_at=make.in_days(-5),
            days=days,
            delivery=delivery,
            register_closed_at=closed_at,
        )
        for person in people:
            booking = make.booking(
                person=person,
                event=event,
                state=chance.choice(STATES),
                policy=chance.choice(versions),
                walk_in=chance.random() < 0.2,
            )
            mark_at_random(booking, event, chance)
            certify_at_random(booking, town, chance)
            if asked is not None and chance.random() < 0.8:
                state = chance.choice([InvitationState.ANSWERED, InvitationState.SENT])
                make.invitation(booking=booking, state=state)
    everybody = Booking.objects.select_related("event__course", "membership__user", "agency")
    due = {booking.pk for booking in everybody.select_related("policy") if is_due(booking)}
    assert due, "a try that tries nothing"
    assert set(bookings_to_certify().values_list("pk", flat=True)) == due
