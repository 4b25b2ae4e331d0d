"""What the subgroup reads: rates by their own denominators, changes by pair, small groups hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.metrics import Rate, combined
from bookings.rules.states import BookingState
from courses.models import Event
from courses.rules.states import EventState
from evaluation.models import EvaluationPlan
from evaluation.reports.attendance import attendance, event_turnout, events_with_turnout
from evaluation.reports.slices import Slice
from partnerships.models import Agency
from partnerships.rules.agencies import UsualSector
from tests import world as make
from tests.evaluation.results import answers
from tests.world import Browser, World

pytestmark = pytest.mark.django_db
YEAR = Slice(
    first=timezone.localdate() - timedelta(days=300), last=timezone.localdate() + timedelta(days=1)
)
ALL = {"start": YEAR.first.isoformat(), "end": YEAR.last.isoformat()}
S = BookingState


def run(**fields: Any) -> Event:
    """An event whose register is closed."""
    fields = {"starts_at": make.in_days(-10), "register_closed_at": timezone.now()} | fields
    return make.event(state=EventState.COMPLETED, **fields)


def bookings(
    event: Event, state: BookingState, number: int, agency: Agency, **fields: Any
) -> list[Booking]:
    """So many bookings of new people."""
    return [
        make.booking(person=make.person(agency=agency), event=event, state=state, **fields)
        for _ in range(number)
    ]


def test_rates_have_their_own_denominators_and_walk_ins_count_for_fill_only(world: World) -> None:
    town, event = world.harbour, run(capacity=20)
    bookings(event, S.ATTENDED, 6, town.school)
    bookings(event, S.PARTLY_ATTENDED, 1, town.school)
    bookings(event, S.NO_SHOW, 2, town.school)
    bookings(event, S.CANCELLED, 2, town.other_agency)
    bookings(event, S.LATE_CANCELLED, 1, town.other_agency)
    bookings(event, S.ATTENDED, 3, town.other_agency, walk_in=True)
    bookings(event, S.DECLINED, 4, town.school)
    total = attendance(YEAR).total
    assert total.turnout.attendance_of_live == Rate(7, 9)
    assert total.turnout.no_show_of_all == Rate(2, 12)
    assert total.turnout.fill == Rate(10, 20)
    by_agency = {line.name: line.turnout for line in attendance(YEAR).agencies}
    assert by_agency[town.other_agency.name].attendance_of_live == Rate(0, 0)
    assert by_agency[town.other_agency.name].walk_ins == 3
    assert by_agency[town.school.name].attendance_of_live == Rate(7, 9)


def test_the_worked_example_of_a_board_that_printed_two_rates(world: World) -> None:
    """W43, a tenth of it: 40 places, 32 booked, 3 cancelled, 2 no-shows, 4 walk-ins."""
    town, event = world.harbour, run(capacity=40)
    bookings(event, S.ATTENDED, 27, town.school)
    bookings(event, S.NO_SHOW, 2, town.school)
    bookings(event, S.CANCELLED, 3, town.school)
    bookings(event, S.ATTENDED, 4, town.school, walk_in=True)
    turnout = attendance(YEAR).total.turnout
    assert (turnout.live, turnout.booked_attended, turnout.attended) == (29, 27, 31)
    assert turnout.attendance_of_live.wording == "93.1% (27 of 29)"
    assert turnout.fill.wording == "77.5% (31 of 40)"


def test_the_page_of_an_event_gives_the_rates_of_bookings_that_stood_and_of_all(
    world: World,
) -> None:
    """W43: boards print either, so both stand there with their denominators."""
    town, event = world.harbour, run(capacity=40)
    bookings(event, S.ATTENDED, 6, town.school)
    bookings(event, S.NO_SHOW, 2, town.school)
    bookings(event, S.CANCELLED, 2, town.school)
    url = reverse("insight_event", args=[event.reference])
    page = make.page_as(town.subgroup).get(url).content.decode()
    for words in ("75.0% (6 of 8)", "60.0% (6 of 10)", "25.0% (2 of 8)", "20.0% (2 of 10)"):
        assert words in page, words


def test_the_events_of_a_report_add_up_to_its_totals_whatever_state_a_booking_is_in(
    world: World,
) -> None:
    town = world.harbour
    for walk_in in (False, True):
        for number, state in enumerate(S, 1):
            event = run(capacity=30)
            bookings(event, state, number % 3 + 1, town.school, walk_in=walk_in)
    for chosen in (YEAR, Slice(YEAR.first, YEAR.last, agency=town.school.pk)):
        listed = combined(map(event_turnout, events_with_turnout(chosen)))
        total = attendance(chosen).total.turnout
        assert replace(listed, capacity=0) == replace(total, capacity=0)


def test_open_registers_and_other_times_are_left_out(world: World) -> None:
    town = world.harbour
    bookings(run(register_closed_at=None), S.ATTENDED, 2, town.school)
    bookings(run(starts_at=make.in_days(-400)), S.ATTENDED, 2, town.school)
    assert attendance(YEAR).total.turnout.bookings == 0


def test_a_report_on_one_agency_or_sector_tells_no_fill(world: World) -> None:
    town, event = world.harbour, run()
    bookings(event, S.ATTENDED, 2, town.school)
    bookings(event, S.ATTENDED, 3, town.other_agency)
    of_school = attendance(Slice(YEAR.first, YEAR.last, agency=town.school.pk))
    of_sector = attendance(Slice(YEAR.first, YEAR.last, sector=UsualSector.PRIVATE_PROVIDER))
    assert of_school.total.turnout.bookings == 2
    assert of_sector.total.turnout.bookings == 3
    assert not of_school.has_capacity
    assert of_school.total.turnout.fill == Rate(2, 0)


def test_what_people_wrote_is_for_those_who_may_read_it(world: World) -> None:
    event = run()
    booking = bookings(event, S.ATTENDED, 1, world.harbour.school)[0]
    make.answer(invitation=make.invitation(booking=booking), comment="I will ask <b>sooner</b>.")
    for name in ("insight_event", "insight_course"):
        url = reverse(
            name, args=[event.reference if name == "insight_event" else event.course.slug]
        )
        assert (
            "&lt;b&gt;sooner"
            in make.page_as(world.harbour.coordinator).get(url, ALL).content.decode()
        )
        assert "sooner" not in make.page_as(world.harbour.subgroup).get(url, ALL).content.decode()
    EvaluationPlan.objects.update(subgroup_reads_answers=True)
    assert "sooner" in make.page_as(world.harbour.subgroup).get(url, ALL).content.decode()


@pytest.mark.parametrize("name", ["insight", "attendance_csv", "insight_course", "insight_event"])
def test_only_the_subgroup_and_the_training_team_come_in(
    world: World, client: Browser, name: str
) -> None:
    event = run()
    args = {"insight_course": [event.course.slug], "insight_event": [event.reference]}
    url = reverse(name, args=args.get(name))
    assert client.get(url).status_code == 302
    allowed = {"coordinator", "subgroup", "administrator"}
    for part, who in world.harbour.cast.items():
        expected = 200 if part in allowed else 403
        assert make.page_as(who).get(url).status_code == expected, part
    assert make.page_as(world.moorland.coordinator).get(url).status_code == 404


def grow(world: World, events: int) -> None:
    """More courses, agencies, people and answers."""
    for _ in range(events):
        event = run()
        for booking in bookings(event, S.ATTENDED, 6, make.agency()):
            answers(booking, baseline=(2, 2), immediate=(4, 4))


def count(world: World, url: str, counter: Any) -> int:
    """Queries of one page, as the subgroup sees it."""
    browser = make.page_as(world.harbour.coordinator)
    browser.get(url, ALL)
    with counter(60) as captured:
        assert browser.get(url, ALL).status_code == 200
    return len(
        [
            one
            for one in captured.captured_queries
            if one["sql"].lstrip().upper()[:4] in {"SELE", "WITH"}
            and "set_config" not in one["sql"]
        ]
    )


def test_the_number_of_queries_does_not_grow(
    world: World, django_assert_max_num_queries: Any
) -> None:
    grow(world, 2)
    event = Event.objects.first()
    assert event is not None
    urls = [
        reverse("insight"),
        reverse("insight_course", args=[event.course.slug]),
        reverse("insight_event", args=[event.reference]),
        reverse("attendance_csv"),
    ]
    before = [count(world, url, django_assert_max_num_queries) for url in urls]
    grow(world, 3)
    after = [count(world, url, django_assert_max_num_queries) for url in urls]
    assert after == before
    assert max(after) <= 12, after


def test_the_file_has_the_same_events_and_defused_cells(world: World) -> None:
    event = run(course=make.course(title="=SUM(A1)"), capacity=10)
    bookings(event, S.ATTENDED, 4, world.harbour.school)
    bookings(event, S.NO_SHOW, 1, world.harbour.school)
    page = make.page_as(world.harbour.subgroup).get(reverse("attendance_csv"), ALL)
    header, line = page.content.decode("utf-8-sig").splitlines()
    assert header.startswith("event,course,title,starts,ends,capacity,bookings,cancelled,no_shows")
    assert line.startswith(f"{event.reference},{event.course.reference},'=SUM(A1),")
    assert line.endswith("10,5,0,1,0,4,40.0,80.0,20.0")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"start": "yesterday"}, "From must"),
        ({"start": "2026-05-01", "end": "2026-04-01"}, "the same day as “From”"),
        ({"course": "x' OR 1=1"}, "Course"),
        ({"agency": "99999999999999999999"}, "Agency"),
        ({"sector": "a\0b"}, "Sector"),
    ],
)
def test_a_wrong_filter_is_named_and_the_rest_is_shown(
    world: World, query: dict[str, str], sentence: str
) -> None:
    page = make.page_as(world.harbour.subgroup).get(reverse("insight"), query)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert sentence in page.content.decode()


def test_without_dates_it_is_the_training_year(world: World) -> None:
    page = make.page_as(world.harbour.subgroup).get(reverse("insight")).content.decode()
    today: datetime = timezone.localtime()
    year = today.year - (today.month < 4)
    assert f"1 April {year} to 31 March {year + 1}" in page
