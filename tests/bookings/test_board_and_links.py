"""Links in mails, which need no sign-in, and the event board of the training team."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.access import approval_token, offer_token
from bookings.models import Booking, ChargingPolicy, Offer, WaitingListEntry
from bookings.operations.offer_freed_places import offer_freed_places
from bookings.rules.states import ApprovalMode, BookingState, OfferState
from courses.models import Event
from partnerships.models import Membership
from tenancy import activate
from tests.world import (
    Browser,
    World,
    booking,
    booking_form,
    event,
    fill,
    in_days,
    page_as,
    person,
    waiting_entry,
)


class TestLinksInMails:
    @pytest.fixture
    def offered(self, world: World) -> Offer:
        at = event(capacity=1, starts_at=in_days(70))
        waiting_entry(person=world.harbour.practitioner, event=at)
        offer_freed_places(now=timezone.now())
        made: Offer = Offer.objects.get()
        return made

    def test_an_offer_is_taken_without_signing_in(self, client: Browser, offered: Offer) -> None:
        url = reverse("offer", args=[offer_token(offered)])
        assert "Take the place" in client.get(url).content.decode()
        assert "Take the place" in client.post(url, {"answer": "maybe"}).content.decode()
        assert "The place is yours" in client.post(url, {"answer": "accept"}).content.decode()
        again = client.post(url, {"answer": "accept"})
        assert again.status_code == 200
        assert "already taken this place" in again.content.decode()
        assert Booking.objects.count() == 1

    def test_an_offer_is_left(self, client: Browser, offered: Offer) -> None:
        url = reverse("offer", args=[offer_token(offered)])
        assert (
            "next person on the waiting list"
            in client.post(url, {"answer": "decline"}).content.decode()
        )
        offered.refresh_from_db()
        assert offered.state == OfferState.DECLINED

    def test_an_expired_offer_is_gone(self, client: Browser, offered: Offer) -> None:
        Offer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        url = reverse("offer", args=[offer_token(offered)])
        for answer in (client.get(url), client.post(url, {"answer": "accept"})):
            assert answer.status_code == 410
            assert "The time to answer has passed" in answer.content.decode()

    def test_a_tampered_link_is_unknown(self, client: Browser, offered: Offer) -> None:
        token = offer_token(offered)
        for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", approval_of(token)):
            answer = client.get(reverse("offer", args=[wrong]))
            assert answer.status_code == 404
            assert "This link does not work" in answer.content.decode()

    def test_a_link_opens_nothing_in_another_partnership(
        self, client: Browser, world: World, offered: Offer
    ) -> None:
        token = offer_token(offered)
        with activate(world.moorland.partnership):
            url = reverse("offer", args=[token])
        assert url.startswith("/moorland/")
        assert client.get(url).status_code == 404

    def test_a_manager_agrees_without_signing_in(
        self, client: Browser, world: World, address: str
    ) -> None:
        ChargingPolicy.objects.update(approval=ApprovalMode.BY_LINK)
        page_as(world.harbour.practitioner).post(address, booking_form())
        place = Booking.objects.get()
        url = reverse("approve", args=[approval_token(place)])
        assert "asks for your approval" in client.get(url).content.decode()
        assert "asks for your approval" in client.post(url, {}).content.decode()
        assert (
            "You have approved the place"
            in client.post(url, {"answer": "approve"}).content.decode()
        )
        place.refresh_from_db()
        assert place.state == BookingState.BOOKED
        again = client.post(url, {"answer": "decline"})
        assert "This request is closed" in again.content.decode()
        place.refresh_from_db()
        assert place.state == BookingState.BOOKED


def approval_of(token: str) -> str:
    """The same id signed for another purpose."""
    from bookings.access import APPROVAL, OFFER, read_token, signed

    return signed(APPROVAL, read_token(OFFER, token) or 0)


class TestTheEventBoard:
    def as_team(self, world: World) -> Browser:
        return page_as(world.harbour.coordinator)

    @pytest.mark.parametrize("name", ["event_board", "cancel_event", "move_event"])
    def test_is_for_the_training_team(self, world: World, at: Event, name: str) -> None:
        url = reverse(name, args=[at.reference])
        assert self.as_team(world).get(url).status_code == 200
        assert page_as(world.harbour.agency_lead).get(url).status_code == 403

    def test_shows_places_waiting_list_offers_and_needs(self, world: World, at: Event) -> None:
        booking(person=world.harbour.practitioner, event=at, access_needs="Loop")
        waiting_entry(person=world.harbour.colleague, event=at)
        text = self.as_team(world).get(reverse("event_board", args=[at.reference])).content.decode()
        for words in ("1 of 2 places taken", "Loop", "Coll Harbour", "Cancel the event"):
            assert words in text

    @pytest.mark.parametrize("name", ["event_board", "book_for"])
    def test_lists_people_by_family_name(self, world: World, name: str) -> None:
        """Not by first name, nor by the day on which they booked."""
        names = ["Ann Zander", "Zoe Adams", "Mia van Berg"]
        at = event()
        people = [person(agency=world.harbour.school, name=each) for each in names]
        if name == "event_board":
            for each in people:
                booking(person=each, event=at)
        url = reverse(name, args=[at.reference])
        text = self.as_team(world).get(url).content.decode()
        listed = sorted(names, key=lambda each: text.index(f">{each}<"))
        assert listed == ["Zoe Adams", "Mia van Berg", "Ann Zander"]

    def test_takes_the_same_few_queries_for_any_number(
        self, world: World, django_assert_max_num_queries: Any
    ) -> None:
        at = event(capacity=40)
        fill(at)
        for who in (world.harbour.practitioner, world.harbour.colleague, world.harbour.manager):
            waiting_entry(person=who, event=at)
        browser = self.as_team(world)
        with django_assert_max_num_queries(20):
            browser.get(reverse("event_board", args=[at.reference]))

    def test_cancels_the_event_after_asking(self, world: World, at: Event) -> None:
        booking(person=world.harbour.practitioner, event=at)
        url = reverse("cancel_event", args=[at.reference])
        browser = self.as_team(world)
        assert "cannot be undone" in browser.get(url).content.decode()
        browser.post(url, {"reason": "Snow"})
        assert Booking.objects.get().state == BookingState.EVENT_CANCELLED
        assert "already been cancelled" in browser.post(url, {"reason": "Snow"}).content.decode()

    def test_moves_the_event(self, world: World, at: Event) -> None:
        url = reverse("move_event", args=[at.reference])
        self.as_team(world).post(url, {"starts_at": f"{in_days(77):%Y-%m-%dT%H:%M}"})
        at.refresh_from_db()
        assert at.starts_at.date() == in_days(77).date()
        assert at.revision == 1

    def test_decides_about_a_held_place(self, world: World, at: Event) -> None:
        place = booking(
            person=world.harbour.practitioner,
            event=at,
            state=BookingState.PENDING,
            waits_for=["prerequisite_missing"],
            evidence="Elsewhere, 2025",
            held_until=in_days(3),
        )
        url = reverse("settle_booking", args=[place.reference])
        browser = self.as_team(world)
        assert "Elsewhere, 2025" in browser.get(url).content.decode()
        browser.post(url, {"answer": "approve", "reason": "Fine"})
        place.refresh_from_db()
        assert place.state == BookingState.BOOKED

    def test_finds_people_to_book_for(self, world: World, at: Event) -> None:
        url = reverse("book_for", args=[at.reference])
        found = self.as_team(world).get(url, {"q": "otis"}).content.decode()
        assert "Otis Harbour" in found
        assert "Coll Harbour" not in found
        own = page_as(world.harbour.agency_lead).get(url).content.decode()
        assert "Coll Harbour" in own
        assert "Otis Harbour" not in own


@pytest.mark.parametrize(
    ("who", "links"),
    [("coordinator", 2), ("agency_lead", 1), ("practitioner", 0)],
)
def test_the_event_page_leads_staff_to_the_board_and_to_booking_for_others(
    world: World, at: Event, who: str, links: int
) -> None:
    text = page_as(getattr(world.harbour, who)).get(reverse("event", args=[at.reference]))
    targets = [reverse(name, args=[at.reference]) for name in ("event_board", "book_for")]
    assert sum(f'href="{target}"' in text.content.decode() for target in targets) == links


def leave_url(who: Membership, at: Event) -> str:
    return reverse("leave_waiting_list", args=[waiting_entry(person=who, event=at).pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [("practitioner", 200), ("agency_lead", 200), ("coordinator", 200), ("colleague", 404)],
)
def test_a_place_on_the_waiting_list_is_given_up_by_those_whom_it_concerns(
    world: World, at: Event, who: str, status: int
) -> None:
    url = leave_url(world.harbour.practitioner, at)
    browser = page_as(getattr(world.harbour, who))
    assert browser.get(url).status_code == status
    browser.post(url)
    left = WaitingListEntry.objects.filter(state="left").exists()
    assert left is (status == 200)
