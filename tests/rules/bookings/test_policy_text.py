"""The text that people accept, against what the policy does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bookings.rules.notice import NoticePolicy, NoticeUnit
from bookings.rules.policy_text import clause_reasons, text_reasons
from bookings.rules.prices import FeeBase
from partnerships.rules.reasons import Kind, Reason
from tests.rules.bookings.boards import LATE, NO_SHOW, line

THREE_DAYS = NoticePolicy(3)
PRICES = (
    line(NO_SHOW, "60", "Not attending: £60."),
    line(LATE, "50", "Half", base=FeeBase.PERCENT_OF_ATTENDANCE, notice_under=2),
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Cancel three working days before, or £60 is charged.", []),
        ("Cancel 3 days before.", []),
        ("Give 2 working days at the very least.", []),
        ("Send a colleague until 24 hours before.", []),
        ("Cancel 72 hours before.", ["72 hours"]),
        ("Cancel three calendar days before.", ["three calendar days"]),
        ("Cancel 3 clear working days before.", []),
        ("Cancel two weeks before.", ["two weeks"]),
        ("Non-attendance costs £75, late cancellation 50%.", ["£75.00"]),
        ("Late cancellation costs 40 per cent.", ["40%"]),
        ("Non-attendance costs £1,060.00.", ["£1,060.00"]),
        ("Come to room 12 on day one.", []),
    ],
)
def test_what_the_text_names_and_the_policy_does_not_say(text: str, named: list[str]) -> None:
    reasons = text_reasons(text, [THREE_DAYS], PRICES, hours=[24])
    assert len(reasons) == len(named)
    for reason, words in zip(reasons, named, strict=True):
        assert words in reason.sentence


def test_a_week_is_five_working_days_or_seven_days() -> None:
    for rule in (NoticePolicy(10), NoticePolicy(14, NoticeUnit.CALENDAR_DAYS)):
        assert not text_reasons("Two weeks before.", [rule], (), hours=[])


def test_hours_and_days_are_said_to_differ() -> None:
    [reason] = text_reasons("Cancel 72 hours before.", [THREE_DAYS], (), hours=[])
    assert "They differ over a weekend." in reason.next_step


def test_a_price_is_held_against_its_own_sentence() -> None:
    [reason] = clause_reasons([line(NO_SHOW, "60", "Not attending: £75.00.")])
    assert reason.sentence == "“Not attending: £75.00.” names £75.00, which is not the price."
    assert not clause_reasons([line(NO_SHOW, None, "Free, not £75.00 as before.")])


def test_each_reason_is_told_whole() -> None:
    text = "Cancel 72 hours or two calendar days before, or pay £75 or 40%."
    assert text_reasons(text, [THREE_DAYS], PRICES, hours=[]) == (
        Reason(
            Kind.WARNS,
            "text_names_another_period",
            "The text says “72 hours”, but the notice to cancel is at least 3 working days.",
            "They differ over a weekend. Change one of them if they mean the same.",
        ),
        Reason(
            Kind.WARNS,
            "text_names_another_period",
            "The text says “two calendar days”, but the notice to cancel is at least 3 working days.",
            "They differ over a weekend. Change one of them if they mean the same.",
        ),
        Reason(
            Kind.WARNS,
            "text_names_another_amount",
            "The text names £75.00, but no price of the policy does.",
            "Change one of them.",
        ),
        Reason(
            Kind.WARNS,
            "text_names_another_amount",
            "The text names 40%, but no price of the policy does.",
            "Change one of them.",
        ),
    )


def test_an_amount_is_named_once_and_limits_count_as_amounts() -> None:
    rule = line(NO_SHOW, "60", "x", less=Decimal(10), at_least=Decimal(20), at_most=Decimal(90))
    assert not text_reasons("£60, £10, £20 or £90", [THREE_DAYS], [rule], hours=[])
    assert len(text_reasons("£75 and £75 again", [THREE_DAYS], [rule], hours=[])) == 1
    assert len(text_reasons("60%", [THREE_DAYS], [rule], hours=[])) == 1, "pounds are no share"


def test_every_price_is_held_against_its_sentence() -> None:
    wrong = [line(NO_SHOW, "60", "£1"), line(LATE, "50", "£2")]
    assert len(clause_reasons(wrong)) == 2
