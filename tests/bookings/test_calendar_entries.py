"""Calendar entries that come by mail can be taken back: the mail is parsed as a calendar would read it."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from typing import Any

import icalendar
from django.urls import reverse
from django.utils import timezone

from bookings.documents.calendars import CANCEL, REQUEST, attached
from bookings.models import Booking
from bookings.rules.states import BookingState
from outbox.models import Message
from outbox.steps.as_mail import as_mail
from tests.bookings.test_book_place import book
from tests.world import World, event, in_days, page_as


def read(message: Message) -> tuple[str, Any, Any]:
    """The method on the part, the calendar and its first entry."""
    mail = message_from_bytes(as_mail(message).message().as_bytes())
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = icalendar.Calendar.from_ical(content)
    return str(part.get_param("method")), calendar, calendar.walk("VEVENT")[0]


def test_a_confirmation_invites_the_delegate(world: World) -> None:
    made = book(world.harbour.practitioner, event())
    method, calendar, entry = read(Message.objects.get(about=made.reference))
    assert (method, str(calendar["METHOD"])) == ("REQUEST", "REQUEST")
    assert str(entry["ATTENDEE"]) == "mailto:practitioner@harbour.example.org"
    assert str(entry["ORGANIZER"]).startswith("mailto:")


def test_the_entry_has_one_uid_wherever_it_is_added_from(world: World) -> None:
    made = book(world.harbour.practitioner, event(starts_at=in_days(30)))
    browser = page_as(world.harbour.practitioner)
    pages = [
        browser.get(reverse("booking_ics", args=[made.reference])),
        browser.get(reverse("event_ics", args=[made.event.reference])),
        browser.get(reverse("calendar")),
    ]
    found = {
        str(entry["UID"])
        for page in pages
        for entry in icalendar.Calendar.from_ical(page.content).walk("VEVENT")
    }
    assert found == {str(read(Message.objects.get(about=made.reference))[2]["UID"])}


def test_the_sequence_rises_with_a_cancellation_and_a_new_booking(world: World) -> None:
    first = book(world.harbour.practitioner, event())
    now = timezone.now()
    second = Booking(
        pk=first.pk + 1, event=first.event, membership=first.membership, reference="AGAIN"
    )
    sequences = []
    for booking, method in [(first, REQUEST), (first, CANCEL), (second, REQUEST)]:
        (file,) = attached(booking, now + timedelta(minutes=1), method=method)
        assert file["type"] == f"text/calendar; method={method}"
        (entry, *_) = icalendar.Calendar.from_ical(file["content"]).walk("VEVENT")
        sequences.append(entry["SEQUENCE"])
    assert sequences == [0, 1, 2]


def test_the_file_of_a_place_that_was_given_back_takes_it_out_of_the_calendar(world: World) -> None:
    made = book(world.harbour.practitioner, event(starts_at=in_days(30)))
    Booking.objects.update(state=BookingState.CANCELLED)
    page = page_as(world.harbour.practitioner).get(reverse("booking_ics", args=[made.reference]))
    [entry] = icalendar.Calendar.from_ical(page.content).walk("VEVENT")
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)
