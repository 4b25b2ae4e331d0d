"""The pages on which one books: nothing on them discourages, leads away or stands between the fee and the button."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.access import approval_token, offer_token
from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.models import Event
from outbox.models import Message
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.operations.join_agency import join_agency
from tests.bookings.test_every_state_on_every_page import words_of
from tests.world import (
    World,
    booking,
    booking_form,
    event,
    fill,
    in_days,
    offer,
    page_as,
    waiting_entry,
)

pytestmark = pytest.mark.django_db
CANNOT_BOOK = re.compile(r"(can.t|cannot|may not|not able to) (be )?book", re.IGNORECASE)
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
AN_EXPLANATION = ("govuk-summary-list", "govuk-list--bullet")  # what went in, and each step


def read(who: Membership, name: str, *args: object) -> str:
    return str(page_as(who).get(reverse(name, args=args)).content.decode())


@pytest.fixture
def full(world: World) -> Event:
    made = event(capacity=1)
    fill(made)
    return made


def test_not_possible_is_never_said_over_the_way_to_the_waiting_list(
    world: World, full: Event
) -> None:
    town = world.harbour
    for who, query in ((town.practitioner, ""), (town.agency_lead, f"?for={town.colleague.pk}")):
        page = page_as(who).get(reverse("book", args=[full.reference]) + query).content.decode()
        assert "Join the waiting list" in page
        assert "This event is full." in page
        assert "Not possible" not in page
    at_the_event = read(town.practitioner, "event", full.reference)
    assert "Join the waiting list" in at_the_event
    assert "Not possible" not in at_the_event


def test_somebody_on_a_waiting_list_is_never_told_that_they_cannot_book(
    world: World, full: Event
) -> None:
    who = world.harbour.practitioner
    address = reverse("book", args=[full.reference])
    seen = [words_of(page_as(who).get(address).content)]
    seen.append(words_of(page_as(who).post(address, booking_form(), follow=True).content))
    for name, args in (("event", [full.reference]), ("my_learning", []), ("home", [])):
        seen.append(words_of(page_as(who).get(reverse(name, args=args)).content))
    seen += [mail.text for mail in Message.objects.all()]
    assert [words for words in seen if CANNOT_BOOK.search(words)] == []


def test_somebody_who_waits_to_be_confirmed_books_and_is_never_told_that_they_cannot(
    world: World,
) -> None:
    """The page and the email for the people who confirm used to say so, and the place was held all the same."""
    town = world.harbour
    who = town.other_practitioner
    Employment.objects.filter(membership=who).delete()
    join_agency(user=who.user, agency=town.school, group=None, job_title="Cook", now=timezone.now())
    assert who.employments.get().state == EmploymentState.PENDING
    at = event()
    address = reverse("book", args=[at.reference])
    seen = [words_of(page_as(who).get(address).content)]
    seen.append(words_of(page_as(who).post(address, booking_form(), follow=True).content))
    assert Booking.objects.get().state == BookingState.PENDING
    seen += [words_of(page_as(who).get(reverse(name)).content) for name in ("account", "home")]
    seen.append(words_of(page_as(town.coordinator).get(reverse("pending_people")).content))
    seen += [mail.text for mail in Message.objects.all()]
    assert [words for words in seen if CANNOT_BOOK.search(words)] == []


def test_add_to_your_calendar_is_where_the_place_is_and_not_where_one_books(
    world: World, full: Event
) -> None:
    """The date can be saved far below the button, in words that say that this is no booking."""
    who = world.harbour.practitioner
    at = event()
    for each in (at, full):
        form = read(who, "book", each.reference)
        assert "alendar" not in words_of(form.encode())
        assert ".ics" not in form
    page = read(who, "event", at.reference)
    button, save = (
        page.index(">Book a place<"),
        page.index(reverse("event_ics", args=[at.reference])),
    )
    assert button < page.index("About this event") < save
    assert "This does not book a place." in page[save:]
    mine = booking(person=who, event=at)
    assert ".ics" not in read(who, "event", at.reference)
    assert "Add it to your calendar" in read(who, "booking", mine.reference)


@pytest.mark.parametrize("kind", ["book", "wait", "offer", "approve"])
def test_between_fee_and_button_every_explanation_is_folded(
    world: World, full: Event, kind: str
) -> None:
    town = world.harbour
    asked = booking(
        person=town.colleague,
        event=event(),
        state=BookingState.PENDING,
        waits_for=["manager_approval"],
        held_until=in_days(3),
    )
    address = {
        "book": reverse("book", args=[event().reference]),
        "wait": reverse("book", args=[full.reference]),
        "offer": reverse(
            "offer", args=[offer_token(offer(entry=waiting_entry(person=town.manager, event=full)))]
        ),
        "approve": reverse("approve", args=[approval_token(asked)]),
    }[kind]
    page = page_as(town.practitioner).get(address).content.decode()
    between = page[
        page.index("What it costs") : page.rindex('type="submit"', 0, page.index("</main>"))
    ]
    assert "Cancelling late" in between
    assert any(words in between for words in AN_EXPLANATION)
    unfolded = FOLDED.sub("", between)
    assert [words for words in AN_EXPLANATION if words in unfolded] == []
