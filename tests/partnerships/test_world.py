"""The factories that every other test leans on."""

import pytest
from django.urls import reverse

from bookings.models import Booking
from bookings.rules.states import BookingState
from evaluation.rules.states import Stage
from partnerships.models import Membership
from tenancy import active_partnership_id
from tests import world as make
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_world_has_one_person_a_role_in_each_of_two_partnerships(world: World) -> None:
    assert active_partnership_id() == world.harbour.partnership.pk
    assert set(Membership.objects.all()) == set(world.harbour.cast.values())
    assert world.moorland.coordinator not in Membership.objects.all()
    assert reverse("home") == "/harbour/"


def test_a_booking_can_be_carried_to_an_answered_evaluation(world: World) -> None:
    course = make.course(outcomes=["Say what to do."], requires=[make.course()])
    event = make.event(
        course=course, days=2, trainers=[make.trainer(membership=world.harbour.trainer)]
    )
    booking = make.booking(
        person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED
    )
    make.attendance(booking=booking, by=world.harbour.trainer)
    make.charge(booking=booking)
    make.questionnaire(stage=Stage.IMMEDIATE)
    make.answer(invitation=make.invitation(booking=booking), know=4, confident=5, comment="More.")
    make.record(person=world.harbour.practitioner, course=course)
    profile = make.role_profile(people=[world.harbour.practitioner])
    make.requirement(courses=[course], role_profile=profile)
    make.pathway(courses=[course], role_profile=profile)
    assert booking.transitions.count() == 2
    assert event.sessions.count() == 2
    assert booking.survey_invitations.get().response.answers.count() == 3


def test_filling_an_event_leaves_the_places_asked_for(world: World) -> None:
    event = make.event(capacity=4, venue=make.venue())
    make.fill(event, leaving=1)
    assert Booking.objects.filter(event=event).holding_a_place().count() == 3
    entry = make.waiting_entry(person=world.harbour.practitioner, event=event)
    assert make.offer(entry=entry).entry.state == "offered"


def test_a_request_leaves_the_partnership_of_the_test_active(world: World) -> None:
    make.page_as(world.moorland.coordinator).get("/moorland/")
    assert active_partnership_id() == world.harbour.partnership.pk
    assert Membership.objects.count() == len(world.harbour.cast)
    assert reverse("home") == "/harbour/"
