"""The waiting list of a full event: joining, order, offers, answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Booking, Offer, WaitingListEntry
from bookings.models.request import Details
from bookings.operations.accept_offer import accept_offer
from bookings.operations.book_place import book_place
from bookings.operations.decline_offer import decline_offer
from bookings.operations.expire_next_offer import expire_next_offer
from bookings.operations.join_waiting_list import join_waiting_list
from bookings.operations.leave_waiting_list import leave_waiting_list
from bookings.operations.offer_freed_places import offer_freed_places
from bookings.rules.states import BookingState, OfferState, WaitingState
from bookings.terms.booking_request import BookingRequest
from courses.models import Event
from outbox.models import Message
from partnerships.models import Membership
from partnerships.rules.refused import Refused
from tests.world import World, booking, course, event, fill, in_days, person, waiting_entry


def ask(who: Membership, at: Event, *, wait: bool = True, form: str = "") -> object:
    """A place, or a place on the waiting list."""
    return book_place(
        request=BookingRequest(
            event=at,
            membership=who,
            employment=who.employments.get(),
            by=who,
            details=Details(submission=form, access_needs="Ramp"),
        ),
        now=timezone.now(),
        wait_if_full=wait,
    )


@pytest.fixture
def full(world: World) -> Event:
    """An event of two places, both taken."""
    made = event(capacity=2)
    fill(made)
    return made


def free_one(at: Event) -> None:
    """Someone gave a place back."""
    one = Booking.objects.filter(event=at, state=BookingState.BOOKED).first()
    one.state = BookingState.CANCELLED
    one.save()


def test_when_the_last_place_has_gone_the_person_is_on_the_waiting_list(
    world: World, full: Event
) -> None:
    entry = ask(world.harbour.practitioner, full)
    assert isinstance(entry, WaitingListEntry)
    assert entry.access_needs == "Ramp"
    assert Message.objects.filter(subject__startswith="You are on the waiting list").exists()


def test_only_if_they_agreed_to_wait(world: World, full: Event) -> None:
    with pytest.raises(Refused) as refused:
        ask(world.harbour.practitioner, full, wait=False)
    assert refused.value.codes == {"full"}
    assert not WaitingListEntry.objects.exists()


def test_the_same_form_sent_twice_waits_once(world: World, full: Event) -> None:
    first = ask(world.harbour.practitioner, full, form="f")
    assert ask(world.harbour.practitioner, full, form="f") == first
    assert WaitingListEntry.objects.count() == 1


def test_rules_that_were_set_aside_stay_so_when_a_place_comes_free(world: World) -> None:
    """The reason used to be forgotten: the place was offered, held, and refused when it was accepted."""
    town = world.harbour
    at = event(capacity=1, course=course(group=town.groups[0]))
    fill(at)
    who = town.practitioner
    waiting = join_waiting_list(
        request=BookingRequest(
            event=at,
            membership=who,
            employment=who.employments.get(),
            by=town.coordinator,
            override="New in the role.",
        ),
        now=timezone.now(),
    )
    free_one(at)
    offer_freed_places(now=timezone.now())
    given = accept_offer(offer=waiting.offers.get(), by=who, now=timezone.now())
    assert given.state == BookingState.BOOKED
    assert given.transitions.get().why == "New in the role."


def test_nobody_waits_where_there_are_places(world: World) -> None:
    who = world.harbour.practitioner
    with pytest.raises(Refused) as refused:
        join_waiting_list(
            request=BookingRequest(
                event=event(), membership=who, employment=who.employments.get(), by=who
            ),
            now=timezone.now(),
        )
    assert refused.value.codes == {"not_full"}


class TestAFreedPlace:
    """Goes to the first on the waiting list, by itself."""

    @pytest.fixture
    def waiting(self, world: World, full: Event) -> list[WaitingListEntry]:
        """Two people, the earlier one first."""
        now = timezone.now()
        return [
            waiting_entry(
                person=person(agency=world.harbour.council),
                event=full,
                joined_at=now - timedelta(hours=hours),
            )
            for hours in (5, 2)
        ]

    def test_nothing_happens_while_the_event_is_full(self, waiting: list[WaitingListEntry]) -> None:
        assert offer_freed_places(now=timezone.now()) == 0

    def test_is_offered_once_to_the_first(
        self, waiting: list[WaitingListEntry], full: Event
    ) -> None:
        free_one(full)
        now = timezone.now()
        assert offer_freed_places(now=now) == 1
        assert offer_freed_places(now=now) == 0
        made = Offer.objects.get()
        assert made.entry == waiting[0]
        assert made.expires_at == now + timedelta(hours=48)
        mail = Message.objects.get(to_email=waiting[0].membership.user.email)
        assert "/harbour/offer/" in mail.text

    def test_priority_comes_before_time(self, waiting: list[WaitingListEntry], full: Event) -> None:
        waiting[1].priority = 1
        waiting[1].save()
        free_one(full)
        offer_freed_places(now=timezone.now())
        assert Offer.objects.get().entry == waiting[1]

    def test_an_agency_with_fewer_places_comes_before_time(
        self, world: World, waiting: list[WaitingListEntry], full: Event
    ) -> None:
        booking(person=person(agency=world.harbour.council), event=full)
        other = waiting_entry(person=world.harbour.other_practitioner, event=full)
        full.capacity = 4
        full.save()
        offer_freed_places(now=timezone.now())
        assert Offer.objects.get().entry == other

    def test_nothing_is_offered_past_the_cut_off(
        self, waiting: list[WaitingListEntry], full: Event
    ) -> None:
        free_one(full)
        assert offer_freed_places(now=full.starts_at - timedelta(hours=23)) == 0

    def test_an_offer_that_nobody_answers_goes_on(
        self, waiting: list[WaitingListEntry], full: Event
    ) -> None:
        free_one(full)
        now = timezone.now()
        offer_freed_places(now=now)
        later = now + timedelta(hours=49)
        assert expire_next_offer(now=later) == 1
        assert expire_next_offer(now=later) == 0
        assert offer_freed_places(now=later) == 1
        assert Offer.objects.open().get().entry == waiting[1]
        waiting[0].refresh_from_db()
        assert waiting[0].state == WaitingState.LEFT


class TestAnOffer:
    """Is taken or left, once, in time."""

    @pytest.fixture
    def offered(self, world: World) -> Offer:
        at = event(capacity=1, starts_at=in_days(70))
        who = world.harbour.practitioner
        waiting_entry(person=who, event=at, access_needs="Ramp")
        offer_freed_places(now=timezone.now())
        made: Offer = Offer.objects.get()
        return made

    def test_accepted_it_is_a_booking(self, offered: Offer) -> None:
        made = accept_offer(offer=offered, by=offered.entry.membership, now=timezone.now())
        assert made.state == BookingState.BOOKED
        assert made.access_needs == "Ramp"
        offered.refresh_from_db()
        assert (offered.state, offered.booking) == (OfferState.ACCEPTED, made)
        assert offered.entry.state == WaitingState.BOOKED

    def test_accepted_twice_is_one_booking(self, offered: Offer) -> None:
        who = offered.entry.membership
        accept_offer(offer=offered, by=who, now=timezone.now())
        with pytest.raises(Refused, match="already taken"):
            accept_offer(offer=offered, by=who, now=timezone.now())
        assert Booking.objects.count() == 1

    def test_declined_the_place_is_free_again(self, offered: Offer) -> None:
        decline_offer(offer=offered, now=timezone.now())
        with pytest.raises(Refused, match="turned this place down"):
            accept_offer(offer=offered, by=offered.entry.membership, now=timezone.now())
        assert offer_freed_places(now=timezone.now()) == 0

    def test_too_late_is_too_late_even_before_the_sweep(self, offered: Offer) -> None:
        late = offered.expires_at + timedelta(seconds=1)
        with pytest.raises(Refused) as refused:
            accept_offer(offer=offered, by=offered.entry.membership, now=late)
        assert refused.value.codes == {"offer_expired"}

    def test_taken_past_the_deadline_it_can_still_be_given_back_for_a_day(
        self, offered: Offer
    ) -> None:
        offered.expires_at = offered.event.starts_at - timedelta(days=2)
        offered.save()
        now = offered.event.starts_at - timedelta(days=3)
        made = accept_offer(offer=offered, by=offered.entry.membership, now=now)
        assert made.free_until == now + timedelta(hours=24)

    def test_leaving_the_waiting_list_frees_the_offered_place(self, offered: Offer) -> None:
        leave_waiting_list(entry=offered.entry, by=offered.entry.membership, now=timezone.now())
        offered.refresh_from_db()
        assert offered.state == OfferState.DECLINED
        with pytest.raises(Refused):
            leave_waiting_list(entry=offered.entry, by=offered.entry.membership, now=timezone.now())

    def test_fewer_places_than_before_are_not_oversold(self, offered: Offer) -> None:
        booking(person=person(), event=offered.event)
        with pytest.raises(Refused, match="fewer places"):
            accept_offer(offer=offered, by=offered.entry.membership, now=timezone.now())


def test_somebody_taken_off_the_waiting_list_is_told(world: World, full: Event) -> None:
    entry = waiting_entry(person=world.harbour.practitioner, event=full)
    leave_waiting_list(entry=entry, by=world.harbour.coordinator, now=timezone.now())
    mail = Message.objects.get(to_email="practitioner@harbour.example.org")
    assert mail.subject.startswith("You have been removed from the waiting list")
