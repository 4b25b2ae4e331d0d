"""A place is not for somebody whose job has ended or whose account is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Booking, Offer
from bookings.operations.answer_offer import accept_offer
from bookings.operations.offer_places import offer_freed_places
from bookings.operations.refused import Refused
from bookings.operations.remind_delegates import remind_next_delegate
from partnerships.models import Membership
from tests.bookings.test_book_place import book
from tests.world import World, event, in_days, offer, waiting_entry


def job_ended(who: Membership) -> None:
    who.employments.update(ends_on=timezone.localdate() - timedelta(days=1))


def membership_closed(who: Membership) -> None:
    Membership.objects.filter(pk=who.pk).update(is_active=False)


def account_closed(who: Membership) -> None:
    type(who.user).objects.filter(pk=who.user_id).update(is_active=False)


LEAVING = pytest.mark.parametrize("leave", [job_ended, membership_closed, account_closed])


@LEAVING
def test_a_freed_place_passes_over_somebody_who_left(
    world: World, leave: Callable[[Membership], None]
) -> None:
    at = event(starts_at=in_days(30), capacity=1)
    waiting_entry(person=world.harbour.practitioner, event=at, joined_at=in_days(-2))
    leave(world.harbour.practitioner)
    assert offer_freed_places(timezone.now()) == 0
    waiting_entry(person=world.harbour.colleague, event=at)
    assert offer_freed_places(timezone.now()) == 1
    assert Offer.objects.get().entry.membership == world.harbour.colleague


@LEAVING
def test_an_older_offer_cannot_be_accepted(
    world: World, leave: Callable[[Membership], None]
) -> None:
    at = event(starts_at=in_days(30), capacity=1)
    made = offer(entry=waiting_entry(person=world.harbour.practitioner, event=at))
    leave(world.harbour.practitioner)
    with pytest.raises(Refused, match="has ended"):
        accept_offer(offer=made, by=world.harbour.practitioner, now=timezone.now())
    assert not Booking.objects.exists()


@LEAVING
def test_nobody_who_left_is_reminded(world: World, leave: Callable[[Membership], None]) -> None:
    at = event(starts_at=in_days(60))
    book(world.harbour.practitioner, at)
    leave(world.harbour.practitioner)
    near = at.starts_at - timedelta(days=4)
    assert remind_next_delegate(near) == 0
    book(world.harbour.colleague, at)
    assert remind_next_delegate(near) == 1
