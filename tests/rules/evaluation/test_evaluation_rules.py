"""When people are asked, what their answers say, and what a certificate takes."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.rules.answers import AnswerRule, answer_problem
from evaluation.rules.certificate import (
    ALPHABET,
    LENGTH,
    CertificateStanding,
    Learner,
    Withdrawal,
    certificate_code,
    certificate_reasons,
    certificate_standing,
    follows_by_itself,
    normalised,
    spaced,
    withdrawal_sentence,
)
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
from partnerships.rules.reasons import codes
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


@pytest.mark.parametrize(
    ("learner", "needed", "expected"),
    [
        pytest.param(Learner(True, True, True), True, set(), id="all done"),
        pytest.param(Learner(True, True, False), True, {"evaluation_missing"}, id="form first"),
        pytest.param(Learner(True, True, False), False, set(), id="form not asked for"),
        pytest.param(Learner(True, False, True), True, {"attendance_incomplete"}, id="in part"),
        pytest.param(
            Learner(True, True, True, frozenset("한")), True, {"unprintable"}, id="letters"
        ),
        pytest.param(Learner(False, True, True), True, {"event_not_over"}, id="too early"),
    ],
)
def test_when_a_certificate_is_due(learner: Learner, needed: bool, expected: set[str]) -> None:
    assert codes(certificate_reasons(learner, evaluation_needed=needed)) == expected


@pytest.mark.parametrize(
    ("withdrawn", "closed", "earns", "expected"),
    [
        pytest.param(False, True, True, CertificateStanding.VALID, id="as it was"),
        pytest.param(False, False, True, CertificateStanding.BEING_CHECKED, id="register open"),
        pytest.param(False, False, False, CertificateStanding.BEING_CHECKED, id="open, no marks"),
        pytest.param(False, True, False, CertificateStanding.BEING_CHECKED, id="not swept yet"),
        pytest.param(True, True, True, CertificateStanding.WITHDRAWN, id="withdrawn for good"),
        pytest.param(True, False, False, CertificateStanding.WITHDRAWN, id="withdrawn before"),
    ],
)
def test_what_may_be_said_of_a_certificate(
    withdrawn: bool, closed: bool, earns: bool, expected: CertificateStanding
) -> None:
    found = certificate_standing(
        is_withdrawn=withdrawn, register_is_closed=closed, attendance_earns=earns
    )
    assert found is expected


@pytest.mark.parametrize(
    ("withdrawals", "follows"),
    [
        ([], True),
        ([Withdrawal.ATTENDANCE, Withdrawal.ATTENDANCE], True),
        ([Withdrawal.REPLACED], True),
        ([Withdrawal.DECIDED], False),
        ([Withdrawal.DECIDED, Withdrawal.REPLACED, Withdrawal.ATTENDANCE], False),
    ],
)
def test_what_a_person_withdrew_only_a_person_issues_again(
    withdrawals: list[Withdrawal], follows: bool
) -> None:
    assert follows_by_itself(withdrawals) is follows


@pytest.mark.parametrize(
    ("withdrawal", "reason", "sentence"),
    [
        (
            Withdrawal.ATTENDANCE,
            "",
            "Withdrawn on 2 March 2026: the register was corrected and no longer shows attendance at the whole event.",
        ),
        (
            Withdrawal.REPLACED,
            "Wrong name.",
            "Withdrawn on 2 March 2026: it was replaced by another certificate. Reason: Wrong name.",
        ),
        (Withdrawal.DECIDED, "", "Withdrawn on 2 March 2026 by the training team."),
    ],
)
def test_what_became_of_a_certificate_in_words(
    withdrawal: Withdrawal, reason: str, sentence: str
) -> None:
    assert withdrawal_sentence(withdrawal, SENT, reason) == sentence


def test_codes_have_no_lookalikes() -> None:
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_code_comes_from_the_bytes_given() -> None:
    made = {certificate_code(bytes(15) + bytes([last])) for last in range(256)}
    assert len(made) == 256
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in made)


def test_too_few_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        certificate_code(bytes(15))


def test_a_code_printed_and_typed_back() -> None:
    code = certificate_code(bytes(range(16)))
    assert len(spaced(code)) == LENGTH + 2
    assert normalised(f" {spaced(code).lower()} ") == code


@pytest.mark.parametrize("typed", ["", "ACDE", "ACDE-FGHJ-KMN0", "ACDE-FGHJ-KMNPQ"])
def test_what_can_be_no_code(typed: str) -> None:
    assert normalised(typed) == ""


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
        (SCALE, "", "Choose an answer."),
        (PICK, "yes", None),
        (PICK, "maybe", "Choose one of the answers listed."),
        (PICK, "", None),
        (WRITE, " ", "Write an answer."),
        (WRITE, "0123456789", None),
        (WRITE, "0123456789ab", "Your answer is 2 characters too long."),
    ],
)
def test_answers(question: AnswerRule, answer: str, problem: str | None) -> None:
    assert answer_problem(question, answer) == problem
