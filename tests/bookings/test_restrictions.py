"""Restrictions: what begins them, and what takes their grounds away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bookings.models import Booking, Restriction
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.cancel_event import cancel_event
from bookings.operations.close_register import close_register
from bookings.operations.reopen_register import reopen_register
from bookings.rules.restriction import RestrictionEffect, RestrictionState, WhatCounts
from bookings.rules.states import BookingState, Mark
from courses.models import Event
from finance.models import Charge
from finance.operations.waive import waive
from outbox.models import Message
from partnerships.models import Membership
from partnerships.rules.months import add_months
from tests.bookings.restricting import NOW, absent, mark, missed, rule, subjects, want
from tests.world import (
    World,
    booking,
    event,
    fill,
    in_days,
)


class TestItBegins:
    """When a register is closed, or a place is cancelled late."""

    def test_with_the_place_that_makes_it_enough(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        assert restricted.membership == who
        assert restricted.counted == list(
            Booking.objects.order_by("event__ends_at").values_list("reference", flat=True)
        )
        assert restricted.until == add_months(timezone.localdate(), 6)
        assert restricted.effect == RestrictionEffect.BLOCKS

    def test_and_the_person_is_told_once_with_the_grounds(
        self, who: Membership, restricted: Restriction
    ) -> None:
        assert subjects(who) == ["Your bookings are restricted"]
        mail = Message.objects.get(about=f"restriction-{restricted.pk}")
        for words in (
            "misses 2 events within 12 months",
            "Did not attend",
            "/my/restriction/",
        ):
            assert words in mail.text
            assert words in mail.html

    def test_not_if_the_partnership_restricts_no_one(self, world: World, who: Membership) -> None:
        rule(is_active=False)
        missed(who)
        absent(world, who)
        assert not Restriction.objects.exists()

    def test_not_for_places_that_are_too_few_or_too_old(
        self, world: World, who: Membership
    ) -> None:
        rule()
        missed(who, days=-400)
        absent(world, who)
        assert not Restriction.objects.exists()

    def test_not_for_whoever_came_without_a_booking(self, world: World, who: Membership) -> None:
        rule()
        missed(who, walk_in=True)
        absent(world, who)
        assert not Restriction.objects.exists()

    def test_closing_a_closed_register_changes_nothing(
        self, world: World, restricted: Restriction
    ) -> None:
        at = Event.objects.order_by("starts_at").last()
        close_register(event=at, by=world.harbour.coordinator, at=NOW())
        assert Restriction.objects.count() == 1

    def test_places_count_once(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        absent(world, who)
        assert Restriction.objects.count() == 1
        absent(world, who)
        assert Restriction.objects.count() == 2

    def test_the_database_refuses_a_second_one_for_the_same_places(
        self, restricted: Restriction
    ) -> None:
        restricted.pk, restricted._state.adding = None, True
        with pytest.raises(IntegrityError), transaction.atomic():
            restricted.save()

    @pytest.mark.parametrize(
        ("counts", "number"), [(WhatCounts.NO_SHOWS, 0), (WhatCounts.AND_LATE, 1)]
    )
    def test_with_a_late_cancellation_if_that_counts(
        self, who: Membership, counts: WhatCounts, number: int
    ) -> None:
        rule(counts=counts)
        missed(who)
        place = booking(person=who, event=event(starts_at=in_days(2)))
        now = NOW()
        cancel_booking(booking=place, by=who, received_at=now, entered_at=now)
        assert Restriction.objects.count() == number

    def test_for_everyone_on_a_register_in_the_same_few_queries(
        self, world: World, django_assert_max_num_queries: Any
    ) -> None:
        rule()
        at = event(starts_at=in_days(-2), capacity=20)
        everyone = fill(at)
        for made in everyone:
            mark(world, made, Mark.ABSENT)
            missed(made.membership)
        with django_assert_max_num_queries(400):
            close_register(event=at, by=world.harbour.coordinator, at=NOW())
        assert Restriction.objects.count() == len(everyone)


class TestItIsWithdrawn:
    """When its grounds are gone."""

    def test_if_the_register_is_opened_again(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        at = Event.objects.order_by("starts_at").last()
        reopen_register(event=at, by=world.harbour.coordinator, at=NOW())
        restricted.refresh_from_db()
        assert restricted.state == RestrictionState.WITHDRAWN
        assert subjects(who)[1:] == ["You can book training as usual again"]
        assert want(who).state == BookingState.BOOKED

    def test_and_begins_again_if_it_is_closed_as_before(
        self, world: World, restricted: Restriction
    ) -> None:
        at = Event.objects.order_by("starts_at").last()
        reopen_register(event=at, by=world.harbour.coordinator, at=NOW())
        close_register(event=at, by=world.harbour.coordinator, at=NOW())
        states = Restriction.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == [RestrictionState.WITHDRAWN, RestrictionState.IN_FORCE]

    def test_if_the_mark_was_wrong(self, world: World, restricted: Restriction) -> None:
        at = Event.objects.order_by("starts_at").last()
        reopen_register(event=at, by=world.harbour.coordinator, at=NOW())
        mark(world, Booking.objects.get(event=at), Mark.PRESENT)
        close_register(event=at, by=world.harbour.coordinator, at=NOW())
        assert not Restriction.objects.in_force(timezone.localdate()).exists()

    def test_if_the_charge_is_waived(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        waive(charge=Charge.objects.get(), reason="Ill", by=world.harbour.finance, at=NOW())
        restricted.refresh_from_db()
        assert restricted.state == RestrictionState.WITHDRAWN
        absent(world, who)
        assert Restriction.objects.in_force(timezone.localdate()).count() == 1, "two others"

    def test_if_the_event_that_was_cancelled_late_does_not_take_place(
        self, world: World, who: Membership
    ) -> None:
        rule(counts=WhatCounts.AND_LATE)
        missed(who)
        at = event(starts_at=in_days(2))
        now = NOW()
        place = booking(person=who, event=at)
        cancel_booking(booking=place, by=who, received_at=now, entered_at=now)
        assert Restriction.objects.get().state == RestrictionState.IN_FORCE
        cancel_event(event=at, by=world.harbour.coordinator, now=NOW(), reason="Trainer ill")
        assert Restriction.objects.get().state == RestrictionState.WITHDRAWN

    def test_but_not_if_enough_places_still_count(
        self, world: World, who: Membership, restricted: Restriction
    ) -> None:
        Restriction.objects.update(number=1)
        waive(charge=Charge.objects.get(), reason="Ill", by=world.harbour.finance, at=NOW())
        restricted.refresh_from_db()
        assert restricted.state == RestrictionState.IN_FORCE


def test_in_force_means_the_same_in_sql(restricted: Restriction) -> None:
    today = timezone.localdate()
    for state in RestrictionState:
        for until in (today - timedelta(days=1), today, today + timedelta(days=1)):
            Restriction.objects.update(state=state, until=until)
            restricted.refresh_from_db()
            found = Restriction.objects.in_force(today).exists()
            assert found is restricted.is_in_force(today)


def test_the_instant_of_a_late_cancellation_decides_when_it_counts(who: Membership) -> None:
    """The message came thirteen months ago, so it lies outside the twelve months."""
    rule(counts=WhatCounts.AND_LATE)
    missed(who)
    old: datetime = in_days(-400)
    booking(
        person=who,
        event=event(starts_at=in_days(-390)),
        state=BookingState.LATE_CANCELLED,
        cancel_received_at=old,
        cancel_entered_at=old,
    )
    place = booking(person=who, event=event(starts_at=in_days(60)))
    now = NOW()
    cancel_booking(booking=place, by=who, received_at=now, entered_at=now)
    assert not Restriction.objects.exists()
