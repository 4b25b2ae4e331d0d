"""Trainers, programme approval, catalogue words and renewal."""

from datetime import date

import pytest

from courses.rules.catalogue import DurationClass, duration_class, duration_wording, places_wording
from courses.rules.programmes import approval_reasons, lapses_on
from courses.rules.records import renewal_due
from courses.rules.states import IS_PUBLIC, EventState
from courses.rules.trainers import TrainerFacts, TrainerRule, staffing_reasons
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
    assert reasons[0].sentence == "Alex’s qualification ran out on 9 March 2026."


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


def test_renewal() -> None:
    assert renewal_due(date(2024, 2, 29), 36) == date(2027, 2, 28)  # W36
    assert renewal_due(date(2024, 2, 29), None) is None


def test_drafts_are_hidden() -> None:
    assert frozenset(EventState) - {EventState.DRAFT} == IS_PUBLIC
