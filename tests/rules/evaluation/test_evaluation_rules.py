"""When people are asked, what their answers say, and what a certificate takes."""

from datetime import date, timedelta

import pytest

from evaluation.rules.answers import Question, answer_problem
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
from evaluation.rules.findings import change_sentence
from evaluation.rules.states import InvitationState, QuestionKind, Subscale
from evaluation.rules.statistics import (
    Change,
    Moment,
    Rating,
    Summary,
    changes,
    paired_change,
    summarise,
    t_quantile,
)
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


def test_small_groups_are_hidden() -> None:
    assert summarise([4, 5, 4, 5], asked=9) == Summary(4, 9, None, hidden=True)
    assert summarise([4, 5, 4, 5, 2], asked=9) == Summary(5, 9, 4.0, hidden=False)
    assert paired_change([(1, 2)] * 4) == Change(4, *(None,) * 5, hidden=True)


def test_the_paired_interval_against_a_sum_by_hand() -> None:
    # Differences 1, 1, 2, 0, 1: mean 1, standard deviation 0.7071, t 2.776, margin 0.8778.
    change = paired_change([(2, 3), (3, 4), (2, 4), (3, 3), (1, 2)])
    assert change.mean == pytest.approx(1)
    assert change.low == pytest.approx(0.1222, abs=0.0005)
    assert change.high == pytest.approx(1.8778, abs=0.0005)
    assert change.n == 5
    assert change.before == pytest.approx(2.2)
    assert change.after == pytest.approx(3.2)


def rated(moment: Moment, values: list[float], subscale: Subscale, question: str) -> list[Rating]:
    return [
        Rating(f"person {at}", question, subscale, moment, value) for at, value in enumerate(values)
    ]


BEFORE = rated(Moment.BEFORE, [3, 3, 4, 3, 2], Subscale.CONFIDENCE, "q1")
THEN = rated(Moment.THEN, [1, 1, 1, 1, 1], Subscale.CONFIDENCE, "q1")
AFTER = rated(Moment.AFTER, [4, 4, 4, 4, 4], Subscale.CONFIDENCE, "q1")
KNOWN = rated(Moment.BEFORE, [4, 4, 4, 4, 4], Subscale.KNOWLEDGE, "q2")
FORGOTTEN = rated(Moment.AFTER, [3, 3, 4, 3, 3], Subscale.KNOWLEDGE, "q2")
ALL = [*BEFORE, *THEN, *AFTER, *KNOWN, *FORGOTTEN]


def test_remembered_ratings_never_mix_with_true_ones() -> None:
    true = dict(changes(ALL, Moment.BEFORE, Moment.AFTER))[Subscale.CONFIDENCE]
    remembered = dict(changes(ALL, Moment.THEN, Moment.AFTER))[Subscale.CONFIDENCE]
    assert true.mean == pytest.approx(1)
    assert remembered.mean == pytest.approx(3)


def test_subscales_stay_apart_and_a_fall_is_a_fall() -> None:
    found = dict(changes(ALL, Moment.BEFORE, Moment.AFTER))
    assert set(found) == {Subscale.KNOWLEDGE, Subscale.CONFIDENCE}
    assert found[Subscale.KNOWLEDGE].mean == pytest.approx(-0.8)


def test_only_questions_answered_twice_count() -> None:
    extra = rated(Moment.AFTER, [1, 1, 1, 1, 1], Subscale.CONFIDENCE, "asked only afterwards")
    with_extra = dict(changes([*ALL, *extra], Moment.BEFORE, Moment.AFTER))
    assert with_extra == dict(changes(ALL, Moment.BEFORE, Moment.AFTER))


def test_a_person_counts_once_however_many_questions() -> None:
    more = rated(Moment.BEFORE, [1, 1, 1, 1, 1], Subscale.CONFIDENCE, "q3")
    more += rated(Moment.AFTER, [5, 5, 5, 5, 5], Subscale.CONFIDENCE, "q3")
    change = dict(changes([*ALL, *more], Moment.BEFORE, Moment.AFTER))[Subscale.CONFIDENCE]
    assert change.n == 5
    assert change.mean == pytest.approx(2.5)


def test_one_moment_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="different"):
        changes(ALL, Moment.AFTER, Moment.AFTER)


@pytest.mark.parametrize(
    ("mean", "low", "high", "says"),
    [
        (-0.4, -0.6, -0.2, "Knowledge fell by 0.4 (95% interval −0.6 to −0.2)"),
        (0.4, 0.2, 0.6, "Knowledge rose by 0.4 (95% interval 0.2 to 0.6)"),
        (0.2, -0.1, 0.5, "Knowledge rose by 0.2, which may be chance (95% interval −0.1 to 0.5)"),
        (0.0, -0.2, 0.2, "Knowledge did not change (95% interval −0.2 to 0.2)"),
        (0.04, 0.01, 0.07, "Knowledge rose by less than 0.1 (95% interval 0.0 to 0.1)"),
        (-0.1, -0.2, -0.04, "Knowledge fell by 0.1 (95% interval −0.2 to 0.0)"),
    ],
)
def test_changes_in_words(mean: float, low: float, high: float, says: str) -> None:
    change = Change(31, 3.4, 3.4 + mean, mean, low, high, hidden=False)
    sentence = change_sentence("Knowledge", change, Moment.BEFORE)
    assert sentence.startswith(says)
    assert sentence.endswith("; n = 31, the first rated before the event.")


def test_a_hidden_change_shows_no_figures() -> None:
    hidden = paired_change([])
    assert change_sentence("Knowledge", hidden, Moment.THEN) == (
        "Knowledge: fewer than 5 answers, so no figures are shown."
    )


@pytest.mark.parametrize(
    ("learner", "needed", "expected"),
    [
        pytest.param(Learner(True, True, True), True, set(), id="all done"),
        pytest.param(Learner(True, True, False), True, {"evaluation_missing"}, id="form first"),
        pytest.param(Learner(True, True, False), False, set(), id="form not asked for"),
        pytest.param(Learner(True, False, True), True, {"attendance_incomplete"}, id="in part"),
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
    ("withdrawal", "sentence"),
    [
        (
            Withdrawal.ATTENDANCE,
            "Withdrawn on 2 March 2026: the register was corrected and no longer shows attendance at the whole event.",
        ),
        (
            Withdrawal.REPLACED,
            "Withdrawn on 2 March 2026: another certificate took its place. Reason: Wrong name.",
        ),
        (
            Withdrawal.DECIDED,
            "Withdrawn on 2 March 2026 by the training team. Reason: Wrong name.",
        ),
    ],
)
def test_why_it_was_withdrawn_in_words(withdrawal: Withdrawal, sentence: str) -> None:
    assert withdrawal_sentence(withdrawal, SENT, "Wrong name.") == sentence


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


SCALE = Question(QuestionKind.SCALE, required=True)
PICK = Question(QuestionKind.CHOICE, choices=("yes", "no"))
WRITE = Question(QuestionKind.TEXT, required=True, longest=10)


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
def test_answers(question: Question, answer: str, problem: str | None) -> None:
    assert answer_problem(question, answer) == problem
