"""Requests to waive a charge: what has to come with one, when a refusal can be appealed, and who decides that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bookings.rules.notice import in_time
from bookings.rules.waivers import DecidedBy, WaiverRule
from finance.rules.states import MitigationState
from govuk.rules.phrases import END_OF_DAY, moment
from partnerships.rules.reasons import Kind, Reason


@dataclass(frozen=True)
class Decision:
    """A decided request: how, by whom and for whom; ``appeal_by`` is None if there is no appeal."""

    state: MitigationState
    asked_by: int
    decided_by: int | None
    is_appeal: bool
    appeal_by: datetime | None


def evidence_reasons(rule: WaiverRule | None, *, told: bool, files: int) -> tuple[Reason, ...]:
    """Why a request cannot be sent without evidence: a description will do, so that a letter can follow."""
    if rule is None or not rule.evidence_needed or told or files:
        return ()
    sentence = f"This reason needs evidence. {rule.evidence}".strip()
    step = "Attach it, or tell us what it is and where we can see it."
    return (Reason(Kind.BLOCKS, "evidence", sentence, step),)


def appeal_until(decided_on: date, days: int, tz: tzinfo) -> datetime | None:
    """The last instant to appeal against a refusal; None if the partnership knows no appeal."""
    if not days:
        return None
    return datetime.combine(decided_on + timedelta(days=days), END_OF_DAY, tz)


def appeal_reasons(decision: Decision, by: int, at: datetime, tz: tzinfo) -> tuple[Reason, ...]:
    """Why someone cannot appeal: once, by whoever asked, against a refusal, in time. What an appeal says is final."""
    if decision.asked_by != by:
        return (against("Only the person who asked can appeal."),)
    if decision.state is not MitigationState.REFUSED:
        return (against("You can only appeal if we have refused your request."),)
    if decision.is_appeal:
        return (against("This was decided on appeal, so it is final."),)
    if decision.appeal_by is None:
        return (against("This decision is final, so you cannot appeal."),)
    if not in_time(at, decision.appeal_by):
        return (against(f"The time limit for appeals was {moment(decision.appeal_by, tz)}."),)
    return ()


def against(sentence: str) -> Reason:
    return Reason(Kind.BLOCKS, "appeal", sentence)


def decided_by_rule(rule: WaiverRule | None) -> str:
    """The decision in words, if the partnership's own rule waives the charge; empty if a person has to say why."""
    if rule is None or rule.decided_by is not DecidedBy.RULE:
        return ""
    proof = "the evidence has been accepted" if rule.evidence_needed else "no evidence is needed"
    return f"{rule.name}: {proof}, so our rules waive the charge."
