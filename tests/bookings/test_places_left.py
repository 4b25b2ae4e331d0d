"""Lists, pages, offers and the booking page count places alike: the rule and its SQL on the same random rows."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from bookings.models import BookingPractice, ChargingPolicy
from bookings.operations.offer_freed_places import events_with_a_waiting_list, next_waiting
from bookings.rules.states import HOLDS_A_PLACE, BookingState, OfferState, WaitingState
from bookings.rules.waiting_list import may_offer
from bookings.terms.desk import open_desk
from bookings.terms.places import left_for_newcomers, listed_events, places_of, with_places
from courses.models import Event
from courses.rules.states import EventState
from tests.world import World, agency, booking, event, in_days, offer, person, waiting_entry


@pytest.mark.parametrize("seed", range(3))
def test_sql_counts_places_as_the_rule_does(world: World, seed: int) -> None:
    chance, now, where = Random(seed), timezone.now(), agency()
    for _ in range(6):
        at = event(starts_at=in_days(chance.choice([1, 2, 3, 30])), capacity=chance.randint(0, 6))
        for _ in range(chance.randint(0, 6)):
            state = chance.choice([BookingState.BOOKED, *BookingState])
            booking(person=person(agency=where), event=at, state=state)
        for _ in range(chance.randint(0, 4)):
            state = chance.choice([WaitingState.WAITING, *WaitingState])
            entry = waiting_entry(person=person(agency=where), event=at, state=state)
            if state is WaitingState.OFFERED:
                offer(entry=entry, state=chance.choice(list(OfferState)))
    for found in with_places(Event.objects.all(), now):
        places = places_of(found)
        assert places.booked == found.bookings.filter(state__in=list(HOLDS_A_PLACE)).count()
        assert (found.free, found.waiting) == (places.free, places.waiting)
        assert found.places_left == left_for_newcomers(places, found, now)
        assert found.places_left == open_desk(found, now).offer.places_left


@pytest.mark.parametrize("seed", range(3))
def test_sql_finds_the_events_whose_places_the_rules_would_offer(world: World, seed: int) -> None:
    """Around the instant at which offers end, which ``may_offer`` counts in hours that pass, clock changes or not."""
    chance, now, where = Random(seed), timezone.now(), agency()
    practice = BookingPractice.objects.create(offer_cut_off_hours=chance.choice([0, 24, 48]))
    for _ in range(30):
        cut_off = now + timedelta(hours=practice.offer_cut_off_hours)
        seconds = chance.choice([-3600, -1, 0, 1, 3600, 86_400 * 30])
        at = event(
            starts_at=cut_off + timedelta(seconds=seconds),
            capacity=chance.randint(0, 3),
            state=chance.choice([*[EventState.PUBLISHED] * 6, *EventState]),
        )
        if chance.random() < 0.4:
            booking(person=person(agency=where), event=at)
        for _ in range(chance.randint(0, 2)):
            who = person(agency=where, is_active=chance.random() < 0.8)
            state = chance.choice([*[WaitingState.WAITING] * 4, *WaitingState])
            waiting_entry(person=who, event=at, state=state)
    expected = [
        at.pk
        for at in Event.objects.order_by("starts_at", "pk")
        if at.state == EventState.PUBLISHED
        and may_offer(now, at.starts_at, practice.offer_rule())
        and places_of(at).free
        and next_waiting(at, now)
    ]
    assert expected, "a try that tries nothing"
    assert events_with_a_waiting_list(now) == expected


def test_a_list_does_not_offer_what_belongs_to_those_who_wait(world: World) -> None:
    at = event(capacity=3)
    for _ in range(2):
        waiting_entry(person=person(), event=at)
    [row] = listed_events(with_places(Event.objects.all(), timezone.now()))
    assert row.places_left == 1
    assert row.places_left == open_desk(at, timezone.now()).offer.places_left


def test_when_it_is_too_late_for_offers_whoever_comes_first_may_book(world: World) -> None:
    at = event(starts_at=timezone.now() + timedelta(hours=10), capacity=3)
    waiting_entry(person=person(), event=at)
    [row] = listed_events(with_places(Event.objects.all(), timezone.now()))
    assert row.places_left == 3


def test_places_are_counted_before_there_is_a_policy(world: World) -> None:
    at = event(capacity=3)
    ChargingPolicy.objects.all().delete()
    assert [
        row.places_left
        for row in listed_events(with_places(Event.objects.filter(pk=at.pk), timezone.now()))
    ] == [3]
