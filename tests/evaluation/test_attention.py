"""What the manage page says about evaluation."""

from __future__ import annotations

import pytest
from django.utils import timezone

from bookings.rules.states import BookingState
from courses.rules.states import EventState
from evaluation.reports.attention import attention
from evaluation.rules.states import InvitationState
from tests import world as make
from tests.world import World

pytestmark = pytest.mark.django_db


def texts(world: World, who: str) -> list[str]:
    return [item.text for item in attention(timezone.now(), getattr(world.harbour, who))]


def test_events_that_few_have_answered_about_are_named(world: World) -> None:
    event = make.event(
        starts_at=make.in_days(-20), state=EventState.COMPLETED, register_closed_at=timezone.now()
    )
    invitations = [
        make.invitation(
            booking=make.booking(person=make.person(), event=event, state=BookingState.ATTENDED),
            state=InvitationState.SENT,
        )
        for _ in range(3)
    ]
    make.answer(invitation=invitations[0], know=4)
    assert texts(world, "coordinator") == [
        "1 event with answers from fewer than half of those who came"
    ]
    assert texts(world, "trainer") == []
    make.answer(invitation=invitations[1], know=4)
    assert texts(world, "coordinator") == []


def test_ones_own_questionnaires_wait(world: World) -> None:
    booking = make.booking(person=world.harbour.coordinator, event=make.event())
    make.invitation(booking=booking, closes_on=timezone.localdate())
    assert texts(world, "coordinator") == ["1 questionnaire for you to answer"]
