"""What someone who is restricted can do, and how an appeal is decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, Restriction, RestrictionRule
from bookings.operations.accept_offer import accept_offer
from bookings.operations.appeal_restriction import appeal_restriction
from bookings.operations.substitute import substitute
from bookings.rules.restriction import RestrictionEffect, RestrictionState
from bookings.rules.states import BookingState
from outbox.models import Message
from partnerships.models import Membership
from partnerships.rules.refused import Refused
from tests.bookings.restricting import NOW, absent, decide, missed, rule, subjects, want
from tests.world import (
    World,
    booking,
    event,
    fill,
    in_days,
    offer,
    page_as,
    waiting_entry,
)


class TestBooking:
    """What someone who is restricted can and cannot do."""

    def test_is_refused_with_the_reason(self, who: Membership, restricted: Restriction) -> None:
        with pytest.raises(Refused, match="You cannot book, because of places") as refused:
            want(who)
        assert refused.value.codes == {"restricted"}

    def test_is_shown_before_with_the_way_to_appeal(
        self, who: Membership, restricted: Restriction
    ) -> None:
        address = reverse("book", args=[event().reference])
        page = page_as(who).get(address).content.decode()
        assert "You cannot book, because of places that were not used" in page
        assert reverse("my_restriction") in page
        assert "accept_policy" not in page

    def test_by_the_agency_lead_is_refused_too(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        with pytest.raises(Refused, match=f"{who} cannot book"):
            want(who, by=world.harbour.agency_lead)

    def test_by_the_training_team_is_possible_with_a_reason(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        made = want(who, by=world.harbour.coordinator, override="Needed for the job.")
        assert made.state == BookingState.BOOKED

    def test_places_held_before_stay(self, world: World, who: Membership) -> None:
        held = booking(person=who, event=event(starts_at=in_days(50)))
        rule()
        missed(who)
        absent(world, who)
        held.refresh_from_db()
        assert held.state == BookingState.BOOKED

    def test_a_place_offered_to_someone_who_waited_before_is_theirs(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        made = offer(entry=waiting_entry(person=who, event=event()))
        assert accept_offer(offer=made, by=who, now=NOW()).state == BookingState.BOOKED

    def test_nobody_sends_someone_restricted_instead(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        place = booking(person=world.harbour.colleague, event=event(starts_at=in_days(60)))
        with pytest.raises(Refused, match="cannot book"):
            substitute(
                booking=place,
                employment=who.employments.get(),
                by=place.membership,
                now=NOW(),
            )

    def test_is_possible_again_from_its_last_day(
        self, who: Membership, restricted: Restriction
    ) -> None:
        Restriction.objects.update(until=timezone.localdate() + timedelta(days=1))
        with pytest.raises(Refused):
            want(who)
        Restriction.objects.update(until=timezone.localdate())
        assert want(who).state == BookingState.BOOKED

    def test_is_possible_while_the_rule_is_switched_off(
        self, who: Membership, restricted: Restriction
    ) -> None:
        RestrictionRule.objects.update(is_active=False)
        assert want(who).state == BookingState.BOOKED

    def test_the_page_makes_one_query_more(
        self, who: Membership, restricted: Restriction, django_assert_max_num_queries: Any
    ) -> None:
        browser, address = page_as(who), reverse("book", args=[event().reference])
        browser.get(address)
        for name in (address, reverse("my_restriction")):
            with django_assert_max_num_queries(12):
                browser.get(name)


class TestApprovalInstead:
    """The rule can ask for approval of each place."""

    @pytest.fixture
    def careful(self, world: World, who: Membership) -> Restriction:
        rule(effect=RestrictionEffect.APPROVAL)
        missed(who)
        absent(world, who)
        found: Restriction = Restriction.objects.get()
        return found

    def test_the_place_is_held(self, who: Membership, careful: Restriction) -> None:
        made = want(who)
        assert made.state == BookingState.PENDING
        assert made.waits_for == ["restricted"]
        mail = Message.objects.get(about=made.reference)
        assert "The training team has to approve it" in mail.text
        page = page_as(who).get(reverse("booking", args=[made.reference])).content.decode()
        assert "because places were not used before" in page

    def test_a_full_event_has_a_waiting_list_and_the_offer_waits_for_approval(
        self, world: World, who: Membership, careful: Restriction
    ) -> None:
        at = event(capacity=1)
        fill(at)
        entry = want(who, at)
        assert entry.waits_for == ["restricted"]
        Booking.objects.filter(event=at).update(state=BookingState.CANCELLED)
        made = accept_offer(offer=offer(entry=entry), by=who, now=NOW())
        assert made.waits_for == ["restricted"]


class TestAppeal:
    """The person appeals once; the training team lifts it or lets it stand."""

    def test_is_sent_on_the_page_and_decided_on_another(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        mine, theirs = page_as(who), page_as(world.harbour.coordinator)
        address = reverse("my_restriction")
        assert "Why should the restriction be lifted?" in mine.get(address).content.decode()
        sent = mine.post(address, {"appeal": "My child was ill."}, follow=True).content.decode()
        assert "We have received your appeal" in sent
        assert "Why should the restriction be lifted?" not in sent
        listed = theirs.get(reverse("restrictions")).content.decode()
        assert "Appeal to decide" in listed
        assert "1 appeal against a restriction" in theirs.get(reverse("manage")).content.decode()
        one = reverse("restriction", args=[restricted.pk])
        assert "My child was ill." in theirs.get(one).content.decode()
        theirs.post(one, {"outcome": "lift", "decision": "A good reason."})
        restricted.refresh_from_db()
        assert (restricted.state, restricted.decided_by) == (
            RestrictionState.LIFTED,
            world.harbour.coordinator,
        )
        assert subjects(who)[1:] == ["You can book training as usual again"]
        assert "A good reason." in Message.objects.latest("pk").text
        assert "You can book as usual" in mine.get(address).content.decode()
        assert want(who).state == BookingState.BOOKED

    def test_that_is_refused_stands_with_the_reason(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        appeal_restriction(restriction=restricted, text="Busy.", by=who, now=NOW())
        decide(world, restricted, lift=False)
        assert subjects(who)[1:] == ["The answer to your appeal"]
        page = page_as(who).get(reverse("my_restriction")).content.decode()
        assert "The restriction stands." in page
        assert "We looked." in page
        with pytest.raises(Refused):
            want(who)

    def test_is_possible_once_and_sending_it_twice_is_harmless(
        self, who: Membership, restricted: Restriction
    ) -> None:
        for _ in range(2):
            appeal_restriction(restriction=restricted, text="Busy.", by=who, now=NOW())
        with pytest.raises(Refused, match="already appealed"):
            appeal_restriction(restriction=restricted, text="Other.", by=who, now=NOW())

    def test_is_for_the_person_alone(self, world: World, restricted: Restriction) -> None:
        with pytest.raises(Refused):
            appeal_restriction(
                restriction=restricted, text="x", by=world.harbour.agency_lead, now=NOW()
            )

    def test_is_not_decided_twice(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        appeal_restriction(restriction=restricted, text="Busy.", by=who, now=NOW())
        decide(world, restricted, lift=True)
        with pytest.raises(Refused, match="already ended"):
            decide(world, restricted, lift=False)

    def test_without_one_it_can_be_lifted_and_nothing_else(
        self, world: World, restricted: Restriction
    ) -> None:
        with pytest.raises(Refused, match="no appeal"):
            decide(world, restricted, lift=False)
        assert decide(world, restricted, lift=True).state == RestrictionState.LIFTED

    def test_nobody_decides_on_their_own(self, world: World) -> None:
        town = world.harbour
        rule()
        missed(town.coordinator)
        absent(world, town.coordinator)
        own = Restriction.objects.get()
        with pytest.raises(Refused, match="Someone else"):
            decide(world, own, lift=True)
        page = page_as(town.coordinator).get(reverse("restriction", args=[own.pk]))
        assert "Someone else has to decide" in page.content.decode()

    def test_an_empty_form_says_what_is_missing(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        page = page_as(who).post(reverse("my_restriction"), {"appeal": " "}).content.decode()
        assert "Tell us why the restriction should be lifted" in page


@pytest.mark.parametrize(
    ("reader", "status"),
    [("coordinator", 200), ("administrator", 200), ("agency_lead", 403), ("practitioner", 403)],
)
def test_who_sees_the_lists(
    world: World, restricted: Restriction, reader: str, status: int
) -> None:
    browser = page_as(getattr(world.harbour, reader))
    for address in (reverse("restrictions"), reverse("restriction", args=[restricted.pk])):
        assert browser.get(address).status_code == status


def test_the_list_takes_the_same_few_queries(
    world: World, restricted: Restriction, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        restricted.pk, restricted._state.adding = None, True
        restricted.counted = [f"B{n}"]
        restricted.save()
    browser = page_as(world.harbour.coordinator)
    browser.get(reverse("restrictions"))
    for address in (reverse("restrictions"), restricted.get_absolute_url()):
        with django_assert_max_num_queries(12):
            browser.get(address)


def test_my_learning_says_so(who: Membership, restricted: Restriction) -> None:
    browser, address = page_as(who), reverse("my_learning")
    assert "Your bookings are restricted until" in browser.get(address).content.decode()
    RestrictionRule.objects.update(is_active=False)
    assert "Your bookings are restricted" not in browser.get(address).content.decode()


def test_whoever_is_not_restricted_reads_so(world: World) -> None:
    page = page_as(world.harbour.colleague).get(reverse("my_restriction")).content.decode()
    assert "Your bookings are not restricted" in page
