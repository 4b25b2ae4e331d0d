"""What the forms of a booking promise to the people who fill them in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.rules.attendance import SessionMark, attendance_outcome
from bookings.rules.states import BookingState, Mark
from finance.models import MitigationCase
from outbox.models import Message
from partnerships.models import User
from tests.finance.money import ready_charges
from tests.world import World, booking, event, in_days, page_as, trainer

NEEDS = "Ground floor and a hearing loop"


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        ("practitioner", True),
        ("coordinator", True),
        ("trainer", True),
        ("agency_lead", False),
        ("manager", False),
        ("finance", False),
    ],
)
def test_only_the_training_team_and_the_trainers_see_access_needs(
    world: World, reader: str, sees: bool
) -> None:
    town = world.harbour
    at = event(trainers=[trainer(membership=town.trainer)])
    made = booking(person=town.practitioner, event=at, access_needs=NEEDS)
    pages = [
        made.get_absolute_url(),
        reverse("register", args=[at.reference]),
        reverse("event_board", args=[at.reference]),
    ]
    browser = page_as(town.cast[reader])
    assert any(NEEDS in browser.get(page).content.decode() for page in pages) is sees


@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_whoever_asked_for_a_waiver_is_told_the_decision(world: World, outcome: str) -> None:
    town = world.harbour
    [charge] = ready_charges(town.school)
    ask = reverse("ask_waiver", args=[charge.booking.reference])
    page_as(town.agency_lead).post(ask, {"charge": charge.pk, "ground": "other", "reason": "Ill"})
    answer = reverse("mitigation_case", args=[MitigationCase.objects.get().pk])
    page_as(town.finance).post(answer, {"outcome": outcome, "decision": "The note says so."})
    [told] = Message.objects.filter(text__contains="The note says so.")
    assert told.to_email == town.agency_lead.user.email


def test_the_time_of_grace_promises_that_lateness_has_no_consequence_and_nothing_about_taking_part() -> (
    None
):
    """Past it too people come in, as a policy has it from the beginning."""
    policy = ChargingPolicy()
    assert policy._meta.get_field("grace_minutes").help_text == (
        "How many minutes late people can arrive without any consequence. "
        "Leave empty if the trainer decides."
    )
    in_time, late, too_late = (
        attendance_outcome([mark], policy.attendance_rule())
        for mark in (
            SessionMark(Mark.PRESENT),
            SessionMark(Mark.LATE, policy.grace_minutes),
            SessionMark(Mark.LATE, policy.grace_minutes + 1),
        )
    )
    assert late == in_time
    assert too_late.state is BookingState.PARTLY_ATTENDED


def test_that_a_colleague_can_always_come_is_said_only_where_it_is_so(world: World) -> None:
    ChargingPolicy.objects.update(substitution_hours=24)
    near = event(starts_at=timezone.now() + timedelta(hours=12))
    far = event(starts_at=in_days(30))
    browser = page_as(world.harbour.practitioner)
    for at, told in ((far, "if you name them by"), (near, "accept the charging policy")):
        page = browser.get(reverse("book", args=[at.reference])).content.decode()
        assert told in page
        assert "can always come" not in page
    place = booking(person=world.harbour.practitioner, event=near)
    assert "Send a colleague instead" not in browser.get(place.get_absolute_url()).content.decode()


def test_an_account_that_is_closed_takes_no_colleagues_place(world: World) -> None:
    """It used to, and its mail was withdrawn without a word."""
    place = booking(person=world.harbour.practitioner, event=event(starts_at=in_days(30)))
    gone = world.harbour.colleague
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    sent = {"email": gone.user.email}
    page = page_as(place.membership).post(f"{place.get_absolute_url()}colleague/", sent)
    assert "is registered with this email address" in page.content.decode()
    board = page_as(world.harbour.coordinator)
    for name in ("book_for", "walk_in"):
        found = board.get(
            reverse(name, args=[place.event.reference]), {"q": "coll", "name": "coll"}
        )
        assert str(gone) not in found.content.decode()
