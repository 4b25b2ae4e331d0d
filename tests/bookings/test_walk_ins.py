"""People who come without a booking: found at the door, added to the register, marked in their session."""

from __future__ import annotations

import re

from bookings.models import Attendance, Booking
from courses.models import Event
from tenancy import activate
from tests.bookings.test_register_pages import url, weekly
from tests.world import World, booking, event, in_days, page_as


def test_somebody_at_the_door_is_found_and_added(world: World, taught: Event) -> None:
    browser = page_as(world.harbour.trainer)
    address = f"{url(taught, 'walk_in')}?name=coll"
    page = browser.get(address).content.decode()
    assert "Coll Harbour" in page
    job = world.harbour.colleague.employments.get()
    browser.post(address, {"employment": job.pk})
    assert Booking.objects.get(event=taught).walk_in
    assert browser.get(address).context["jobs"] == []
    assert (
        "at least three letters" in browser.get(f"{url(taught, 'walk_in')}?name=c").content.decode()
    )


def test_a_walk_in_is_not_marked_in_sessions_to_come(world: World) -> None:
    long = weekly()
    job = world.harbour.colleague.employments.get()
    address = f"{url(long, 'walk_in')}?name=coll"
    page_as(world.harbour.coordinator).post(address, {"employment": job.pk})
    assert [row.session.position for row in Attendance.objects.select_related("session")] == [1]


def test_a_walk_in_on_the_second_day_was_not_there_on_the_first(world: World) -> None:
    long = event(starts_at=in_days(-7), days=8)
    long.sessions.filter(position__in=range(2, 8)).delete()
    job = world.harbour.colleague.employments.get()
    page_as(world.harbour.coordinator).post(
        f"{url(long, 'walk_in')}?name=coll", {"employment": job.pk}
    )
    assert [row.session.position for row in Attendance.objects.select_related("session")] == [8]


def test_at_a_full_event_somebody_in_the_room_is_added_when_that_is_confirmed(world: World) -> None:
    full = event(starts_at=in_days(-1), capacity=1)
    booking(person=world.harbour.practitioner, event=full)
    browser = page_as(world.harbour.coordinator)
    job = world.harbour.colleague.employments.get()
    address = f"{url(full, 'walk_in')}?name=coll"
    asked = browser.post(address, {"employment": job.pk}).content.decode()
    assert "All places are taken by people who are here or expected." in asked
    assert "Select the box if the person can stay" in asked
    assert re.search(
        r'<input[^>]* type="checkbox"[^>]*name="confirmed"|<input[^>]*name="confirmed"[^>]*type="checkbox"',
        asked,
    )
    assert f'value="{job.pk}"' in asked
    assert not Booking.objects.filter(walk_in=True).exists()
    browser.post(address, {"employment": job.pk, "confirmed": "on"})
    assert Booking.objects.get(walk_in=True).membership == world.harbour.colleague


def test_somebody_of_another_partnership_cannot_be_added(world: World, taught: Event) -> None:
    with activate(world.moorland.partnership):
        job = world.moorland.colleague.employments.get()
    address = f"{url(taught, 'walk_in')}?name=coll"
    answer = page_as(world.harbour.trainer).post(address, {"employment": job.pk})
    assert answer.status_code == 200
    assert not Booking.objects.exists()
