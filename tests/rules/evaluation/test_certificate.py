"""When a certificate is due, what may be said of it, and its code."""

from datetime import date

import pytest

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
from partnerships.rules.reasons import Kind, Reason, codes

DAY = date(2026, 3, 2)


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
    ("learner", "expected"),
    [
        pytest.param(
            Learner(False, True, True),
            Reason(Kind.BLOCKS, "event_not_over", "The event is not over yet."),
            id="too early",
        ),
        pytest.param(
            Learner(True, False, False),
            Reason(
                Kind.BLOCKS,
                "attendance_incomplete",
                "A certificate requires attendance at the whole event.",
                "If the register is wrong, ask the training team to correct it.",
            ),
            id="in part",
        ),
        pytest.param(
            Learner(True, True, False),
            Reason(
                Kind.BLOCKS,
                "evaluation_missing",
                "The certificate is issued once the evaluation form is completed.",
                "Complete the form. The certificate will be ready straight away.",
            ),
            id="form first",
        ),
        pytest.param(
            Learner(True, True, True, frozenset("한")),
            Reason(
                Kind.BLOCKS,
                "unprintable",
                "The certificate cannot be printed: our fonts do not include “한” (U+D55C).",
                "The training team can rewrite that name or title in other characters. The certificate is then issued.",
            ),
            id="letters",
        ),
    ],
)
def test_why_there_is_no_certificate_in_words(learner: Learner, expected: Reason) -> None:
    assert certificate_reasons(learner, evaluation_needed=True) == (expected,)


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
    assert withdrawal_sentence(withdrawal, DAY, reason) == sentence


def test_without_a_reason_none_is_told() -> None:
    told = withdrawal_sentence(Withdrawal.DECIDED, DAY)
    assert told == "Withdrawn on 2 March 2026 by the training team."


def test_codes_have_no_lookalikes() -> None:
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_code_is_the_number_that_the_bytes_make_digit_by_digit() -> None:
    # 259 = 6 + 23 · 11, least digit first: C and H; the rest is nothing, the first sign of the alphabet.
    assert certificate_code(bytes(14) + bytes([1, 3])) == "CH" + "3" * 10


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
