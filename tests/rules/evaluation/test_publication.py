"""Answers are published in groups of five or more, and no sum or difference of figures covers fewer."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.rules.findings import (
    AFTERWARDS,
    CHANGED,
    CHANGED_AS_REMEMBERED,
    FIGURES,
    LASTED,
    LATER_ON,
    Figure,
    Shown,
    shown,
)
from evaluation.rules.publication import (
    LEFT_OUT,
    NARROWED,
    OTHER_DAYS,
    STILL_OPEN,
    TOO_FEW,
    Batch,
    Cell,
    EventSoFar,
    Pool,
    cell_of,
    groups_of,
)
from evaluation.rules.statistics import Moment, Sums
from partnerships.rules.months import training_quarters, training_year
from partnerships.rules.reasons import Reason
from tests.rules.evaluation.attack import given_away

YEAR = training_year(date(2026, 6, 1))
QUARTERS = training_quarters(date(2026, 6, 1))
DAY = timedelta(days=1)
AFTER_ALL = YEAR[1] + DAY


@pytest.mark.parametrize(
    ("period", "course", "expected"),
    [
        pytest.param(YEAR, False, tuple(Pool), id="training year"),
        pytest.param(YEAR, True, (Pool.QUARTER, Pool.COURSE), id="course and year"),
        pytest.param(QUARTERS[1], False, (Pool.QUARTER,), id="quarter"),
        pytest.param(QUARTERS[3], True, (Pool.QUARTER,), id="course and quarter"),
        pytest.param((YEAR[0], YEAR[1] - DAY), False, OTHER_DAYS, id="a day short"),
        pytest.param((QUARTERS[0][0], QUARTERS[1][1]), False, OTHER_DAYS, id="half a year"),
        pytest.param((date(2026, 1, 1), date(2026, 12, 31)), True, OTHER_DAYS, id="another year"),
    ],
)
def test_results_are_published_for_fixed_cells(
    period: tuple[date, date], course: bool, expected: tuple[Pool, ...] | Reason
) -> None:
    found = cell_of(*period, 4, of_event=False, of_course=course, is_narrowed=False)
    assert found == (expected if isinstance(expected, Reason) else Cell(*period, expected))


def test_where_the_training_year_begins_in_september_its_quarters_do_too() -> None:
    year = (date(2026, 9, 1), date(2027, 8, 31))
    autumn = (date(2026, 9, 1), date(2026, 11, 30))
    for period, pools in ((year, tuple(Pool)), (autumn, (Pool.QUARTER,))):
        found = cell_of(*period, 9, of_event=False, of_course=False, is_narrowed=False)
        assert found == Cell(*period, pools)
        april = cell_of(*period, 4, of_event=False, of_course=False, is_narrowed=False)
        assert april == OTHER_DAYS


def test_an_event_is_a_cell_of_its_own_and_agencies_and_sectors_are_none() -> None:
    day = date(2026, 6, 1)
    assert cell_of(day, day, 4, of_event=True, of_course=False, is_narrowed=False) == Cell(day, day)
    for event, period in product((True, False), (YEAR, QUARTERS[0])):
        found = cell_of(*period, 4, of_event=event, of_course=False, is_narrowed=True)
        assert found == NARROWED


def so_far(event: int, *, course: int = 1, quarter: int = 0, closed: bool = True) -> EventSoFar:
    return EventSoFar(event, course, QUARTERS[quarter][1], YEAR[1], closed)


def batch(event: int, *people: int) -> Batch:
    return Batch(event, Sums(len(people)), frozenset(people) if len(people) < 5 else frozenset())


def counted(
    batches: Iterable[Batch], events: Iterable[EventSoFar], pools: tuple[Pool, ...], today: date
) -> list[int]:
    """The events whose answers count."""
    groups = groups_of(events, Cell(*YEAR, pools), today)
    return sorted(one.event for one in groups.publishable(batches)[0])


def test_five_people_at_an_event_are_a_group_of_their_own_once_nobody_can_answer_any_more() -> None:
    five = [batch(1, 1, 2, 3, 4, 5)]
    assert counted(five, [so_far(1)], (), QUARTERS[0][0]) == [1]
    assert counted(five, [so_far(1, closed=False)], (), AFTER_ALL) == []
    assert counted([batch(1, 1, 2, 3, 4)], [so_far(1)], (), AFTER_ALL) == []


SMALL = [batch(1, 1, 2, 3), batch(2, 4, 5)]


@pytest.mark.parametrize(
    ("second", "today", "expected"),
    [
        pytest.param(so_far(2), QUARTERS[0][1], [], id="the quarter's last day is not over"),
        pytest.param(so_far(2), QUARTERS[0][1] + DAY, [1, 2], id="the quarter is over"),
        pytest.param(so_far(2, closed=False), AFTER_ALL, [], id="somebody can still answer"),
        pytest.param(so_far(2, course=2), AFTER_ALL, [], id="another course"),
        pytest.param(so_far(2, quarter=1), AFTER_ALL, [], id="another quarter"),
    ],
)
def test_small_events_of_a_course_are_put_together_when_their_quarter_is_complete(
    second: EventSoFar, today: date, expected: list[int]
) -> None:
    assert counted(SMALL, [so_far(1), second], (Pool.QUARTER,), today) == expected


def test_an_open_event_that_nobody_has_answered_about_keeps_its_quarter_open() -> None:
    events = [so_far(1), so_far(2), so_far(3, closed=False)]
    assert counted(SMALL, events, (Pool.QUARTER,), AFTER_ALL) == []
    events[2] = so_far(3, course=2, closed=False)
    assert counted(SMALL, events, (Pool.QUARTER,), AFTER_ALL) == [1, 2]


@pytest.mark.parametrize(
    ("second", "pools", "expected"),
    [
        pytest.param(so_far(2, quarter=3), (Pool.QUARTER, Pool.COURSE), [1, 2], id="one course"),
        pytest.param(so_far(2, course=2), (Pool.QUARTER, Pool.COURSE), [], id="two courses"),
        pytest.param(so_far(2, course=2), tuple(Pool), [1, 2], id="all courses"),
    ],
)
def test_what_is_left_of_quarters_and_courses_is_put_together_at_the_end_of_the_year(
    second: EventSoFar, pools: tuple[Pool, ...], expected: list[int]
) -> None:
    assert counted(SMALL, [so_far(1), second], pools, YEAR[1]) == []
    assert counted(SMALL, [so_far(1), second], pools, AFTER_ALL) == expected


def test_people_are_counted_not_answers() -> None:
    same = [batch(1, 1, 2, 3), batch(2, 1, 2, 3), batch(3, 3, 4)]
    events = [so_far(1), so_far(2), so_far(3)]
    assert counted(same, events, (Pool.QUARTER,), AFTER_ALL) == []
    assert counted([*same[:2], batch(3, 4, 5)], events, (Pool.QUARTER,), AFTER_ALL) == [1, 2, 3]


def test_the_reader_is_told_why_nothing_is_shown() -> None:
    def why(batches: list[Batch], *events: EventSoFar) -> Reason:
        groups = groups_of(events, Cell(*YEAR, ()), AFTER_ALL)
        return groups.why_nothing_counts(groups.publishable(batches)[1])

    assert why([batch(1, 1, 2, 3, 4)], so_far(1)) == TOO_FEW
    assert why([batch(1, 1, 2, 3, 4, 5)], so_far(1, closed=False)) == STILL_OPEN
    assert why(SMALL, so_far(1), so_far(2)) == LEFT_OUT


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([AFTERWARDS], [Shown(AFTERWARDS, True)], id="asked afterwards only"),
        pytest.param(
            [AFTERWARDS, CHANGED, LASTED, LATER_ON],
            [Shown(CHANGED, True), Shown(LASTED, False)],
            id="a true baseline",
        ),
        pytest.param(
            [AFTERWARDS, CHANGED, CHANGED_AS_REMEMBERED],
            [Shown(CHANGED, True), Shown(CHANGED_AS_REMEMBERED, False)],
            id="a baseline and a memory",
        ),
        pytest.param(
            [AFTERWARDS, CHANGED_AS_REMEMBERED, LATER_ON],
            [Shown(CHANGED_AS_REMEMBERED, True), Shown(LATER_ON, True)],
            id="a memory alone",
        ),
        pytest.param([LATER_ON], [Shown(LATER_ON, True)], id="impact on practice"),
    ],
)
def test_the_means_of_a_moment_are_told_of_one_set_of_people(
    there: list[Figure], expected: list[Shown]
) -> None:
    assert list(shown(there)) == expected


# --- the attacker -----------------------------------------------------------------------------------


Vector = dict[tuple[int, int, Moment], int]


@dataclass(frozen=True)
class Told:
    """One person at one event: the moments at which she rated, and the day on which the last answer came."""

    person: int
    moments: frozenset[Moment]
    on: date


@dataclass(frozen=True)
class Held:
    """An event of the year: announced before it takes place, open for answers until some days after."""

    course: int
    on: date
    announced: date
    closes: date
    told: tuple[Told, ...]


DAYS = st.integers(0, (YEAR[1] - YEAR[0]).days)


@st.composite
def events_held(draw: st.DrawFn) -> Held:
    """Up to fourteen people out of thirty, who leave out what they like."""
    on = YEAR[0] + draw(DAYS) * DAY
    people = draw(st.lists(st.integers(0, 29), unique=True, max_size=14))
    usual = draw(st.sets(st.sampled_from(list(Moment)), min_size=1))
    closes = on + draw(st.integers(1, 60)) * DAY
    told = []
    for person in people:
        left_out = draw(st.sets(st.sampled_from(list(Moment)), max_size=1))
        came = draw(st.integers(0, (closes - on).days))
        told.append(Told(person, frozenset(usual - left_out), on + came * DAY))
    return Held(
        course=draw(st.integers(1, 2)),
        on=on,
        announced=on - draw(st.integers(0, 200)) * DAY,
        closes=closes,
        told=tuple(told),
    )


def vectors(year: list[Held], today: date) -> Iterable[Vector]:
    """What a reader who opens every page that day gets to know."""
    periods = [YEAR, *QUARTERS]
    for period, course in product(periods, (None, 1, 2)):
        cell = cell_of(*period, 4, of_event=False, of_course=course is not None, is_narrowed=False)
        assert isinstance(cell, Cell)
        inside = [
            at
            for at, one in enumerate(year)
            if period[0] <= one.on <= period[1] and course in {None, one.course}
        ]
        yield from figures_of(year, inside, cell, today)
    for at, one in enumerate(year):
        yield from figures_of(year, [at], Cell(one.on, one.on), today)


def figures_of(year: list[Held], inside: list[int], cell: Cell, today: date) -> Iterable[Vector]:
    """The figures of one cell as sums over coordinates."""
    known = [at for at in inside if year[at].announced <= today]
    events = [
        EventSoFar(
            at,
            year[at].course,
            next(last for _, last in QUARTERS if year[at].on <= last),
            YEAR[1],
            is_closed=year[at].closes < today,
        )
        for at in known
    ]
    groups = groups_of(events, cell, today)
    answering = {
        figure: {at: who for at in known if (who := who_answered(year[at], figure, today))}
        for figure in FIGURES
    }
    for each in shown([figure for figure, who in answering.items() if who]):
        who = answering[each.figure]
        batches = [batch(at, *people) for at, people in who.items()]
        numbers = [one.event for one in groups.publishable(batches)[0]]
        rows = [(at, person) for at in numbers for person in who[at]]
        if not rows:
            continue
        first, second = each.figure.moments[0], each.figure.moments[-1]
        if each.with_means:
            for moment in each.figure.moments:
                yield {(*row, moment): 1 for row in rows}
        else:
            yield {(*row, second): 1 for row in rows} | {(*row, first): -1 for row in rows}


def who_answered(event: Held, figure: Figure, today: date) -> list[int]:
    """The people whose answers make a figure so far."""
    in_time = (one for one in event.told if one.on <= today)
    return [one.person for one in in_time if one.moments.issuperset(figure.moments)]


def owners(vectors: Iterable[Vector]) -> dict[Hashable, int]:
    return {each: each[1] for vector in vectors for each in vector}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(events_held(), min_size=1, max_size=6),
    st.lists(st.integers(0, 420), min_size=1, max_size=5),
)
def test_no_sum_or_difference_of_any_pages_on_any_days_is_about_fewer_than_five_people(
    year: list[Held], days: list[int]
) -> None:
    found = [vector for day in [*days, 460] for vector in vectors(year, YEAR[0] + day * DAY)]
    assert given_away(found, owners(found)) == set()


def test_the_attacker_finds_what_pages_by_agency_gave_away() -> None:
    """Eight with an agency, seven without it: the figures that this rule replaced."""
    everybody = {(1, person, Moment.AFTER): 1 for person in range(8)}
    without = {key: 1 for key in everybody if key[1] != 7}
    assert given_away([everybody, without], owners([everybody])) == {7}


def test_the_attacker_finds_what_two_means_of_one_moment_gave_away() -> None:
    """Nine rated afterwards, eight of them before as well: the ninth is the difference."""
    rows = [(1, person) for person in range(9)]
    afterwards = {(*row, Moment.AFTER): 1 for row in rows}
    paired = {(*row, Moment.AFTER): 1 for row in rows[:8]}
    before = {(*row, Moment.BEFORE): 1 for row in rows[:8]}
    assert given_away([afterwards, paired, before], owners([afterwards, before])) == {8}
