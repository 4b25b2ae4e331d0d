"""Someone who is not sure of their group: others are asked to settle it, and booking goes on as the policy says."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from bookings.operations.settle_next_group import settle_next_group
from bookings.rules.states import BookingState, UnknownGroup
from courses.models import Event
from courses.rules.states import GroupPolicy
from outbox.models import Message
from partnerships.models import Employment, Membership
from partnerships.operations.join_agency import join_agency
from tests.world import World, booking_form, course, event, in_days, page_as


@pytest.fixture
def unsure(world: World) -> Membership:
    Employment.objects.filter(membership=world.harbour.practitioner).update(group=None)
    return world.harbour.practitioner


@pytest.fixture
def at(world: World) -> Event:
    """An event for the third group only."""
    wanted = course(group=world.harbour.groups[2], group_policy=GroupPolicy.TARGET_ONLY)
    return event(starts_at=in_days(60), course=wanted)


def book(unsure: Membership, at: Event) -> Booking:
    page_as(unsure).post(f"/harbour/events/{at.reference}/book/", booking_form())
    made: Booking = Booking.objects.get()
    return made


def settle(who: Membership, unsure: Membership, group: Any) -> Any:
    job = unsure.employments.get()
    sent = {f"job-{job.pk}-group": getattr(group, "pk", group)}
    return page_as(who).post(f"/harbour/people/{job.pk}/group/", sent, follow=True)


def test_a_policy_may_hold_the_place_meanwhile(unsure: Membership, at: Event) -> None:
    assert book(unsure, at).state == BookingState.PENDING


def test_a_policy_may_let_them_book_at_once(unsure: Membership, at: Event) -> None:
    ChargingPolicy.objects.update(unknown_group=UnknownGroup.BOOK)
    page = page_as(unsure).get(f"/harbour/events/{at.reference}/book/").content.decode()
    assert "You can book in the meantime." in page
    assert book(unsure, at).state == BookingState.BOOKED


def test_the_lead_settles_it_and_the_place_is_confirmed(
    world: World, unsure: Membership, at: Event
) -> None:
    made = book(unsure, at)
    lead = world.harbour.agency_lead
    page = page_as(lead).get("/harbour/people/pending/").content.decode()
    assert str(unsure) in page
    said = settle(lead, unsure, world.harbour.groups[2]).content.decode()
    assert f"{unsure} is now in {world.harbour.groups[2]}." in said
    assert settle_next_group(now=timezone.now()) == 1
    made.refresh_from_db()
    assert made.state == BookingState.BOOKED


def test_a_group_that_the_event_is_not_for_gives_the_place_up_with_the_reason(
    world: World, unsure: Membership, at: Event
) -> None:
    made = book(unsure, at)
    settle(world.harbour.coordinator, unsure, world.harbour.groups[0])
    assert (settle_next_group(now=timezone.now()), settle_next_group(now=timezone.now())) == (1, 0)
    made.refresh_from_db()
    assert made.state == BookingState.DECLINED
    assert "This event is for" in Message.objects.filter(about=made.reference).latest("pk").text


@pytest.mark.parametrize("wrong", ["", "0", "nothing", "٣"])
def test_a_wrong_choice_is_a_sentence(world: World, unsure: Membership, wrong: str) -> None:
    page = settle(world.harbour.agency_lead, unsure, wrong)
    assert "Choose" in page.content.decode()
    assert unsure.employments.get().group is None


@pytest.mark.parametrize("who", ["other_agency_lead", "practitioner", "finance"])
def test_it_is_the_business_of_those_who_answer_for_the_person(
    world: World, unsure: Membership, who: str
) -> None:
    page = settle(world.harbour.cast[who], unsure, world.harbour.groups[2])
    assert page.status_code in {403, 404}
    assert unsure.employments.get().group is None


def test_coordinators_are_told_how_many(world: World, unsure: Membership) -> None:
    page = page_as(world.harbour.coordinator).get("/harbour/manage/").content.decode()
    assert "1 person whose level is not known" in page


def test_whoever_joins_unsure_is_asked_about(world: World) -> None:
    user = world.moorland.practitioner.user
    join_agency(
        user=user,
        agency=world.harbour.school,
        job_title="Teacher",
        group=None,
        now=timezone.now(),
    )
    mails = Message.objects.filter(subject__contains=" not known: ")
    assert {mail.to_email.split("@")[0] for mail in mails} >= {"agency-lead", "coordinator"}


def test_the_page_takes_the_same_few_queries_whatever_the_number(
    world: World, unsure: Membership, django_assert_max_num_queries: Any
) -> None:
    Employment.objects.update(group=None)
    browser = page_as(world.harbour.coordinator)
    with django_assert_max_num_queries(12):
        browser.get("/harbour/people/pending/")


def test_whoever_answers_second_is_told_of_the_first_answer(
    world: World, unsure: Membership
) -> None:
    first, other, *_ = world.harbour.groups
    settle(world.harbour.coordinator, unsure, first)
    page = settle(world.harbour.agency_lead, unsure, other)
    assert f"{unsure} is already in {first}." in page.content.decode()
    assert unsure.employments.get().group == first


def test_what_was_sent_empty_comes_back_with_its_mistake_however_many_wait(
    world: World, unsure: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    Employment.objects.update(group=None)
    last = Employment.objects.order_by("starts_on", "id").last()
    assert last
    monkeypatch.setattr("partnerships.views.pending.A_PAGE", 1)
    page = page_as(world.harbour.coordinator).post(f"/harbour/people/{last.pk}/group/", {})
    text = page.content.decode()
    assert f"Choose the level of {last.membership}" in text
    assert f"job-{last.pk}-group" in text
    assert "The first 2 are shown" in text
