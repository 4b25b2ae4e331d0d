"""Requests to waive a charge: evidence, appeals."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bookings.rules.waivers import DecidedBy, WaiverRule
from finance.rules.requests import (
    Decision,
    appeal_reasons,
    appeal_until,
    decided_by_rule,
    evidence_reasons,
)
from finance.rules.states import MitigationState
from partnerships.rules.reasons import Kind, Reason

REFUSED = MitigationState.REFUSED
BY = datetime(2026, 6, 30, 23, 59, 59, 999999, tzinfo=UTC)
IN_TIME, TOO_LATE = BY, datetime(2026, 7, 1, tzinfo=UTC)
NOT_REFUSED = "You can only appeal if we have refused your request."
DECISION = Decision(REFUSED, asked_by=1, decided_by=2, is_appeal=False, appeal_by=BY)


@pytest.mark.parametrize(
    ("changed", "by", "at", "why"),
    [
        ({}, 1, IN_TIME, ""),
        ({}, 1, TOO_LATE, "The time limit for appeals was the end of Tuesday 30 June 2026."),
        ({}, 3, IN_TIME, "Only the person who asked can appeal."),
        ({"state": MitigationState.OPEN}, 1, IN_TIME, NOT_REFUSED),
        ({"state": MitigationState.GRANTED}, 1, IN_TIME, NOT_REFUSED),
        ({"is_appeal": True}, 1, IN_TIME, "This was decided on appeal, so it is final."),
        ({"appeal_by": None}, 1, IN_TIME, "This decision is final, so you cannot appeal."),
    ],
)
def test_who_can_appeal_until_when(
    changed: dict[str, object], by: int, at: datetime, why: str
) -> None:
    decision = replace(DECISION, **changed)  # type: ignore[arg-type]
    found = appeal_reasons(decision, by, at, UTC)
    assert found == ((Reason(Kind.BLOCKS, "appeal", why),) if why else ())


def test_the_time_to_appeal_is_days_after_the_decision() -> None:
    assert appeal_until(date(2026, 6, 16), 14, UTC) == BY
    assert appeal_until(date(2026, 6, 16), 0, UTC) is None


RULE = WaiverRule(1, "Sickness", evidence="A note.", evidence_needed=True)


@pytest.mark.parametrize(
    ("rule", "told", "files", "missing"),
    [
        (RULE, False, 0, True),
        (RULE, True, 0, False),
        (RULE, False, 1, False),
        (replace(RULE, evidence_needed=False), False, 0, False),
        (None, False, 0, False),
    ],
)
def test_what_needs_evidence(
    rule: WaiverRule | None, told: bool, files: int, missing: bool
) -> None:
    reasons = evidence_reasons(rule, told=told, files=files)
    reason = Reason(
        Kind.BLOCKS,
        "evidence",
        "This reason needs evidence. A note.",
        "Attach it, or tell us what it is and where we can see it.",
    )
    assert reasons == ((reason,) if missing else ())


def test_a_rule_says_why_it_waives_and_a_person_has_to_say_it() -> None:
    by_rule = replace(RULE, decided_by=DecidedBy.RULE)
    assert decided_by_rule(by_rule) == (
        "Sickness: the evidence has been accepted, so our rules waive the charge."
    )
    assert decided_by_rule(replace(by_rule, evidence_needed=False)) == (
        "Sickness: no evidence is needed, so our rules waive the charge."
    )
    assert decided_by_rule(RULE) == decided_by_rule(None) == ""
