"""What is said of a charge that was worked out again."""

from __future__ import annotations

from bookings.rules.money import pounds
from govuk.rules.phrases import listed
from partnerships.rules.reasons import Explanation

NOT_STORED = (
    "This charge is older than our record of the notice given, so it cannot be worked out again."
)
THE_SAME = "Worked out again today from what was stored: the same."
# The parts of an explanation as people call them.
PARTS = {
    "amount": "amount",
    "clause": "rule",
    "inputs": "facts",
    "steps": "calculation",
}


def replay_wording(stored: Explanation, again: Explanation | None) -> str:
    """Whether the amount, the rule, the facts and the calculation are the same again; None if it cannot be told."""
    if again is None:
        return NOT_STORED
    differ = [
        words for part, words in PARTS.items() if getattr(stored, part) != getattr(again, part)
    ]
    if not differ:
        return THE_SAME
    result = "needs a decision" if again.amount is None else pounds(again.amount)
    verb = "differs" if len(differ) == 1 else "differ"
    return f"Worked out again today from what was stored: {result}. The {listed(differ)} {verb}."
