"""Sending a colleague who needs someone's agreement: the first booking stands until that is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Booking
from bookings.models.request import Details
from bookings.operations.add_walk_in import add_walk_in
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.cancel_event import cancel_event
from bookings.operations.expire_next_approval import expire_next_approval
from bookings.operations.settle_approval import settle_approval
from bookings.operations.substitute import substitute
from bookings.rules.states import BookingState
from bookings.terms.places import places_of
from outbox.models import Message, MessageState
from partnerships.rules.refused import Refused
from tests.world import World, booking, course, event, in_days, page_as, record


@pytest.fixture
def place(world: World) -> Booking:
    """A place at an event whose course asks for another one first."""
    before = course(title="Group A training")
    at = event(starts_at=in_days(60), course=course(requires=[before]), capacity=1)
    record(person=world.harbour.practitioner, course=before)
    return booking(person=world.harbour.practitioner, event=at)


@pytest.fixture
def proposed(world: World, place: Booking) -> Booking:
    return propose(world, place)


def propose(world: World, place: Booking) -> Booking:
    return substitute(
        booking=place,
        employment=world.harbour.colleague.employments.get(),
        by=place.membership,
        now=timezone.now(),
        details=Details(evidence="With my last employer, May 2026."),
    )


def states(place: Booking, proposed: Booking) -> tuple[str, str]:
    place.refresh_from_db()
    proposed.refresh_from_db()
    return place.state, proposed.state


def test_the_first_booking_stands_and_one_place_is_taken(place: Booking, proposed: Booking) -> None:
    assert states(place, proposed) == (BookingState.BOOKED, BookingState.PROPOSED)
    assert places_of(place.event).booked == 1
    assert proposed.evidence


def test_with_the_yes_the_place_changes_hands(
    world: World, place: Booking, proposed: Booking
) -> None:
    settle_approval(
        booking=proposed, approved=True, now=timezone.now(), by=world.harbour.coordinator
    )
    assert states(place, proposed) == (BookingState.CANCELLED, BookingState.BOOKED)
    assert places_of(place.event).booked == 1
    told = {mail.about: mail.subject for mail in Message.objects.order_by("pk")}
    assert told[place.reference].startswith("A colleague takes your place")
    assert told[proposed.reference].startswith("Your place is booked")


def test_with_the_no_the_first_keeps_the_place_and_is_told(
    world: World, place: Booking, proposed: Booking
) -> None:
    settle_approval(
        booking=proposed,
        approved=False,
        now=timezone.now(),
        by=world.harbour.coordinator,
        why="That course is not equivalent.",
    )
    assert states(place, proposed) == (BookingState.BOOKED, BookingState.DECLINED)
    mail = Message.objects.get(about=place.reference)
    assert "you still have it. That course is not equivalent." in mail.text


def test_when_nobody_decides_the_first_keeps_the_place(place: Booking, proposed: Booking) -> None:
    assert proposed.held_until is not None
    assert expire_next_approval(now=proposed.held_until + timedelta(minutes=1)) == 1
    assert states(place, proposed) == (BookingState.BOOKED, BookingState.DECLINED)


def test_a_place_that_is_given_up_meanwhile_ends_the_proposal(
    place: Booking, proposed: Booking
) -> None:
    now = timezone.now()
    cancel_booking(booking=place, by=place.membership, received_at=now, entered_at=now)
    assert states(place, proposed) == (BookingState.CANCELLED, BookingState.DECLINED)
    with pytest.raises(Refused):
        settle_approval(booking=proposed, approved=True, now=timezone.now())


def test_the_colleague_may_say_no_at_no_cost(place: Booking, proposed: Booking) -> None:
    late = place.event.starts_at - timedelta(hours=2)
    cancel_booking(booking=proposed, by=proposed.membership, received_at=late, entered_at=late)
    assert states(place, proposed) == (BookingState.BOOKED, BookingState.CANCELLED)
    assert not place.charges.exists()
    assert not proposed.charges.exists()


def test_one_colleague_at_a_time_and_nobody_twice(
    world: World, place: Booking, proposed: Booking
) -> None:
    with pytest.raises(Refused, match="already been named"):
        propose(world, place)
    own = page_as(world.harbour.colleague).get(f"/harbour/events/{place.event.reference}/book/")
    assert "You already have a booking for this event." in own.content.decode()


def test_the_pages_say_who_has_the_place(world: World, place: Booking) -> None:
    browser = page_as(place.membership)
    url = f"{place.get_absolute_url()}colleague/"
    assert "completed elsewhere" in browser.get(url).content.decode()
    sent = {"email": "colleague@harbour.example.org", "evidence": "A course in May."}
    said = browser.post(url, sent, follow=True).content.decode()
    assert "Nothing changes until we have an answer" in said
    assert "has the place now" not in said
    assert "has been named to take this place" in said
    colleague = Booking.objects.get(membership=world.harbour.colleague)
    page = page_as(world.harbour.colleague).get(colleague.get_absolute_url()).content.decode()
    assert f"{place.membership} keeps the place until this is decided" in page
    board = page_as(world.harbour.coordinator).get(
        f"/harbour/events/{place.event.reference}/board/"
    )
    assert f"/bookings/{colleague.reference}/settle/" in board.content.decode()


def test_why_the_colleague_will_not_come_is_nobody_elses_business(
    place: Booking, proposed: Booking
) -> None:
    now = timezone.now()
    cancel_booking(
        booking=proposed,
        by=proposed.membership,
        received_at=now,
        entered_at=now,
        reason="A hospital appointment.",
    )
    mail = Message.objects.get(about=place.reference)
    assert "you still have it" in mail.text
    assert "hospital" not in mail.text
    end = Message.objects.filter(about=proposed.reference).latest("pk")
    assert not end.attachments, "the place was in no calendar"


def test_a_cancelled_event_ends_both_once(world: World, place: Booking, proposed: Booking) -> None:
    cancel_event(
        event=place.event, by=world.harbour.coordinator, now=timezone.now(), reason="No trainer."
    )
    assert states(place, proposed) == (BookingState.EVENT_CANCELLED, BookingState.EVENT_CANCELLED)
    ends = proposed.transitions.filter(from_state=BookingState.PROPOSED)
    assert ends.count() == 1
    sent = Message.objects.filter(state=MessageState.PENDING, about=proposed.reference)
    assert [mail.subject.partition(":")[0] for mail in sent] == ["Cancelled"]


def test_whoever_comes_before_it_was_decided_is_let_in(
    world: World, place: Booking, proposed: Booking
) -> None:
    begun = place.event.starts_at + timedelta(minutes=5)
    made = add_walk_in(
        event=place.event,
        employment=proposed.employment,
        by=world.harbour.trainer,
        at=begun,
        confirmed=True,
    )
    assert made.walk_in
    assert states(place, proposed) == (BookingState.BOOKED, BookingState.DECLINED)


def test_a_named_colleague_is_told_so_and_offered_no_hand_over(proposed: Booking) -> None:
    mail = Message.objects.get(about=proposed.reference)
    assert mail.subject.startswith("You have been named to take a colleague’s place")
    page = page_as(proposed.membership).get(f"{proposed.get_absolute_url()}cancel/")
    assert "Send a colleague instead" not in page.content.decode()
