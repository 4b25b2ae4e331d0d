"""What is said before release about what happens at the event: fees without effect, exceptions that disagree."""

from dataclasses import replace

import pytest

from bookings.rules.attendance import AttendanceRule
from bookings.rules.place import EVERYWHERE, AppliesTo
from bookings.rules.policy_check import policy_reasons
from bookings.rules.prices import ChargeKind
from partnerships.rules.reasons import Kind, Reason, codes
from tests.rules.bookings.boards import line
from tests.rules.bookings.test_policy_check import PAYERS, STRICT, WHOLE


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (ChargeKind.LATE_ARRIVAL, replace(STRICT, late_charged=False)),
        (ChargeKind.LATE_ARRIVAL, replace(STRICT, grace_minutes=None)),
        (ChargeKind.LEFT_EARLY, replace(STRICT, early_charged=False)),
        (ChargeKind.LEFT_EARLY, replace(STRICT, early_minutes=None)),
        (ChargeKind.WALK_IN, replace(STRICT, walk_in_charged=False)),
        (ChargeKind.WALK_IN, replace(STRICT, walk_in_admitted=False)),
    ],
)
def test_a_fee_that_the_policy_does_not_charge_is_said(
    kind: ChargeKind, rule: AttendanceRule
) -> None:
    priced = (*WHOLE, line(kind, "5", "Own fee"))
    assert policy_reasons(priced, PAYERS, (STRICT,)) == ()
    [reason] = policy_reasons(priced, PAYERS, (rule,))
    assert reason.kind is Kind.WARNS
    assert "but the policy does not charge it" in reason.sentence


BRIEFING, VIRTUAL = AppliesTo(event_type="briefing"), AppliesTo(delivery="virtual")
MILD = replace(STRICT, late_charged=False)


@pytest.mark.parametrize(
    ("scope", "registers", "is_said"),
    [
        pytest.param(EVERYWHERE, (MILD, replace(STRICT, scope=BRIEFING)), False, id="somewhere"),
        pytest.param(BRIEFING, (STRICT, replace(MILD, scope=BRIEFING)), True, id="not there"),
        pytest.param(VIRTUAL, (STRICT, replace(MILD, scope=BRIEFING)), False, id="elsewhere"),
        pytest.param(
            VIRTUAL,
            (MILD, replace(STRICT, scope=BRIEFING)),
            False,
            id="at virtual briefings",
        ),
        pytest.param(
            AppliesTo(longest=120),
            (STRICT, replace(MILD, scope=AppliesTo(longest=121))),
            True,
            id="at no length",
        ),
        pytest.param(
            AppliesTo(longest=120),
            (STRICT, replace(MILD, scope=AppliesTo(longest=119))),
            False,
            id="at one length",
        ),
        pytest.param(
            AppliesTo(longest=120),
            (MILD, replace(STRICT, scope=AppliesTo(shortest=120))),
            False,
            id="at the only length of both",
        ),
        pytest.param(
            AppliesTo(shortest=60),
            (
                STRICT,
                replace(MILD, scope=AppliesTo(longest=120)),
                replace(MILD, scope=AppliesTo(shortest=240)),
            ),
            False,
            id="between two lengths",
        ),
    ],
)
def test_a_fee_is_without_effect_only_if_no_rule_charges_it_at_any_of_its_places(
    scope: AppliesTo, registers: tuple[AttendanceRule, ...], is_said: bool
) -> None:
    priced = (*WHOLE, line(ChargeKind.LATE_ARRIVAL, "5", "Own fee", scope))
    found = codes(policy_reasons(priced, PAYERS, registers))
    assert found == ({"fee_without_effect"} if is_said else set())


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        pytest.param(
            replace(MILD, scope=BRIEFING), replace(STRICT, scope=BRIEFING), True, id="other answers"
        ),
        pytest.param(
            replace(MILD, scope=BRIEFING), replace(MILD, scope=BRIEFING), False, id="the same twice"
        ),
        pytest.param(
            replace(MILD, scope=BRIEFING), replace(STRICT, scope=VIRTUAL), False, id="other ranks"
        ),
        pytest.param(
            replace(MILD, scope=BRIEFING),
            replace(STRICT, scope=AppliesTo(event_type="seminar")),
            False,
            id="never the same place",
        ),
        pytest.param(
            replace(MILD, scope=AppliesTo(longest=120)),
            replace(STRICT, scope=AppliesTo(shortest=120)),
            True,
            id="one length",
        ),
    ],
)
def test_two_exceptions_that_disagree_about_one_place_block_it(
    one: AttendanceRule, other: AttendanceRule, contradict: bool
) -> None:
    one, other = replace(one, label="one"), replace(other, label="other", exception=2)
    found = policy_reasons(WHOLE, PAYERS, (STRICT, one, other))
    told = Reason(
        Kind.BLOCKS,
        "contradicting_exceptions",
        "The exceptions “one” and “other” apply equally but say different things.",
        "Change one of them, or say more exactly which places each is for.",
    )
    assert found == ((told,) if contradict else ())
