"""What a page has shown is what its button does; otherwise the page is shown again and nothing has happened."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from bookings.access import offer_token
from bookings.models import Attendance, Booking, Offer
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.rules.attendance import SessionMark
from bookings.rules.states import BookingState, Mark, OfferState
from courses.models import Event
from finance.models import Charge
from tests.world import (
    Browser,
    World,
    booking,
    event,
    in_days,
    newer_policy,
    offer,
    page_as,
    waiting_entry,
)

OTHERWISE = (
    "What will happen has changed since this page was shown. Check it, then send the form again."
)


def shown_on(page: HttpResponse) -> str:
    """What the form of a page carries back."""
    text = page.content.decode()
    before, _, after = text.partition('name="shown" value="')
    assert after, before
    return after.partition('"')[0]


@pytest.fixture
def place(world: World) -> Booking:
    """A place whose free cancellation ends in an hour."""
    made = booking(person=world.harbour.practitioner, event=event(starts_at=in_days(70)))
    Booking.objects.filter(pk=made.pk).update(free_until=in_days(1))
    return Booking.objects.get(pk=made.pk)


def deadline_passes(place: Booking) -> None:
    Booking.objects.filter(pk=place.pk).update(free_until=in_days(-1))


class TestCancelling:
    """Free on the page, £40 a minute later."""

    def address(self, place: Booking) -> str:
        return f"/harbour/bookings/{place.reference}/cancel/"

    def test_what_was_free_on_the_page_is_not_charged_unseen(
        self, world: World, place: Booking
    ) -> None:
        browser, address = page_as(world.harbour.practitioner), self.address(place)
        page = browser.get(address)
        assert "Cancelling now is free" in page.content.decode()
        deadline_passes(place)
        again = browser.post(address, {"shown": shown_on(page), "reason": "Shifts changed"})
        assert again.status_code == 409
        text = again.content.decode()
        assert OTHERWISE in text
        assert "Cancelling now costs Harbour Primary School £40.00" in text
        assert "Shifts changed" in text
        place.refresh_from_db()
        assert (place.state, Charge.objects.count()) == (BookingState.BOOKED, 0)
        done = browser.post(address, {"shown": shown_on(again), "reason": "Shifts changed"})
        assert done.status_code == 302
        assert Charge.objects.get().amount == 40

    def test_the_training_team_sees_what_follows_from_when_the_message_came(
        self, world: World, place: Booking
    ) -> None:
        """The page used to show the price of now, and the time that was typed decided."""
        deadline_passes(place)
        came: datetime = in_days(-2)
        Booking.objects.filter(pk=place.pk).update(booked_at=in_days(-10))
        browser, address = page_as(world.harbour.coordinator), self.address(place)
        page = browser.get(address)
        said = {"reason": "By phone", "received_at": f"{timezone.localtime(came):%Y-%m-%d %H:%M}"}
        again = browser.post(address, said | {"shown": shown_on(page)})
        assert again.status_code == 409
        assert "is free" in again.content.decode()
        assert Booking.objects.get(pk=place.pk).state == BookingState.BOOKED
        assert browser.post(address, said | {"shown": shown_on(again)}).status_code == 302
        assert Booking.objects.get(pk=place.pk).state == BookingState.CANCELLED


class TestAnOffer:
    """£40 in the mail and on the page, £90 by a list that holds since."""

    @pytest.fixture
    def offered(self, world: World) -> Offer:
        at = event(starts_at=in_days(70), capacity=1)
        return offer(entry=waiting_entry(person=world.harbour.practitioner, event=at))

    def test_is_not_taken_at_a_price_that_was_not_shown(self, world: World, offered: Offer) -> None:
        address = reverse("offer", args=[offer_token(offered)])
        page = Browser().get(address)
        newer = newer_policy(world.harbour.policy)
        newer.prices.filter(kind="late_cancellation").update(amount=90)
        offered.entry.policy = newer  # agreed to it a moment ago
        offered.entry.save()
        again = Browser().post(address, {"answer": "accept", "shown": shown_on(page)})
        assert again.status_code == 409
        assert OTHERWISE in again.content.decode()
        assert "£90.00" in again.content.decode()
        assert Offer.objects.get().state == OfferState.OPEN
        Browser().post(address, {"answer": "accept", "shown": shown_on(again)})
        assert Booking.objects.get().quote["late_cancellation"]["amount"] == "90.00"


class TestClosingARegister:
    """A mark that was changed in another window while the page was read."""

    @pytest.fixture
    def over(self, world: World) -> Event:
        made = event(starts_at=in_days(-1))
        here = booking(person=world.harbour.practitioner, event=made)
        self.mark(world, here, Mark.PRESENT)
        return made

    def mark(self, world: World, one: Booking, mark: Mark) -> None:
        session = one.event.sessions.get()
        entry = MarkEntry(one.pk, session.pk, SessionMark(mark))
        mark_attendance(
            event=one.event, entries=[entry], by=world.harbour.trainer, at=timezone.now()
        )

    def test_raises_no_charge_that_was_not_listed(self, world: World, over: Event) -> None:
        browser = page_as(world.harbour.coordinator)
        address = f"/harbour/register/{over.reference}/close/"
        page = browser.get(address)
        self.mark(world, Booking.objects.get(), Mark.ABSENT)
        again = browser.post(address, {"shown": shown_on(page)})
        assert again.status_code == 409
        assert OTHERWISE in again.content.decode()
        assert "£75.00" in again.content.decode()
        over.refresh_from_db()
        assert over.register_closed_at is None
        assert Attendance.objects.exists()
        assert browser.post(address, {"shown": shown_on(again)}).status_code == 302
        assert Charge.objects.count() == 1
