"""How the days and hours of an event read."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from courses.rules.changes import Known, for_those_without_a_place, mark_of, what_changed
from courses.rules.when import Times, when_wording

LONDON = ZoneInfo("Europe/London")


def sitting(month: int, day: int, hours: str = "9:30 16:30", year: int = 2026) -> Times:
    """A session from one time of day to another."""
    first, last = ([int(part) for part in each.split(":")] for each in hours.split())
    return (
        datetime(year, month, day, *first, tzinfo=LONDON),
        datetime(year, month, day, *last, tzinfo=LONDON),
    )


NIGHT = (sitting(12, 1, "22:00 23:00")[0], sitting(12, 2, "6:00 7:00")[0])


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ([sitting(12, 1)], "Tuesday 1 December 2026, 9:30am to 4:30pm"),
        (
            [sitting(12, 8), sitting(12, 1)],
            "Tuesday 1 and Tuesday 8 December 2026, 9:30am to 4:30pm",
        ),
        (
            [sitting(11, 30), sitting(12, 1), sitting(12, 2)],
            "Monday 30 November, Tuesday 1 and Wednesday 2 December 2026, 9:30am to 4:30pm",
        ),
        (
            [sitting(12, 30), sitting(1, 6, year=2027)],
            "Wednesday 30 December 2026 and Wednesday 6 January 2027, 9:30am to 4:30pm",
        ),
        (
            [sitting(12, 1), sitting(12, 8, "10:00 15:00")],
            "Tuesday 1 December 2026, 9:30am to 4:30pm; Tuesday 8 December 2026, 10am to 3pm",
        ),
        (
            [sitting(12, 1, "9:30 12:00"), sitting(12, 1, "13:00 16:30")],
            "Tuesday 1 December 2026, 9:30am to midday and 1pm to 4:30pm",
        ),
        ([NIGHT], "Tuesday 1 December 2026, 10pm to Wednesday 2 December 2026, 6am"),
        (
            [sitting(10, 20), sitting(10, 27)],
            "Tuesday 20 and Tuesday 27 October 2026, 9:30am to 4:30pm",
        ),
    ],
)
def test_an_event_names_the_days_on_which_people_come(times: list[Times], words: str) -> None:
    assert when_wording(times, LONDON) == words


BEFORE = Known((sitting(12, 1), sitting(12, 8)), "In person", "Civic Rooms", "Lift", "", "")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BEFORE, []),
        (
            Known((sitting(12, 1),), "In person", "Civic Rooms", "Lift", "", ""),
            [
                "When: Tuesday 1 and Tuesday 8 December 2026, 9:30am to 4:30pm"
                " → Tuesday 1 December 2026, 9:30am to 4:30pm"
            ],
        ),
        (
            Known(BEFORE.times, "Virtual", "", "", "https://meet.example.org/1", "Code 1"),
            [
                "How it is delivered: In person → Virtual",
                "Venue: Civic Rooms → none",
                "Getting in and around: Lift → none",
                "Joining link: none → https://meet.example.org/1",
                "Joining notes: none → Code 1",
            ],
        ),
    ],
)
def test_what_people_must_know_is_told_with_what_it_was(after: Known, told: list[str]) -> None:
    assert [str(change) for change in what_changed(BEFORE, after, LONDON)] == told


def test_how_to_join_is_not_told_to_those_who_wait() -> None:
    link = "https://meet.example.org/1"
    after = Known(BEFORE.times, "Virtual", "Civic Rooms", "Lift", link, "Code 1")
    changes = what_changed(BEFORE, after, LONDON)
    assert [one.label for one in for_those_without_a_place(changes)] == ["How it is delivered"]


def test_changed_times_are_told_by_the_clock_in_london() -> None:
    """Half past eight in July by Greenwich is half past nine there."""
    half_past_eight, ten = (
        (datetime(2026, 7, 1, hour, minute, tzinfo=UTC), datetime(2026, 7, 1, 15, tzinfo=UTC))
        for hour, minute in ((8, 30), (10, 0))
    )
    before, after = (replace(BEFORE, times=(one,)) for one in (half_past_eight, ten))
    assert [str(change) for change in what_changed(before, after, LONDON)] == [
        "When: Wednesday 1 July 2026, 9:30am to 4pm → Wednesday 1 July 2026, 11am to 4pm"
    ]


def test_agreeing_to_one_change_is_not_agreeing_to_another() -> None:
    first = Known(BEFORE.times, "In person", "Town Hall", "Lift", "", "")
    second = Known(BEFORE.times, "In person", "Harbour Hall", "Lift", "", "")
    marks = {mark_of(what_changed(BEFORE, after, LONDON)) for after in (first, second)}
    assert len(marks) == 2


def test_agreeing_to_a_change_is_not_agreeing_to_what_is_said_besides() -> None:
    changes = what_changed(BEFORE, replace(BEFORE, venue="Town Hall"), LONDON)
    assert mark_of(changes) == mark_of(changes, "")
    assert mark_of(changes, "Bring your laptop.") != mark_of(changes)


def test_a_mark_is_the_same_in_every_process_and_version() -> None:
    changes = what_changed(BEFORE, replace(BEFORE, venue="Town Hall"), LONDON)
    assert mark_of(changes, "Bring a pen.") == "4a0daca7151404b0417b"
