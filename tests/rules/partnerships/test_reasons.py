"""Reasons and explanations mean the same wherever they are shown."""

import json
from decimal import Decimal

import pytest

from partnerships.rules.reasons import Explanation, Kind, Reason, blocks, codes

FULL = Reason(Kind.BLOCKS, "full", "This event is full.", "Join the waiting list.")
ASK = Reason(Kind.NEEDS_APPROVAL, "manager_approval", "Your manager has to approve this.")
NOTE = Reason(Kind.WARNS, "overlap", "You have another event at that time.")


@pytest.mark.parametrize(
    ("reasons", "blocked"),
    [
        pytest.param((), False, id="nothing to say"),
        pytest.param((NOTE,), False, id="a warning only"),
        pytest.param((NOTE, ASK), False, id="approval"),
        pytest.param((ASK, FULL), True, id="a block outweighs"),
    ],
)
def test_the_heaviest_reason_decides(reasons: tuple[Reason, ...], blocked: bool) -> None:
    assert blocks(reasons) is blocked


def test_codes_are_for_programs() -> None:
    assert codes((FULL, NOTE)) == {"full", "overlap"}


@pytest.mark.parametrize("amount", [None, Decimal("50.00"), Decimal("0.10")])
def test_an_explanation_survives_being_stored(amount: Decimal | None) -> None:
    told = Explanation(amount, "Clause 4", (("Agency", "Hill School"),), ("50% of £100.00",))

    stored = json.loads(json.dumps(told.to_json()))

    assert Explanation.from_json(stored) == told


def test_an_amount_keeps_its_pence_in_store() -> None:
    assert Explanation(Decimal("50.00"), "").to_json()["amount"] == "50.00"


def test_a_reason_is_read_with_what_to_do_about_it() -> None:
    told = Reason(Kind.BLOCKS, "register_closed", "This register is closed.", "Ask a coordinator.")
    assert str(told) == "This register is closed. Ask a coordinator."
    assert str(Reason(Kind.BLOCKS, "full", "The event is full.")) == "The event is full."
