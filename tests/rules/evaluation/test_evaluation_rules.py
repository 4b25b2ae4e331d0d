"""When people are asked, and what their answers say."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.rules.answers import AnswerRule, answer_problem
from evaluation.rules.findings import (
    AFTERWARDS,
    CHANGED,
    CHANGED_AS_REMEMBERED,
    Figure,
    Shown,
    change_sentence,
    level_sentence,
)
from evaluation.rules.pairing import Rating, Scale, sums_of
from evaluation.rules.states import InvitationState, QuestionKind, Subscale
from evaluation.rules.statistics import Moment, PairedChange, Sums, change_of, t_quantile, total
from evaluation.rules.timing import (
    SurveyPlan,
    SurveyStep,
    closes_on,
    impact_due,
    next_step,
    send_on,
)
from partnerships.rules.working_days import WorkingCalendar

PLAN = SurveyPlan()
SENT = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("last_day", "months", "due"),
    [
        pytest.param(date(2025, 11, 30), 3, date(2026, 2, 28), id="W33 three months"),
        pytest.param(date(2025, 10, 31), 4, date(2026, 2, 28), id="W33 four months"),
        pytest.param(date(2026, 1, 14), 3, date(2026, 4, 14), id="W34 Nottinghamshire"),
        pytest.param(date(2026, 1, 14), 4, date(2026, 5, 14), id="W34 North Somerset"),
    ],
)
def test_the_impact_survey_is_due(last_day: date, months: int, due: date) -> None:
    assert impact_due(last_day, months) == due


def test_w33_working_days_only() -> None:
    saturday = date(2026, 2, 28)
    assert send_on(saturday, WorkingCalendar(), working_days_only=True) == date(2026, 3, 2)
    assert send_on(saturday, WorkingCalendar(), working_days_only=False) == saturday


@pytest.mark.parametrize(
    ("state", "reminders", "day", "expected"),
    [
        pytest.param(InvitationState.PLANNED, 0, -1, SurveyStep.WAIT, id="before it is due"),
        pytest.param(InvitationState.PLANNED, 0, 0, SurveyStep.SEND, id="due"),
        pytest.param(InvitationState.SENT, 0, 6, SurveyStep.WAIT, id="a week is not over"),
        pytest.param(InvitationState.SENT, 0, 7, SurveyStep.REMIND, id="first reminder"),
        pytest.param(InvitationState.SENT, 1, 13, SurveyStep.WAIT, id="between the two"),
        pytest.param(InvitationState.SENT, 1, 14, SurveyStep.REMIND, id="second reminder"),
        pytest.param(InvitationState.SENT, 2, 20, SurveyStep.WAIT, id="never a third"),
        pytest.param(InvitationState.SENT, 2, 28, SurveyStep.WAIT, id="the last day"),
        pytest.param(InvitationState.SENT, 2, 29, SurveyStep.CLOSE, id="closed"),
        pytest.param(InvitationState.SENT, 0, 40, SurveyStep.CLOSE, id="no reminder once closed"),
        pytest.param(InvitationState.ANSWERED, 0, 7, SurveyStep.NOTHING, id="answered"),
        pytest.param(InvitationState.WITHDRAWN, 0, 7, SurveyStep.NOTHING, id="withdrawn"),
    ],
)
def test_only_those_who_have_not_answered_are_reminded(
    state: InvitationState, reminders: int, day: int, expected: SurveyStep
) -> None:
    sent_on = None if state is InvitationState.PLANNED else SENT
    today = SENT + timedelta(days=day)
    assert next_step(state, SENT, sent_on, reminders, today, PLAN) is expected


def test_closing() -> None:
    assert closes_on(SENT, PLAN) == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("degrees", "t"),
    [(1, 12.706), (4, 2.776), (30, 2.042), (31, 2.0395), (40, 2.0211), (120, 1.9799), (9999, 1.96)],
)
def test_t(degrees: int, t: float) -> None:
    assert t_quantile(degrees) == pytest.approx(t, abs=0.0005)


@pytest.mark.parametrize(
    ("degrees", "t"), [(30, 2.042), (31, 2.0394259), (40, 2.0210348), (120, 1.9799289)]
)
def test_t_is_read_from_the_table_up_to_30_and_then_worked_out(degrees: int, t: float) -> None:
    """z + (z³ + z) / 4d + (5z⁵ + 16z³ + 3z) / 96d² with z = 1.959964, by a pocket calculator."""
    assert t_quantile(degrees) == pytest.approx(t, abs=5e-8)


def test_t_of_nothing_is_boundless() -> None:
    assert t_quantile(0) == float("inf")


def test_t_falls_without_a_step_where_the_table_ends() -> None:
    series = [t_quantile(degrees) for degrees in range(1, 60)]
    assert series == sorted(series, reverse=True)


def summed(*pairs: tuple[float, float]) -> Sums:
    """What a database makes of pairs."""
    return total([Sums(1, before, after, (after - before) ** 2) for before, after in pairs])


def test_the_paired_interval_against_a_sum_by_hand() -> None:
    # Differences 1, 1, 2, 0, 1: mean 1, standard deviation 0.7071, t 2.776, margin 0.8778.
    change = change_of(summed((2, 3), (3, 4), (2, 4), (3, 3), (1, 2)))
    assert change.mean == pytest.approx(1)
    assert change.low == pytest.approx(0.1222, abs=0.0005)
    assert change.high == pytest.approx(1.8778, abs=0.0005)
    assert change.n == 5
    assert change.before == pytest.approx(2.2)
    assert change.after == pytest.approx(3.2)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=5, max_size=60))
def test_sums_give_the_interval_that_the_pairs_give(pairs: list[tuple[float, float]]) -> None:
    change = change_of(summed(*pairs))
    differences = [after - before for before, after in pairs]
    margin = t_quantile(len(pairs) - 1) * stdev(differences) / len(pairs) ** 0.5
    assert change.mean == pytest.approx(fmean(differences), abs=1e-9)
    assert change.high - change.mean == pytest.approx(margin, abs=1e-6)
    assert change.low <= change.mean <= change.high


def test_of_nobody_there_are_no_sums() -> None:
    assert total([]) == Sums(0, 0.0, 0.0, 0.0)


def test_people_who_all_moved_alike_leave_no_doubt() -> None:
    change = change_of(summed(*[(1.1, 2.2)] * 7))
    assert (change.low, change.high) == (pytest.approx(1.1), pytest.approx(1.1))


KNOWLEDGE: Scale = (Subscale.KNOWLEDGE, 1, 5)
CONFIDENCE: Scale = (Subscale.CONFIDENCE, 1, 5)


def rated(moment: Moment, scale: Scale, key: str, *values: int) -> list[Rating]:
    """One answer each of the first people of one event."""
    return [Rating(at, 1, key, scale, moment, value) for at, value in enumerate(values)]


BEFORE = rated(Moment.BEFORE, CONFIDENCE, "q1", 3, 3, 4, 3, 2)
THEN = rated(Moment.THEN, CONFIDENCE, "q1-then", 1, 1, 1, 1, 1)
AFTER = rated(Moment.AFTER, CONFIDENCE, "q1", 4, 4, 4, 4, 4)
KNOWN = rated(Moment.BEFORE, KNOWLEDGE, "q2", 4, 4, 4, 4, 4)
FORGOTTEN = rated(Moment.AFTER, KNOWLEDGE, "q2", 3, 3, 4, 3, 3)
ALL = [*BEFORE, *THEN, *AFTER, *KNOWN, *FORGOTTEN]


def changed(ratings: list[Rating], scale: Scale, figure: Figure) -> PairedChange:
    return change_of(sums_of(ratings)[1, scale, figure])


def test_remembered_ratings_never_mix_with_true_ones() -> None:
    assert changed(ALL, CONFIDENCE, CHANGED).mean == pytest.approx(1)
    assert changed(ALL, CONFIDENCE, CHANGED_AS_REMEMBERED).mean == pytest.approx(3)


def test_subscales_stay_apart_and_a_fall_is_a_fall() -> None:
    assert {scale for _, scale, _ in sums_of(ALL)} == {KNOWLEDGE, CONFIDENCE}
    assert changed(ALL, KNOWLEDGE, CHANGED).mean == pytest.approx(-0.8)


def test_scales_of_different_length_stay_apart() -> None:
    long: Scale = (Subscale.KNOWLEDGE, 0, 10)
    found = sums_of([*KNOWN, *rated(Moment.AFTER, long, "q2", 9, 9, 9, 9, 9)])
    assert not [figure for _, _, figure in found if figure == CHANGED]


def test_only_questions_answered_twice_count_for_a_change() -> None:
    extra = rated(Moment.AFTER, CONFIDENCE, "asked only afterwards", 1, 1, 1, 1, 1)
    assert changed([*ALL, *extra], CONFIDENCE, CHANGED) == changed(ALL, CONFIDENCE, CHANGED)
    level = sums_of([*ALL, *extra])[1, CONFIDENCE, AFTERWARDS]
    assert level.first / level.n == pytest.approx(2.5)


def test_a_person_counts_once_however_many_questions() -> None:
    more = rated(Moment.BEFORE, CONFIDENCE, "q3", 1, 1, 1, 1, 1)
    more += rated(Moment.AFTER, CONFIDENCE, "q3", 5, 5, 5, 5, 5)
    change = changed([*ALL, *more], CONFIDENCE, CHANGED)
    assert change.n == 5
    assert change.mean == pytest.approx(2.5)


def test_a_person_adds_both_means_and_the_square_of_the_difference() -> None:
    ratings = [
        *(Rating(1, 1, "q1", CONFIDENCE, Moment.BEFORE, 1), Rating(1, 1, "q1", CONFIDENCE, Moment.AFTER, 4)),
        *(Rating(1, 1, "q2", CONFIDENCE, Moment.BEFORE, 2), Rating(1, 1, "q2", CONFIDENCE, Moment.AFTER, 5)),
        *(Rating(2, 1, "q1", CONFIDENCE, Moment.BEFORE, 5), Rating(2, 1, "q1", CONFIDENCE, Moment.AFTER, 4)),
    ]  # fmt: skip
    # 1.5 to 4.5 and 5 to 4: differences 3 and -1, squares 9 and 1.
    assert sums_of(ratings)[1, CONFIDENCE, CHANGED] == Sums(2, 6.5, 8.5, 10.0)


def test_events_are_added_up_apart() -> None:
    elsewhere = [replace(one, event=2) for one in AFTER]
    assert not [key for key in sums_of([*BEFORE, *elsewhere]) if key[2] == CHANGED]


@pytest.mark.parametrize(
    ("mean", "low", "high", "says"),
    [
        (-0.4, -0.6, -0.2, "Knowledge fell by 0.4 (95% interval −0.6 to −0.2), from 3.4 to 3.0"),
        (0.4, 0.2, 0.6, "Knowledge rose by 0.4 (95% interval 0.2 to 0.6)"),
        (0.2, -0.1, 0.5, "Knowledge rose by 0.2, which may be chance (95% interval −0.1 to 0.5)"),
        (0.0, -0.2, 0.2, "Knowledge did not change (95% interval −0.2 to 0.2)"),
        (0.04, 0.01, 0.07, "Knowledge rose by less than 0.1 (95% interval 0.0 to 0.1)"),
        (0.2, 0.0, 0.4, "Knowledge rose by 0.2, which may be chance (95% interval 0.0 to 0.4)"),
        (-0.2, -0.4, 0.0, "Knowledge fell by 0.2, which may be chance (95% interval −0.4 to 0.0)"),
        (-0.1, -0.2, -0.04, "Knowledge fell by 0.1 (95% interval −0.2 to 0.0)"),
    ],
)
def test_changes_in_words(mean: float, low: float, high: float, says: str) -> None:
    change = PairedChange(31, 3.4, 3.4 + mean, low, high)
    sentence = change_sentence("Knowledge", change, Shown(CHANGED, with_means=True))
    assert sentence.startswith(says)
    assert sentence.endswith("; n = 31, before the event and after the event.")


def test_a_level_in_words() -> None:
    afterwards = Shown(AFTERWARDS, with_means=True)
    assert level_sentence("Satisfaction", 1200, 4.26, afterwards) == (
        "Satisfaction was rated 4.3 on average after the event; n = 1,200."
    )
    assert level_sentence("Satisfaction", 9, 4, afterwards, left_out=2) == (
        "Satisfaction was rated 4.0 on average after the event; n = 9 (2 more not counted)."
    )


def test_a_change_without_its_means_names_neither() -> None:
    change = PairedChange(12, 3.4, 3.0, -0.6, -0.2)
    shown = Shown(CHANGED_AS_REMEMBERED, with_means=False)
    assert change_sentence("Knowledge", change, shown, left_out=3) == (
        "Knowledge fell by 0.4 (95% interval −0.6 to −0.2); "
        "n = 12 (3 more not counted), before (as remembered afterwards) and after the event."
    )


SCALE = AnswerRule(QuestionKind.SCALE, required=True)
PICK = AnswerRule(QuestionKind.CHOICE, choices=("yes", "no"))
WRITE = AnswerRule(QuestionKind.TEXT, required=True, longest=10)


@pytest.mark.parametrize(
    ("question", "answer", "problem"),
    [
        (SCALE, "5", None),
        (SCALE, " 1 ", None),
        (SCALE, "6", "Choose a number from 1 to 5."),
        (SCALE, "0", "Choose a number from 1 to 5."),
        (SCALE, "-1", "Choose a number from 1 to 5."),
        (SCALE, "3.5", "Choose a number from 1 to 5."),
        (SCALE, "٣", "Choose a number from 1 to 5."),
        (SCALE, "9" * 5000, "Choose a number from 1 to 5."),
        (SCALE, "005", None),
        (SCALE, "0005", "Choose a number from 1 to 5."),
        (SCALE, "", "Choose an answer."),
        (PICK, "yes", None),
        (PICK, "maybe", "Choose one of the answers listed."),
        (PICK, "", None),
        (WRITE, " ", "Write an answer."),
        (WRITE, "0123456789", None),
        (WRITE, "0123456789a", "Your answer is 1 character too long."),
        (WRITE, "0123456789ab", "Your answer is 2 characters too long."),
        (WRITE, "x" * 1244, "Your answer is 1,234 characters too long."),
    ],
)
def test_answers(question: AnswerRule, answer: str, problem: str | None) -> None:
    assert answer_problem(question, answer) == problem
