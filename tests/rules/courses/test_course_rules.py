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
from partnerships.rules.reasons import Kind, Reason, codes

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
    assert reasons == (
        Reason(
            Kind.WARNS,
            "qualification_lapsed",
            "Alex’s qualification expired on 9 March 2026.",
            "Renew it or ask another trainer.",
        ),
    )


@pytest.mark.parametrize(
    ("trainers", "rule", "too_few", "no_background"),
    [
        pytest.param(
            [FACILITATOR],
            TrainerRule(),
            "A session needs 2 trainers; this one has 1.",
            "At least 1 trainer must have a current safeguarding background.",
            id="the usual rule",
        ),
        pytest.param(
            [],
            TrainerRule(1, 2),
            "A session needs 1 trainer; this one has 0.",
            "At least 2 trainers must have a current safeguarding background.",
            id="a rule of its own",
        ),
    ],
)
def test_what_a_session_lacks_is_said_with_what_to_do(
    trainers: list[TrainerFacts], rule: TrainerRule, too_few: str, no_background: str
) -> None:
    assert staffing_reasons(trainers, rule, DAY) == (
        Reason(Kind.BLOCKS, "too_few_trainers", too_few, "Add a trainer."),
        Reason(
            Kind.BLOCKS,
            "no_safeguarding_background",
            no_background,
            "Add a trainer who works in safeguarding.",
        ),
    )


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


@pytest.mark.parametrize(
    ("approved_on", "on", "kind", "code", "sentence"),
    [
        (None, DAY, Kind.BLOCKS, "not_approved", "This programme is not approved yet."),
        (
            *(date(2025, 9, 1), date(2027, 8, 31), Kind.WARNS, "approval_ending"),
            "The approval lapses on 1 September 2027.",
        ),
        (
            *(date(2025, 9, 1), date(2027, 9, 2), Kind.BLOCKS, "approval_lapsed"),
            "The approval lapsed on 1 September 2027.",
        ),
    ],
)
def test_how_an_approval_stands_in_words(
    approved_on: date | None, on: date, kind: Kind, code: str, sentence: str
) -> None:
    ask = "Ask the learning and development subgroup to approve it."
    assert approval_reasons(approved_on, on) == (Reason(kind, code, sentence, ask),)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2028, 8, 1), set(), id="a month before, which is early enough here"),
        pytest.param(date(2028, 8, 2), {"approval_ending"}, id="thirty days before"),
        pytest.param(date(2028, 9, 1), {"approval_lapsed"}, id="after three years"),
    ],
)
def test_a_partnership_may_approve_for_longer_and_be_warned_later(
    on: date, expected: set[str]
) -> None:
    assert codes(approval_reasons(date(2025, 9, 1), on, years=3, warn_days=30)) == expected


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


def test_nobody_waits_unless_that_is_said() -> None:
    assert places_wording(0, waiting_list=True) == "Full, waiting list open"


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
