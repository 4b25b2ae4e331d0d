"""Events in people's own calendars."""

from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest
from django.urls import reverse

from courses.operations.reschedule_event import reschedule_event
from courses.rules.states import EventState
from tests.world import Browser, World, course, event, in_days, venue

pytestmark = pytest.mark.django_db


def entries(client: Browser, name: str, *args: str, **query: Any) -> list[Any]:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_feed_has_an_entry_for_every_session_to_come(world: World, client: Browser) -> None:
    hall = venue(name="Old Library", address="2 Station Road\nHarbour", postcode="AB1 3EF")
    run = event(reference="E1", days=2, course=course(title="Neglect"), venue=hall)
    event(starts_at=in_days(-5))
    event(state=EventState.DRAFT)
    first, second = entries(client, "calendar")
    assert [str(first["UID"]), str(second["UID"])] == [
        "E1-1@harbour.partnership-training",
        "E1-2@harbour.partnership-training",
    ]
    assert first.start == run.starts_at
    assert str(first["LOCATION"]) == "Old Library, 2 Station Road, Harbour, AB1 3EF"
    assert str(first["URL"]) == f"http://testserver{reverse('event', args=['E1'])}"
    assert str(first["STATUS"]) == "CONFIRMED"


def test_the_feed_is_filtered_like_the_list(world: World, client: Browser) -> None:
    event(course=course(title="Neglect"))
    event(course=course(title="Online safety"))
    (entry,) = entries(client, "calendar", q="online")
    assert str(entry["SUMMARY"]) == "Online safety"
    assert len(entries(client, "calendar", month="nonsense")) == 2


def test_a_change_keeps_the_uid_and_raises_the_sequence(world: World, client: Browser) -> None:
    run = event(reference="E1")
    (before,) = entries(client, "event_ics", "E1")
    reschedule_event(event=run, times=[(run.starts_at, run.ends_at.replace(minute=45))])
    (after,) = entries(client, "event_ics", "E1")
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_cancelled_event_is_marked_so_in_calendars(world: World, client: Browser) -> None:
    event(reference="E1", state=EventState.CANCELLED, course=course(title="Neglect"))
    (entry,) = entries(client, "event_ics", "E1")
    assert (str(entry["STATUS"]), entry["SEQUENCE"]) == ("CANCELLED", 1)
    assert str(entry["SUMMARY"]) == "Cancelled: Neglect"


def test_instants_are_right_in_summer_time(world: World, client: Browser) -> None:
    year = in_days(400).year
    event(reference="E1", starts_at=datetime(year, 7, 1, 8, 30, tzinfo=UTC))
    (entry,) = entries(client, "event_ics", "E1")
    assert entry["DTSTART"].to_ical() == f"{year}0701T083000Z".encode()


def test_no_calendar_of_what_nobody_may_see(world: World, client: Browser) -> None:
    event(reference="E1", state=EventState.DRAFT)
    for reference in ("E1", "unknown"):
        assert client.get(reverse("event_ics", args=[reference])).status_code == 404
