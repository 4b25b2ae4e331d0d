"""A place is not for someone whose job has ended or whose account is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.access import approval_token
from bookings.models import Booking, ChargingPolicy, Offer
from bookings.operations.accept_offer import accept_offer
from bookings.operations.offer_freed_places import offer_freed_places
from bookings.operations.settle_approval import settle_approval
from bookings.operations.write_next_planned_mail import write_next_planned_mail
from bookings.rules.states import ApprovalMode, BookingState
from bookings.terms.register import people_matching
from config.sweeps import SWEEPS
from outbox.models import Message
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.rules.refused import Refused
from tests.bookings.test_book_place import book
from tests.sweeps.due import DUE, two_people
from tests.world import (
    Browser,
    World,
    booking,
    employment,
    event,
    in_days,
    offer,
    page_as,
    waiting_entry,
)


def job_ended(who: Membership) -> None:
    who.employments.update(ends_on=timezone.localdate() - timedelta(days=1))


def job_refused(who: Membership) -> None:
    who.employments.update(state=EmploymentState.REFUSED)


def membership_closed(who: Membership) -> None:
    Membership.objects.filter(pk=who.pk).update(is_active=False)


def account_closed(who: Membership) -> None:
    type(who.user).objects.filter(pk=who.user_id).update(is_active=False)


LEAVING = pytest.mark.parametrize(
    "leave", [job_ended, job_refused, membership_closed, account_closed]
)


@LEAVING
def test_a_freed_place_passes_over_somebody_who_left(
    world: World, leave: Callable[[Membership], None]
) -> None:
    at = event(starts_at=in_days(30), capacity=1)
    waiting_entry(person=world.harbour.practitioner, event=at, joined_at=in_days(-2))
    leave(world.harbour.practitioner)
    assert offer_freed_places(now=timezone.now()) == 0
    waiting_entry(person=world.harbour.colleague, event=at)
    assert offer_freed_places(now=timezone.now()) == 1
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
    assert write_next_planned_mail(now=near) == 0
    book(world.harbour.colleague, at)
    assert write_next_planned_mail(now=near) == 1


# What is not said by the clock to a person: money goes to agencies, and a certificate is its holder's own.
NOT_TO_PEOPLE = {
    "invoices issued",
    "debtors reminded",
    "evidence deleted",
    "certificates checked against the register",
    "certificates issued",
    "trainers' evaluations planned",  # a trainer needs no job, only an open account
    "messages sent",  # passes on what others wrote, and withholds what goes to a closed account
}
# Whom the agency refused has not gone away, and reads why the place is held no more.
ENDS_A_HELD_PLACE = {"places settled with the agency", "held places released"}
AFTERWARDS = (
    "evaluations planned",
    "evaluations withdrawn",
    "evaluations sent, reminded or closed",
)
RUN = {sweep.name: sweep.run for sweep in SWEEPS}


@LEAVING
@pytest.mark.parametrize("name", sorted(set(DUE) - NOT_TO_PEOPLE))
def test_no_sweep_writes_to_somebody_who_left(
    world: World, name: str, leave: Callable[[Membership], None]
) -> None:
    DUE[name](world)
    people = two_people(world.harbour)
    for who in people:
        leave(who)
    Message.objects.all().delete()
    for sweep in (name, *AFTERWARDS):
        for _ in range(10):
            if not RUN[sweep](now=timezone.now()):
                break
        else:
            pytest.fail(f"{sweep} has no end")
    addresses = [who.user.email for who in people]
    written = Message.objects.filter(to_email__in=addresses).exists()
    assert written == (leave is job_refused and name in ENDS_A_HELD_PLACE)


def asked_for(world: World) -> Booking:
    """A place that waits for the line manager."""
    who = world.harbour.practitioner
    return booking(
        person=who,
        event=event(),
        state=BookingState.PENDING,
        waits_for=["manager_approval"],
        held_until=in_days(3),
        approver=world.harbour.manager,
        approver_email=world.harbour.manager.user.email,
    )


def link_to(made: Booking) -> str:
    return reverse("approve", args=[approval_token(made)])


@LEAVING
@pytest.mark.parametrize("who", ["practitioner", "manager"])
def test_a_link_to_approve_ends_when_either_side_leaves(
    world: World, who: str, leave: Callable[[Membership], None]
) -> None:
    made = asked_for(world)
    assert "asks for your approval" in Browser().get(link_to(made)).content.decode()
    leave(world.harbour.cast[who])
    for answer in (
        Browser().get(link_to(made)),
        Browser().post(link_to(made), {"answer": "approve"}),
    ):
        assert answer.status_code == 410
        assert "for a job that has ended" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == BookingState.PENDING


@LEAVING
def test_nobody_can_agree_to_the_place_of_somebody_who_left(
    world: World, leave: Callable[[Membership], None]
) -> None:
    made = asked_for(world)
    leave(world.harbour.practitioner)
    with pytest.raises(Refused, match="has ended"):
        settle_approval(booking=made, approved=True, now=timezone.now())
    settle_approval(booking=made, approved=False, now=timezone.now())


@LEAVING
def test_a_line_manager_who_left_is_not_asked(
    world: World, leave: Callable[[Membership], None]
) -> None:
    ChargingPolicy.objects.update(approval=ApprovalMode.BY_LINK)
    harbour = world.harbour
    harbour.practitioner.employments.update(line_manager=harbour.manager)
    leave(harbour.manager)
    at = event()
    page = page_as(harbour.practitioner).get(reverse("book", args=[at.reference]))
    assert 'name="approver_email"' in page.content.decode()
    with pytest.raises(Refused, match="Your manager has to approve this"):
        book(harbour.practitioner, at)
    assert not Message.objects.filter(to_email=harbour.manager.user.email).exists()


def test_a_job_that_was_refused_is_none_for_walk_ins_and_neither_for_the_waiting_list(
    world: World,
) -> None:
    """Someone who waited in a job that was then refused used to be offered the place."""
    harbour = world.harbour
    at = event(starts_at=in_days(30), capacity=1)
    second = employment(person=harbour.practitioner, agency=harbour.other_agency)
    entry = waiting_entry(person=harbour.practitioner, event=at, employment=second)
    Employment.objects.filter(pk=second.pk).update(state=EmploymentState.REFUSED)
    assert offer_freed_places(now=timezone.now()) == 0
    found = people_matching("Piet", at, timezone.localdate())
    assert [job.agency for job in found] == [harbour.school]
    assert Membership.objects.still_here(timezone.localdate()).contains(harbour.practitioner)
    Employment.objects.filter(pk=second.pk).update(state=EmploymentState.PENDING)
    assert offer_freed_places(now=timezone.now()) == 1
    assert Offer.objects.get().entry == entry
