"""Trainers, programme approval and the words of the catalogue."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.rules.catalogue import (
    DurationClass,
    EventStanding,
    duration_class,
    duration_wording,
    event_standing,
    places_wording,
)
from courses.rules.programmes import approval_reasons, lapses_on
from courses.rules.states import IS_PUBLIC, EventState
from courses.rules.trainers import TrainerFacts, TrainerRule, staffing_reasons
from courses.rules.when import when_wording
from partnerships.rules.reasons import blocks, codes

DAY = date(2026, 3, 10)
PRACTITIONER = TrainerFacts("Robin", safeguarding_background=True)
FACILITATOR = TrainerFacts("Sam", safeguarding_background=False)
LAPSED = TrainerFacts("Alex", True, qualified_until=date(2026, 3, 9))
LAST_DAY = TrainerFacts("Kim", True, qualified_until=DAY)


@pytest.mark.parametrize(
    ("trainers", "expected"),
    [
        pytest.param([PRACTITIONER, FACILITATOR], set(), id="two, one from practice"),
        pytest.param([PRACTITIONER], {"too_few_trainers"}, id="W51 one trainer"),
        pytest.param([FACILITATOR, FACILITATOR], {"no_safeguarding_background"}, id="none"),
        pytest.param([], {"too_few_trainers", "no_safeguarding_background"}, id="nobody"),
        pytest.param(
            [FACILITATOR, LAPSED],
            {"qualification_lapsed", "too_few_trainers", "no_safeguarding_background"},
            id="a lapsed trainer is absent",
        ),
        pytest.param([FACILITATOR, LAST_DAY], set(), id="the last day still counts"),
    ],
)
def test_the_two_trainer_rule(trainers: list[TrainerFacts], expected: set[str]) -> None:
    assert codes(staffing_reasons(trainers, TrainerRule(), DAY)) == expected


def test_a_lapsed_extra_trainer_only_warns() -> None:
    reasons = staffing_reasons([PRACTITIONER, FACILITATOR, LAPSED], TrainerRule(), DAY)
    assert not blocks(reasons)
    assert reasons[0].sentence == "Alex’s qualification expired on 9 March 2026."


def test_a_partnership_may_ask_for_less() -> None:
    assert staffing_reasons([FACILITATOR], TrainerRule(1, 0), DAY) == ()


def test_w51_an_approval_lasts_two_years() -> None:
    assert lapses_on(date(2025, 9, 1)) == date(2027, 9, 1)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2025, 8, 31), {"not_approved"}, id="before it starts"),
        pytest.param(date(2025, 9, 1), set(), id="first day"),
        pytest.param(date(2027, 6, 3), {"approval_ending"}, id="90 days before"),
        pytest.param(date(2027, 6, 2), set(), id="91 days before"),
        pytest.param(date(2027, 8, 31), {"approval_ending"}, id="last day"),
        pytest.param(date(2027, 9, 1), {"approval_lapsed"}, id="W51 lapsed"),
    ],
)
def test_an_approval_over_time(on: date, expected: set[str]) -> None:
    assert codes(approval_reasons(date(2025, 9, 1), on)) == expected


def test_a_programme_never_approved() -> None:
    assert blocks(approval_reasons(None, DAY))


@pytest.mark.parametrize(
    ("left", "waiting_list", "waiting", "words"),
    [
        (12, True, 0, "12 places left"),
        (1, False, 0, "1 place left"),
        (0, False, 0, "Full"),
        (0, True, 0, "Full, waiting list open"),
        (0, True, 1, "Full, 1 person on the waiting list"),
        (-2, True, 3, "Full, 3 people on the waiting list"),
    ],
)
def test_places_in_words(left: int, waiting_list: bool, waiting: int, words: str) -> None:
    assert places_wording(left, waiting_list=waiting_list, waiting=waiting) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (390, "6 hours 30 minutes"),
    ],
)
def test_lengths_in_words(minutes: int, words: str) -> None:
    assert duration_wording(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (119, DurationClass.SHORT),
        (120, DurationClass.HALF_DAY),
        (240, DurationClass.HALF_DAY),
        (241, DurationClass.DAY),
    ],
)
def test_exactly_four_hours_is_a_half_day(minutes: int, expected: DurationClass) -> None:
    assert duration_class(minutes) is expected


def test_a_tenant_may_draw_the_line_elsewhere() -> None:
    assert duration_class(240, half_day_up_to=180) is DurationClass.DAY


def test_drafts_are_hidden() -> None:
    assert frozenset(EventState) - {EventState.DRAFT} == IS_PUBLIC


STARTS = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=7)
CLOSES = STARTS - timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("state", "now", "left", "expected"),
    [
        pytest.param(
            EventState.DRAFT, ENDS + INSTANT, 0, EventStanding.DRAFT, id="a draft first of all"
        ),
        pytest.param(EventState.CANCELLED, STARTS, 3, EventStanding.CANCELLED, id="cancelled"),
        pytest.param(EventState.COMPLETED, CLOSES, 3, EventStanding.OVER, id="register closed"),
        pytest.param(
            EventState.PUBLISHED, ENDS + INSTANT, 3, EventStanding.OVER, id="after its end"
        ),
        pytest.param(EventState.PUBLISHED, ENDS, 3, EventStanding.UNDER_WAY, id="its last instant"),
        pytest.param(
            EventState.PUBLISHED, STARTS + INSTANT, 0, EventStanding.UNDER_WAY, id="begun"
        ),
        pytest.param(EventState.PUBLISHED, STARTS, 3, EventStanding.CLOSED, id="the first instant"),
        pytest.param(EventState.PUBLISHED, CLOSES + INSTANT, 0, EventStanding.CLOSED, id="closed"),
        pytest.param(
            EventState.PUBLISHED, CLOSES, 1, EventStanding.OPEN, id="the last instant to book"
        ),
        pytest.param(EventState.PUBLISHED, CLOSES, 0, EventStanding.FULL, id="full"),
        pytest.param(EventState.PUBLISHED, CLOSES, -1, EventStanding.FULL, id="more than full"),
    ],
)
def test_what_can_be_done_about_an_event(
    state: EventState, now: datetime, left: int, expected: EventStanding
) -> None:
    assert event_standing(state, (STARTS, ENDS), CLOSES, left, now) is expected


def test_an_event_stands_the_same_whatever_zone_its_times_are_written_in() -> None:
    times = tuple(one.astimezone(ZoneInfo("Asia/Tokyo")) for one in (STARTS, ENDS))
    found = event_standing(EventState.PUBLISHED, (times[0], times[1]), CLOSES, 1, STARTS + INSTANT)
    assert found is EventStanding.UNDER_WAY


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        (STARTS, ENDS, "Thursday 12 March 2026, 9:30am to 4:30pm"),
        (
            datetime(2026, 3, 28, 9, 30, tzinfo=UTC),
            datetime(2026, 3, 29, 15, 30, tzinfo=UTC),
            "Saturday 28 March 2026, 9:30am to Sunday 29 March 2026, 4:30pm",
        ),
        (
            datetime(2026, 7, 1, 23, 30, tzinfo=UTC),
            datetime(2026, 7, 2, 1, 0, tzinfo=UTC),
            "Thursday 2 July 2026, 12:30am to 2am",
        ),
    ],
)
def test_when_in_words_is_told_by_the_clock_on_the_wall(
    starts_at: datetime, ends_at: datetime, words: str
) -> None:
    assert when_wording([(starts_at, ends_at)], ZoneInfo("Europe/London")) == words
