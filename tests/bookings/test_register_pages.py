"""The register in the browser: trainers mark their own, coordinators close."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from bookings.models import Attendance, Booking
from bookings.rules.states import BookingState, Mark
from courses.models import Event
from tenancy import activate
from tests.competencies.asking import queries_of
from tests.world import (
    Browser,
    World,
    attendance,
    booking,
    event,
    fill,
    in_days,
    page_as,
    person,
    trainer,
)


def url(made: Event, name: str = "register") -> str:
    """A page of the register."""
    return reverse(name, args=[made.reference])


def test_who_sees_a_register(world: World, taught: Event) -> None:
    other = event(starts_at=in_days(-1))
    expected = {"trainer": (200, 404), "coordinator": (200, 200), "administrator": (200, 200)}
    for part, who in world.harbour.cast.items():
        own, others = expected.get(part, (403, 403))
        assert page_as(who).get(url(taught)).status_code == own
        assert page_as(who).get(url(other)).status_code == others
    assert page_as(world.moorland.trainer).get(url(taught)).status_code == 404
    assert Browser().get(url(taught)).status_code == 302


def test_another_partnerships_register_does_not_exist_here(world: World) -> None:
    with activate(world.moorland.partnership):
        theirs = event(starts_at=in_days(-1))
    for name in ("register", "walk_in", "close_register", "sign_in_sheet"):
        assert page_as(world.harbour.coordinator).get(url(theirs, name)).status_code == 404


def test_the_list_shows_a_trainer_own_events(world: World, taught: Event) -> None:
    other = event(starts_at=in_days(-1))
    page = page_as(world.harbour.trainer).get(reverse("registers")).content.decode()
    assert taught.reference in page
    assert other.reference not in page


def test_the_form_marks_one_session_without_javascript(world: World, taught: Event) -> None:
    present = booking(person=world.harbour.practitioner, event=taught)
    late = booking(person=world.harbour.colleague, event=taught)
    said = {f"mark-{present.pk}": "present", f"mark-{late.pk}": "late", f"minutes-{late.pk}": "10"}
    answer = page_as(world.harbour.trainer).post(url(taught), said)
    assert answer.status_code == 302
    marks = {row.booking_id: (row.mark, row.minutes_late) for row in Attendance.objects.all()}
    assert marks == {present.pk: (Mark.PRESENT, 0), late.pk: (Mark.LATE, 10)}
    page = page_as(world.harbour.trainer).get(url(taught)).content.decode()
    assert "2 of 2 marked" in page
    assert page.count(" checked") == 2


def test_late_needs_minutes_and_nothing_typed_is_lost(world: World, taught: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=taught)
    page = page_as(world.harbour.trainer).post(url(taught), {f"mark-{made.pk}": "late"})
    text = page.content.decode()
    assert "Enter how many minutes late Piet Harbour was" in text
    assert 'value="late" checked' in text
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("mark", ["nonsense", "'; DROP TABLE", "present\x00"])
def test_marks_that_do_not_exist_are_refused(world: World, taught: Event, mark: str) -> None:
    made = booking(person=world.harbour.practitioner, event=taught)
    answer = page_as(world.harbour.trainer).post(url(taught), {f"mark-{made.pk}": mark})
    assert answer.status_code == 200
    assert not Attendance.objects.exists()


def test_one_button_marks_everybody_else_present(world: World, taught: Event) -> None:
    absent = booking(person=world.harbour.practitioner, event=taught)
    rest = booking(person=world.harbour.colleague, event=taught)
    said = {f"mark-{absent.pk}": "absent", "rest": "present"}
    page_as(world.harbour.trainer).post(url(taught), said)
    assert {row.booking_id: row.mark for row in Attendance.objects.all()} == {
        absent.pk: Mark.ABSENT,
        rest.pk: Mark.PRESENT,
    }


def test_a_tap_saves_itself_where_there_is_javascript(world: World, taught: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=taught)
    booking(person=world.harbour.colleague, event=taught)
    said = {f"mark-{made.pk}": "present"}
    answer = page_as(world.harbour.trainer).post(url(taught), said, HTTP_HX_REQUEST="true")
    assert answer.content.decode().startswith("Saved at")
    assert Attendance.objects.count() == 1


def test_each_session_has_a_page(world: World) -> None:
    long = event(starts_at=in_days(-2), days=2)
    made = booking(person=world.harbour.practitioner, event=long)
    browser = page_as(world.harbour.coordinator)
    for position in (1, 2):
        said = {f"mark-{made.pk}": "present"}
        browser.post(f"{url(long)}?session={position}", said)
    assert set(made.attendances.values_list("session__position", flat=True)) == {1, 2}
    assert browser.get(f"{url(long)}?session=nonsense").status_code == 200


def weekly() -> Event:
    """Two mornings, the first of which has begun; the second is next week."""
    made = event(starts_at=in_days(-1), days=8)
    made.sessions.filter(position__in=range(2, 8)).delete()
    return made


def test_a_session_that_has_not_begun_cannot_be_marked(world: World) -> None:
    long = weekly()
    made = booking(person=world.harbour.practitioner, event=long)
    browser = page_as(world.harbour.coordinator)
    page = browser.get(url(long)).content.decode()
    assert "?session=8" not in page
    assert "not started" in page
    later = browser.get(f"{url(long)}?session=8").content.decode()
    assert "This session has not started. You can mark it from" in later
    assert 'type="radio"' not in later
    sent = browser.post(f"{url(long)}?session=8", {f"mark-{made.pk}": "present"})
    assert "Session 8 has not started. You can mark it from 8:30am" in sent.content.decode()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("mark", ["late", "left_early"])
@pytest.mark.parametrize(("minutes", "saved"), [("360", True), ("361", False), ("999", False)])
def test_nobody_misses_more_than_the_session(
    world: World, taught: Event, mark: str, minutes: str, saved: bool
) -> None:
    made = booking(person=world.harbour.practitioner, event=taught)
    said = {f"mark-{made.pk}": mark, f"minutes-{made.pk}": minutes}
    answer = page_as(world.harbour.trainer).post(url(taught), said)
    assert Attendance.objects.exists() is saved
    if not saved:
        assert "Enter 360 minutes or fewer" in answer.content.decode()


def test_the_register_shows_access_needs(world: World, taught: Event) -> None:
    booking(person=world.harbour.practitioner, event=taught, access_needs="Hearing loop")
    assert "Hearing loop" in page_as(world.harbour.trainer).get(url(taught)).content.decode()


def test_what_was_done_is_where_the_focus_goes(world: World, taught: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=taught)
    browser = page_as(world.harbour.trainer)
    page = browser.post(url(taught), {f"mark-{made.pk}": "present"}, follow=True).content.decode()
    assert 'role="alert"' in page
    assert "data-disable-auto-focus" not in page


def test_the_coordinator_sees_what_closing_does_then_closes(world: World, taught: Event) -> None:
    absent = booking(person=world.harbour.practitioner, event=taught)
    attendance(booking=absent, mark=Mark.ABSENT)
    browser = page_as(world.harbour.coordinator)
    page = browser.get(url(taught, "close_register")).content.decode()
    assert "raise 1 charge" in page
    assert ">Non-attendance fee<" in page
    assert "£75.00" in page
    assert page_as(world.harbour.trainer).post(url(taught, "close_register")).status_code == 403
    for _ in range(2):
        browser.post(url(taught, "close_register"))
    absent.refresh_from_db()
    assert absent.state == BookingState.NO_SHOW
    closed = browser.get(url(taught)).content.decode()
    assert "Did not attend" in closed
    browser.post(url(taught, "reopen_register"))
    absent.refresh_from_db()
    assert absent.state == BookingState.BOOKED


def test_unmarked_people_keep_the_register_open(world: World, taught: Event) -> None:
    booking(person=world.harbour.practitioner, event=taught)
    browser = page_as(world.harbour.coordinator)
    page = browser.get(url(taught, "close_register")).content.decode()
    assert "1 person has not been marked" in page
    browser.post(url(taught, "close_register"))
    taught.refresh_from_db()
    assert taught.register_closed_at is None


def test_the_sign_in_sheet_names_people_and_no_addresses(world: World, taught: Event) -> None:
    booking(person=world.harbour.practitioner, event=taught)
    content = page_as(world.harbour.trainer).get(url(taught, "sign_in_sheet")).content
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "Piet Harbour" in text
    assert "@" not in text


def test_a_full_seminar_costs_no_more_queries(world: World) -> None:
    big = event(starts_at=in_days(-1), capacity=60, days=2)
    addresses = [url(big), reverse("registers")]
    before = [len(queries_of(world.harbour.coordinator, address)) for address in addresses]
    for made in fill(big):
        attendance(booking=made)
    event(starts_at=in_days(-1))
    after = [len(queries_of(world.harbour.coordinator, address)) for address in addresses]
    assert max(after) <= 12
    # Marks are read in a query of their own as soon as there is anyone to mark.
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 0]


def signed(world: World, made: Event, number: int) -> list[Booking]:
    """So many people with places, whose family names run against their first names."""
    letters = "ABCDEFGHIJ"
    return [
        booking(
            person=person(
                agency=world.harbour.school,
                name=f"{letters[9 - k % 10]}{k:02} Name {letters[k % 10]}{k:02}",
            ),
            event=made,
        )
        for k in range(number)
    ]


class TestALongRegister:
    """Sixty people: in pages, by family name, searched, saved from every page."""

    @pytest.fixture
    def long(self, world: World) -> Event:
        made = event(
            starts_at=in_days(-1),
            capacity=80,
            trainers=[trainer(membership=world.harbour.trainer)],
        )
        signed(world, made, 60)
        return made

    def people_on(self, page: str) -> list[str]:
        return re.findall(r'<strong id="person-\d+">([^<]*)</strong>', page)

    def test_it_comes_in_pages_by_family_name(self, world: World, long: Event) -> None:
        browser = page_as(world.harbour.trainer)
        first = self.people_on(browser.get(url(long)).content.decode())
        second = self.people_on(browser.get(f"{url(long)}?page=2").content.decode())
        assert (len(first), len(second)) == (50, 10)
        names = [each.rpartition(" ")[2] for each in (*first, *second)]
        assert names == sorted(names)

    @pytest.mark.parametrize(
        ("words", "found"), [("name C12", 1), ("harbour primary", 50), ("x", 0)]
    )
    def test_it_can_be_searched(self, world: World, long: Event, words: str, found: int) -> None:
        page = page_as(world.harbour.trainer).get(url(long), {"name": words}).content.decode()
        assert len(self.people_on(page)) == found
        assert ("No one on this register matches" in page) == (found == 0)

    def test_it_saves_from_any_page_and_marks_the_rest_of_all_pages(
        self, world: World, long: Event
    ) -> None:
        browser = page_as(world.harbour.trainer)
        shown = browser.get(f"{url(long)}?page=2").context["form"].rows
        said = {f"minutes-{row.booking.pk}": "" for row in shown}
        said |= {f"mark-{shown[0].booking.pk}": "absent", "rest": "present"}
        answer = browser.post(f"{url(long)}?page=2", said)
        assert answer["Location"].endswith("?page=2")
        assert Attendance.objects.filter(mark=Mark.ABSENT).count() == 1
        assert Attendance.objects.filter(mark=Mark.PRESENT).count() == 59

    def test_it_asks_the_database_as_often_as_a_short_one(self, world: World, long: Event) -> None:
        many = len(queries_of(world.harbour.trainer, url(long)))
        first = Booking.objects.filter(event=long).first()
        assert first is not None
        others = Booking.objects.filter(event=long).exclude(pk=first.pk)
        others.update(state=BookingState.CANCELLED)
        assert len(queries_of(world.harbour.trainer, url(long))) == many


class TestAPartOfThePage:
    """What the page that saves by itself is answered."""

    def test_it_is_told_where_to_sign_in(self, world: World, taught: Event) -> None:
        whole = f"http://testserver{url(taught)}?session=1"
        answer = Browser().post(url(taught), {}, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=whole)
        assert answer.status_code == 401
        assert answer.content.decode() == "You have been signed out."
        assert answer["Sign-In-At"].startswith("/harbour/accounts/login/?next=")
        assert answer["Sign-In-At"].endswith(f"{url(taught)}%3Fsession%3D1")

    def test_a_refused_mark_is_no_success(self, world: World, taught: Event) -> None:
        made = booking(person=world.harbour.practitioner, event=taught)
        said = {f"mark-{made.pk}": "late"}
        answer = page_as(world.harbour.trainer).post(url(taught), said, HTTP_HX_REQUEST="true")
        assert answer.status_code == 422
        assert answer.content.decode() == "Enter how many minutes late Piet Harbour was"

    def test_what_is_gone_is_neither_saved_nor_taken_for_something_else(
        self, world: World, taught: Event
    ) -> None:
        """A session that was removed, a place that was given back: 410, and the page forgets its mark."""
        made = booking(person=world.harbour.practitioner, event=taught)
        other = booking(person=world.harbour.colleague, event=taught, state=BookingState.CANCELLED)
        here = taught.sessions.get().pk
        for said in (
            {f"mark-{made.pk}": "absent", "session_id": here + 1},
            {f"mark-{other.pk}": "present", "session_id": here},
        ):
            answer = page_as(world.harbour.trainer).post(url(taught), said, HTTP_HX_REQUEST="true")
            assert answer.status_code == 410
            assert "so nothing was saved" in answer.content.decode()
        assert not Attendance.objects.exists()

    @pytest.mark.parametrize("page", ["http://[", "//elsewhere.example.org/x", "", "javascript:x"])
    def test_an_odd_page_on_the_screen_leads_nowhere_else(
        self, world: World, taught: Event, page: str
    ) -> None:
        answer = Browser().post(url(taught), {}, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=page)
        assert answer.status_code == 401
        assert answer["Sign-In-At"].startswith("/harbour/accounts/login/?next=/")
        assert "elsewhere" not in answer["Sign-In-At"]


def test_the_page_says_which_session_it_marks(world: World) -> None:
    """Left open until the next session begins, it still marks the one that it shows."""
    long = event(starts_at=in_days(-2), days=2)
    made = booking(person=world.harbour.practitioner, event=long)
    first = long.sessions.order_by("position")[0]
    page = page_as(world.harbour.coordinator)
    shown = page.get(f"{url(long)}?session=1").content.decode()
    assert f'name="session_id" value="{first.pk}"' in shown
    page.post(url(long), {f"mark-{made.pk}": "absent", "session_id": first.pk})
    assert made.attendances.get().session == first
