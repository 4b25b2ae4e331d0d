"""Standing and pathways."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from competencies.rules.pathway import Step, progress
from competencies.rules.standing import (
    Completion,
    RequirementRule,
    RequirementStanding,
    highest_rungs,
    position_of,
    positions,
    strictest,
    worst,
)

TODAY = date(2026, 3, 10)
REFRESH = RequirementRule("refresh", "Safeguarding", frozenset({"general", "dsl"}), months=36)
DSL = RequirementRule("dsl", "Lead training", frozenset({"dsl"}), months=24)
UPDATE = RequirementRule("update", "Knowledge update", frozenset({"briefing"}), months=12)
INDUCTION = RequirementRule("induction", "Induction", frozenset({"welcome"}))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 11, 29), RequirementStanding.CURRENT, id="92 days before"),
        pytest.param(date(2026, 11, 30), RequirementStanding.DUE_SOON, id="90 days before"),
        pytest.param(date(2027, 2, 28), RequirementStanding.DUE_SOON, id="W36 the due date itself"),
        pytest.param(date(2027, 3, 1), RequirementStanding.OVERDUE, id="the day after"),
        pytest.param(date(2024, 2, 28), RequirementStanding.NEVER, id="before it happened"),
    ],
)
def test_w36_three_years_from_a_leap_day(today: date, expected: RequirementStanding) -> None:
    found = position_of(REFRESH, [Completion("general", date(2024, 2, 29))], today)
    assert found.standing is expected
    assert found.due_on == (None if expected is RequirementStanding.NEVER else date(2027, 2, 28))


def test_w37_two_requirements_stand_apart() -> None:
    records = [
        Completion("dsl", date(2024, 7, 14)),
        Completion("briefing", date(2024, 8, 30)),
        Completion("general", date(2026, 3, 1)),
    ]
    lead, update = positions([DSL, UPDATE], records, TODAY)
    assert (lead.standing, lead.due_on) == (RequirementStanding.CURRENT, date(2026, 7, 14))
    assert (update.standing, update.due_on) == (RequirementStanding.OVERDUE, date(2025, 8, 30))
    assert worst([lead, update]) is RequirementStanding.OVERDUE


def level(rung: int) -> RequirementRule:
    return RequirementRule(
        f"L{rung}", f"Level {rung}", frozenset({f"l{rung}"}), 36, ladder="health", rung=rung
    )


def test_w39_only_the_highest_level_is_kept_current() -> None:
    records = [
        *(Completion("l1", date(2018, 1, 1)), Completion("l2", date(2019, 1, 1))),
        Completion("l3", date(2025, 6, 1)),
    ]
    found = positions([level(1), level(2), level(3)], records, TODAY)
    assert [one.requirement.code for one in found] == ["L3"]
    assert worst(found) is RequirementStanding.CURRENT


def test_what_is_on_no_ladder_stays_beside_it() -> None:
    found = positions([level(1), level(2), UPDATE, INDUCTION], [], TODAY)
    assert [one.requirement.code for one in found] == ["L2", "induction", "update"]


def test_only_mapped_courses_renew() -> None:
    records = [Completion("dsl", date(2020, 1, 1)), Completion("general", date(2026, 3, 1))]
    assert position_of(DSL, records, TODAY).standing is RequirementStanding.OVERDUE
    assert position_of(REFRESH, records, TODAY).standing is RequirementStanding.CURRENT


def test_the_strictest_wins_in_any_order() -> None:
    variants = [
        REFRESH,
        replace(REFRESH, months=24),
        replace(REFRESH, months=24, minutes=360),
        replace(REFRESH, months=24, minutes=360, participatory_percent=50),
        replace(REFRESH, months=None),
    ]
    for order in permutations(variants):
        assert strictest(order) == (variants[3],)


def test_a_shorter_interval_is_stricter_than_more_hours() -> None:
    yearly, hours = replace(REFRESH, months=12), replace(REFRESH, months=None, minutes=720)
    assert strictest([hours, yearly]) == strictest([yearly, hours]) == (yearly,)


def test_the_highest_level_counts_in_any_order() -> None:
    for order in permutations([level(1), level(2), level(3)]):
        assert highest_rungs(order) == (level(3),)


def test_once_is_enough_without_an_interval() -> None:
    found = position_of(INDUCTION, [Completion("welcome", date(2001, 1, 1))], TODAY)
    assert (found.standing, found.due_on) == (RequirementStanding.CURRENT, None)
    assert found.last_on == date(2001, 1, 1)


HOURS = replace(REFRESH, minutes=720, participatory_percent=50)


@pytest.mark.parametrize(
    ("records", "standing", "due_on"),
    [
        pytest.param([], RequirementStanding.NEVER, None, id="nothing"),
        pytest.param([(2025, 360, True)], RequirementStanding.NEVER, None, id="half the hours"),
        pytest.param(
            [(2025, 360, True), (2024, 360, False)],
            *(RequirementStanding.CURRENT, date(2027, 1, 10)),
            id="enough, half of it together",
        ),
        pytest.param(
            [(2025, 360, False), (2024, 360, False)],
            RequirementStanding.NEVER,
            None,
            id="none together",
        ),
        pytest.param(
            [(2026, 720, False), (2022, 360, True)],
            *(RequirementStanding.OVERDUE, date(2025, 1, 10)),
            id="what was together has aged out",
        ),
        pytest.param(
            [(2025, 720, True), (2022, 720, True)],
            *(RequirementStanding.CURRENT, date(2028, 1, 10)),
            id="older learning is not needed",
        ),
        pytest.param(
            [(2025, 359, True), (2024, 361, False)],
            *(RequirementStanding.NEVER, None),
            id="a minute too little together",
        ),
        pytest.param(
            [(2025, 360, True), (2024, 359, False)],
            *(RequirementStanding.NEVER, None),
            id="a minute too little",
        ),
    ],
)
def test_hours_with_a_participatory_share(
    records: list[tuple[int, int, bool]], standing: RequirementStanding, due_on: date | None
) -> None:
    completions = [
        Completion("general", date(year, 1, 10), minutes, participatory=together)
        for year, minutes, together in records
    ]
    for order in permutations(completions):
        found = position_of(HOURS, order, TODAY)
        assert (found.standing, found.due_on) == (standing, due_on)


@pytest.mark.parametrize(
    ("requirement", "completed", "sentence"),
    [
        (REFRESH, date(2025, 1, 1), "Safeguarding is due by 1 January 2028."),
        (REFRESH, date(2020, 1, 1), "Safeguarding was due by 1 January 2023."),
        (INDUCTION, date(2020, 1, 1), "Induction is complete and needs no renewal."),
        (REFRESH, None, "Safeguarding is not complete yet."),
    ],
)
def test_standing_in_words(
    requirement: RequirementRule, completed: date | None, sentence: str
) -> None:
    course = min(requirement.courses)
    records = [Completion(course, completed)] if completed else []
    assert position_of(requirement, records, TODAY).sentence == sentence


@pytest.mark.parametrize(
    ("completed", "standing"),
    [
        pytest.param(TODAY, RequirementStanding.CURRENT, id="today counts"),
        pytest.param(date(2026, 3, 11), RequirementStanding.NEVER, id="tomorrow does not yet"),
    ],
)
def test_learning_counts_from_its_day_on(completed: date, standing: RequirementStanding) -> None:
    assert position_of(REFRESH, [Completion("dsl", completed)], TODAY).standing is standing


@pytest.mark.parametrize(
    ("minutes", "last_on"),
    [
        pytest.param(800, date(2025, 1, 10), id="complete"),
        pytest.param(30, date(2025, 1, 10), id="not enough yet"),
        pytest.param(None, None, id="none at all"),
    ],
)
def test_the_last_learning_is_shown_whether_or_not_it_was_enough(
    minutes: int | None, last_on: date | None
) -> None:
    day = date(2025, 1, 10)
    records = [] if minutes is None else [Completion("dsl", day, minutes)]
    assert position_of(HOURS, records, TODAY).last_on == last_on


def test_a_partnership_may_warn_later() -> None:
    records = [Completion("briefing", date(2025, 4, 10))]  # good until 10 April 2026, in 31 days
    soon, not_yet = (positions([UPDATE], records, TODAY, days)[0] for days in (31, 30))
    assert soon.standing is RequirementStanding.DUE_SOON
    assert not_yet.standing is RequirementStanding.CURRENT


def test_what_was_never_done_is_worse_than_what_is_overdue() -> None:
    records = [Completion("briefing", date(2020, 1, 1))]
    found = positions([UPDATE, INDUCTION], records, TODAY)
    assert [one.standing for one in found] == [
        RequirementStanding.NEVER,
        RequirementStanding.OVERDUE,
    ]
    assert worst(found) is worst(reversed(found)) is RequirementStanding.NEVER


def test_where_nothing_is_required_nothing_can_be_overdue() -> None:
    assert worst([]) is None


STEPS = (
    Step("intro", "Introductory training"),
    Step("recording", "Recording"),
    Step("bullying", "Bullying", optional=True),
    Step("neglect", "Neglect"),
)


@pytest.mark.parametrize(
    ("completed", "following", "left", "wording"),
    [
        (set(), "intro", 3, "0.0% (0 of 3)"),
        ({"intro"}, "recording", 2, "33.3% (1 of 3)"),
        ({"neglect", "bullying"}, "intro", 2, "33.3% (1 of 3)"),
        ({"intro", "recording", "neglect"}, None, 0, "100.0% (3 of 3)"),
    ],
)
def test_a_pathway_shows_the_next_step(
    completed: set[str], following: str | None, left: int, wording: str
) -> None:
    found = progress(STEPS, completed, date(2024, 2, 29), date(2026, 2, 28))
    assert (found.next.course if found.next else None) == following
    assert len(found.remaining) == left
    assert found.rate.wording == wording
    assert {step.course for step in found.done} == completed
    assert {step.course for step in found.optional} == {"bullying"} - completed
    assert found.finished is (left == 0)
    assert found.finish_by == date(2026, 2, 28)
    assert not found.late


def test_two_years_are_over() -> None:
    day = date(2026, 3, 1)
    assert progress(STEPS, set(), date(2024, 2, 29), day).late
    assert not progress(STEPS[2:3], set(), date(2024, 2, 29), day).late
