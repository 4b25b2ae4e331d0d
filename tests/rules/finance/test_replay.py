"""What is said of a charge that is worked out again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance.rules.replay import replay_wording
from partnerships.rules.reasons import Explanation

STORED = Explanation(
    Decimal("40.00"), "Late", (("Notice given", "2 working days"),), ("A flat fee of £40.00.",)
)


@pytest.mark.parametrize(
    ("again", "words"),
    [
        (STORED, "Worked out again today from what was stored: the same."),
        (
            replace(STORED, amount=Decimal(40)),
            "Worked out again today from what was stored: the same.",
        ),
        (
            None,
            "This charge is older than our record of the notice given, so it cannot be worked out again.",
        ),
        (
            replace(STORED, amount=Decimal(50)),
            "Worked out again today from what was stored: £50.00. The amount differs.",
        ),
        (
            Explanation(None, "Other", (), ("No price.",)),
            "Worked out again today from what was stored: needs a decision."
            " The amount, rule, facts and calculation differ.",
        ),
        (
            replace(STORED, steps=("Another way.",)),
            "Worked out again today from what was stored: £40.00. The calculation differs.",
        ),
    ],
)
def test_what_is_said(again: Explanation | None, words: str) -> None:
    assert replay_wording(STORED, again) == words
