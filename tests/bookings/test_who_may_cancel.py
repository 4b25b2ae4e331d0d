"""Who may cancel is enforced and told; how to cancel is told."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from bookings.operations.book_place import book_place
from bookings.operations.cancel_booking import cancel_booking
from bookings.rules.states import BookingState, WhoCancels
from bookings.terms.booking_request import BookingRequest
from outbox.models import Message
from partnerships.rules.refused import Refused
from tests.world import World, booking, event, in_days, page_as

EMAIL = "by email to training@example.org"


@pytest.fixture
def place(world: World) -> Booking:
    return booking(person=world.harbour.practitioner, event=event(starts_at=in_days(70)))


def allow(who: WhoCancels) -> None:
    ChargingPolicy.objects.update(who_cancels=who)


@pytest.mark.parametrize(
    ("who", "by", "may"),
    [
        (WhoCancels.PERSON, "practitioner", True),
        (WhoCancels.PERSON, "manager", False),
        (WhoCancels.ANYONE, "manager", True),
        (WhoCancels.MANAGER, "practitioner", False),
        (WhoCancels.MANAGER, "manager", True),
        (WhoCancels.MANAGER, "agency_lead", True),
        (WhoCancels.LEAD, "manager", False),
        (WhoCancels.LEAD, "agency_lead", True),
        (WhoCancels.LEAD, "other_agency_lead", False),
        (WhoCancels.TEAM, "agency_lead", False),
        (WhoCancels.TEAM, "coordinator", True),
    ],
)
def test_the_operation_asks_the_policy_of_the_booking(
    world: World, place: Booking, who: WhoCancels, by: str, may: bool
) -> None:
    allow(who)
    now, someone = timezone.now(), getattr(world.harbour, by)
    if may:
        done = cancel_booking(booking=place, by=someone, received_at=now, entered_at=now)
        assert done.state == BookingState.CANCELLED
        return
    with pytest.raises(Refused) as refused:
        cancel_booking(booking=place, by=someone, received_at=now, entered_at=now)
    assert refused.value.codes == {"not_theirs_to_cancel"}
    place.refresh_from_db()
    assert place.state == BookingState.BOOKED


def test_the_pages_say_who_can_and_have_no_button(world: World, place: Booking) -> None:
    allow(WhoCancels.LEAD)
    browser = page_as(world.harbour.practitioner)
    words = "The agency’s lead or the training team can cancel a place that is booked."
    address = reverse("cancel_booking", args=[place.reference])
    shown = browser.get(reverse("booking", args=[place.reference])).content.decode()
    assert words in shown
    assert f'href="{address}"' not in shown
    page = browser.get(address).content.decode()
    assert words in page
    assert "Cancel the place</button>" not in page
    assert browser.post(address, {"reason": ""}).status_code == 409


def test_my_learning_offers_it_only_to_those_who_may(world: World, place: Booking) -> None:
    browser, address = page_as(world.harbour.practitioner), reverse("my_learning")
    link = f'href="{reverse("cancel_booking", args=[place.reference])}"'
    assert link in browser.get(address).content.decode()
    allow(WhoCancels.TEAM)
    page = browser.get(address).content.decode()
    assert link not in page
    assert "How to cancel" in page


def test_the_line_manager_sees_the_place_only_where_they_may_cancel_it(
    world: World, place: Booking
) -> None:
    browser, address = page_as(world.harbour.manager), reverse("booking", args=[place.reference])
    for who, status in (
        (WhoCancels.PERSON, 404),
        (WhoCancels.ANYONE, 200),
        (WhoCancels.MANAGER, 200),
        (WhoCancels.TEAM, 404),
    ):
        allow(who)
        assert browser.get(address).status_code == status


def test_a_manager_of_others_sees_nothing(world: World, place: Booking) -> None:
    allow(WhoCancels.MANAGER)
    place.employment.line_manager = world.harbour.agency_lead
    place.employment.save()
    address = reverse("booking", args=[place.reference])
    assert page_as(world.harbour.manager).get(address).status_code == 404


def test_a_request_that_waits_can_be_withdrawn_whatever_the_policy_says(
    world: World, place: Booking
) -> None:
    allow(WhoCancels.TEAM)
    Booking.objects.update(state=BookingState.PENDING)
    now = timezone.now()
    done = cancel_booking(booking=place, by=place.membership, received_at=now, entered_at=now)
    assert done.state == BookingState.CANCELLED


def test_how_to_cancel_is_told_before_in_the_email_and_on_the_page(world: World) -> None:
    ChargingPolicy.objects.update(cancel_channel=EMAIL, who_cancels=WhoCancels.TEAM)
    who = world.harbour.practitioner
    made = book_place(
        request=BookingRequest(
            event=event(), membership=who, employment=who.employments.get(), by=who
        ),
        now=timezone.now(),
    )
    assert isinstance(made, Booking)
    told = f"You can cancel {EMAIL}. Only the training team can cancel a place."
    mail = Message.objects.get(about=made.reference)
    assert told in mail.text
    assert told in mail.html
    assert told in page_as(who).get(reverse("booking", args=[made.reference])).content.decode()
    address = reverse("cancel_booking", args=[made.reference])
    assert told in page_as(world.harbour.coordinator).get(address).content.decode()
    assert told in page_as(who).get(reverse("charging")).content.decode()
