"""Each state of a booking, before and after the event, on every page that shows it: no sentence has a hole in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from bookings.models import Booking
from bookings.rules.states import AWAITS_APPROVAL, CAN_BE_CANCELLED, HOLDS_A_PLACE, BookingState
from courses.models import Event
from partnerships.models import Membership
from tests.world import Town, World, booking, event, in_days, page_as

S = BookingState
# A date, a name or an amount is missing, or is a program's word for nothing.
HOLES = (
    r"\b(until|by|since|between) ?[.,;:](?!\w)",
    r"\bNone\b(?! *$| of )",
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
    args: Callable[[Booking], tuple[str, ...]] = lambda made: ()

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
    Page("home", lambda town: town.practitioner),
    Page("home", lambda town: town.coordinator),
)


def made_in(state: BookingState, at: Event, town: Town) -> Booking:
    """A booking as the operations leave one in this state."""
    fields = {}
    if state in AWAITS_APPROVAL:
        fields = {
            "waits_for": ["prerequisite_missing"],
            "held_until": min(timezone.now() + timedelta(hours=48), at.starts_at),
        }
    if state is S.PROPOSED:
        fields["replaces"] = booking(person=town.colleague, event=at)
    return booking(person=town.practitioner, event=at, state=state, **fields)


def words_of(content: bytes) -> str:
    """What somebody reads of the page, a line a block."""
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
        assert answer.status_code == 200, (page, state)
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
