"""Each state of a booking, before and after the event, on every page that shows it: no sentence has a hole in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from bookings.access import approval_token
from bookings.models import Booking
from bookings.rules.states import AWAITS_APPROVAL, CAN_BE_CANCELLED, HOLDS_A_PLACE, BookingState
from courses.models import Event
from partnerships.models import Membership
from tests.world import Town, World, booking, event, in_days, page_as, requirement

S = BookingState
# A date, a name or an amount is missing, or is a program's word for nothing.
HOLES = (
    r"(?<!Met )\b(until|by|since|between) ?[.,;:](?!\w)",
    r"\bNone\b(?! *$| of | chosen)",
    r"\bundefined\b|\bnull\b|\{\{|\}\}|\{%",
    r"\bBookingState\b|\b(late_cancelled|no_show|event_cancelled|partly_attended)\b",
    r"£ |£-|  ,",
)
PAST_ONLY = {S.ATTENDED, S.PARTLY_ATTENDED, S.NO_SHOW}


@dataclass(frozen=True)
class Page:
    """Where bookings are shown, and who looks."""

    name: str
    who: Callable[[Town], Membership]
    args: Callable[[Booking], tuple[object, ...]] = lambda made: ()

    def __str__(self) -> str:
        return self.name


PAGES = (
    Page("booking", lambda town: town.practitioner, lambda made: (made.reference,)),
    Page("booking", lambda town: town.coordinator, lambda made: (made.reference,)),
    Page("booking", lambda town: town.agency_lead, lambda made: (made.reference,)),
    Page("my_learning", lambda town: town.practitioner),
    Page("event", lambda town: town.practitioner, lambda made: (made.event.reference,)),
    Page("event_board", lambda town: town.coordinator, lambda made: (made.event.reference,)),
    Page("register", lambda town: town.coordinator, lambda made: (made.event.reference,)),
    Page("agency_bookings", lambda town: town.agency_lead),
    Page("agency_person", lambda town: town.agency_lead, lambda made: (made.membership_id,)),
    Page("home", lambda town: town.practitioner),
    Page("home", lambda town: town.coordinator),
    Page("approve", lambda town: town.manager, lambda made: (approval_token(made),)),
    Page("cancel_booking", lambda town: town.practitioner, lambda made: (made.reference,)),
    Page("cancel_booking", lambda town: town.coordinator, lambda made: (made.reference,)),
    Page("settle_booking", lambda town: town.coordinator, lambda made: (made.reference,)),
    Page("ask_waiver", lambda town: town.agency_lead, lambda made: (made.reference,)),
)
GONE = 410  # a link whose deadline has passed


def made_in(state: BookingState, at: Event, town: Town) -> Booking:
    """A booking as the operations leave one in this state, of a course that the person needs."""
    requirement(courses=[at.course], group=town.groups[2])
    fields: dict[str, Any] = {}
    if state in AWAITS_APPROVAL:
        fields = {
            "waits_for": ["prerequisite_missing", "manager_approval"],
            "approver": town.manager,
            "approver_name": str(town.manager),
            "approver_email": town.manager.user.email,
            "held_until": min(timezone.now() + timedelta(hours=48), at.starts_at),
        }
    if state is S.PROPOSED:
        fields["replaces"] = booking(person=town.colleague, event=at)
    return booking(person=town.practitioner, event=at, state=state, **fields)


def words_of(content: bytes) -> str:
    """What someone reads of the page, a line a block."""
    main = content.decode().split("<main", 1)[1].split("</main>", 1)[0].split(">", 1)[1]
    text = strip_tags(re.sub(r"</(p|li|h\d|dt|dd|td|th|div|option|label|summary)>", "\n", main))
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


@pytest.mark.django_db
@pytest.mark.parametrize("days", [30, 1, -1])
@pytest.mark.parametrize("state", BookingState)
def test_no_sentence_has_a_hole(world: World, state: BookingState, days: int) -> None:
    if days > 0 and state in PAST_ONLY:
        return
    town = world.harbour
    made = made_in(state, event(starts_at=in_days(days), capacity=12), town)
    for page in PAGES:
        answer = page_as(page.who(town)).get(reverse(page.name, args=page.args(made)))
        assert answer.status_code in {200, GONE if page.name == "approve" else 200}, (page, state)
        text = words_of(answer.content)
        for hole in HOLES:
            found = [line for line in text.splitlines() if re.search(hole, line)]
            assert not found, (page, state, days, found)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [30, 1, -1])
@pytest.mark.parametrize("state", BookingState)
def test_what_can_still_be_done_is_offered_and_nothing_else(
    world: World, state: BookingState, days: int
) -> None:
    """Cancelling where the booking lives and the event is to come; no deadline that has passed is held out."""
    if days > 0 and state in PAST_ONLY:
        return
    made = made_in(state, event(starts_at=in_days(days), capacity=12), world.harbour)
    page = page_as(world.harbour.practitioner).get(reverse("booking", args=[made.reference]))
    text = words_of(page.content)
    alive = state in CAN_BE_CANCELLED and days > 0
    assert ("Cancel the place" in text) == alive
    free = "free until" in text or "free of charge until" in text
    assert free <= (alive and made.free_until > timezone.now())
    assert ("Add it to your calendar" in text) <= (state in HOLDS_A_PLACE)


@pytest.mark.django_db
@pytest.mark.parametrize("state", BookingState)
def test_a_page_that_asks_for_a_decision_asks_only_where_one_is_open(
    world: World, state: BookingState
) -> None:
    town = world.harbour
    starts_at = in_days(-1 if state in PAST_ONLY else 30)
    made = made_in(state, event(starts_at=starts_at, capacity=12), town)

    def read(name: str, who: Membership, *args: object) -> str:
        return words_of(page_as(who).get(reverse(name, args=args)).content)

    waits = state in AWAITS_APPROVAL
    approve = read("approve", town.manager, approval_token(made))
    assert ("asks for your approval" in approve) == waits
    assert ("This request is closed" in approve) != waits
    settle = read("settle_booking", town.coordinator, made.reference)
    assert ("Confirm the place" in settle) == waits
    assert ("This has already been decided: " in settle) != waits
    cancel = read("cancel_booking", town.practitioner, made.reference)
    assert ("Keep the place" in cancel) == (state in CAN_BE_CANCELLED)
    assert "There is no charge for this booking" in read(
        "ask_waiver", town.agency_lead, made.reference
    )
    person = read("agency_person", town.agency_lead, made.membership_id)
    assert ("There are no bookings." in person) == (state not in CAN_BE_CANCELLED)
