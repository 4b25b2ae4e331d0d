"""A colleague who is sent instead meets what the course asks for, until the time that the policy names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from bookings.operations.substitute import substitute
from bookings.rules.states import BookingState
from courses.models import Course
from courses.rules.states import GroupPolicy
from partnerships.rules.refused import Refused
from tests.world import World, booking, course, event, in_days, record


@pytest.fixture
def before(world: World) -> Course:
    return course(title="Group A training")


@pytest.fixture
def place(world: World, before: Course) -> Booking:
    """A place at an event whose course asks for another one first."""
    record(person=world.harbour.practitioner, course=before)
    at = event(starts_at=in_days(60), course=course(requires=[before]))
    return booking(person=world.harbour.practitioner, event=at)


def send(world: World, place: Booking) -> Booking:
    return substitute(
        booking=place,
        employment=world.harbour.colleague.employments.get(),
        by=place.membership,
        now=timezone.now(),
    )


def test_one_who_has_what_comes_first_takes_the_place_at_once(
    world: World, place: Booking, before: Course
) -> None:
    record(person=world.harbour.colleague, course=before)
    assert send(world, place).state == BookingState.BOOKED


def test_one_who_lacks_it_waits_for_a_decision_and_the_place_stays(
    world: World, place: Booking
) -> None:
    made = send(world, place)
    assert (made.state, made.waits_for) == (BookingState.PROPOSED, ["prerequisite_missing"])
    place.refresh_from_db()
    assert place.state == BookingState.BOOKED


def test_one_of_another_group_is_refused(world: World, place: Booking) -> None:
    groups = world.harbour.groups
    Course.objects.filter(pk=place.event.course_id).update(
        group=groups[2], group_policy=GroupPolicy.TARGET_ONLY
    )
    work = world.harbour.colleague.employments.get()
    work.group = groups[0]
    work.save()
    with pytest.raises(Refused) as refused:
        send(world, place)
    assert "group_not_target" in refused.value.codes


def test_one_who_is_booked_already_is_refused(world: World, place: Booking) -> None:
    booking(person=world.harbour.colleague, event=place.event)
    with pytest.raises(Refused) as refused:
        send(world, place)
    assert "already_booked" in refused.value.codes


@pytest.mark.parametrize(("hours", "in_time"), [(23, True), (25, False)])
def test_the_policy_says_until_when(
    world: World, place: Booking, before: Course, hours: int, in_time: bool
) -> None:
    record(person=world.harbour.colleague, course=before)
    ChargingPolicy.objects.update(substitution_hours=hours)
    place.event.starts_at = timezone.now() + timedelta(hours=24)
    place.event.ends_at = place.event.starts_at + timedelta(hours=6)
    place.event.save()
    if in_time:
        assert send(world, place).state == BookingState.BOOKED
        return
    with pytest.raises(Refused) as refused:
        send(world, place)
    assert "substitution_late" in refused.value.codes
