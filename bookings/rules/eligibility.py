"""Whether somebody may book a place: every ground at once, heaviest kind first.

Groups are ordered; seed 004 opens the adjoining ones to those whose role or learning needs it, and
leaves no way across two (W41). A missing prerequisite with equivalents holds for evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bookings.rules.states import ApprovalMode
from courses.rules.states import EventState, GroupPolicy
from partnerships.rules.reasons import Kind, Reason, blocks
from partnerships.rules.wording import listed


@dataclass(frozen=True)
class Group:
    """A workforce group; ``order`` runs from 1 without gaps."""

    code: str
    name: str
    order: int


@dataclass(frozen=True)
class Prerequisite:
    """A course to complete first; ``evidence_accepted`` where an equivalent elsewhere will do."""

    course: str
    title: str
    evidence_accepted: bool = False


@dataclass(frozen=True)
class Applicant:
    """The person as the rule sees them; ``completed`` are the codes of courses done or accepted."""

    group: Group | None
    agency_confirmed: bool
    completed: frozenset[str] = frozenset()
    already_booked: bool = False
    already_waiting: bool = False
    overlapping: tuple[str, ...] = ()
    manager_approved: bool = False


@dataclass(frozen=True)
class EventOnOffer:
    """The event as the rule sees it; no target groups means it is for everybody."""

    state: EventState
    starts_at: datetime
    places_left: int
    bookings_close_at: datetime | None = None
    target_groups: tuple[Group, ...] = ()
    group_policy: GroupPolicy = GroupPolicy.ADJOINING
    prerequisites: tuple[Prerequisite, ...] = ()
    waiting_list: bool = True
    approval: ApprovalMode = ApprovalMode.NONE
    free_until: datetime | None = None


def eligibility(applicant: Applicant, event: EventOnOffer, now: datetime) -> tuple[Reason, ...]:
    """Every reason that speaks against, or should be known; empty means book at once."""
    closed = tuple(_event_reasons(event, now))
    if closed:
        return closed
    reasons = (
        *_standing_reasons(applicant),
        *_group_reasons(applicant.group, event),
        *_prerequisite_reasons(applicant, event),
        *_place_reasons(event),
        *_approval_reasons(applicant, event),
        *_warnings(applicant, event, now),
    )
    return tuple(sorted(reasons, key=lambda reason: list(Kind).index(reason.kind)))


def may_join_waiting_list(reasons: tuple[Reason, ...]) -> bool:
    """Whether nothing but the missing place stands in the way."""
    others = [reason for reason in reasons if reason.code != "full"]
    return len(others) < len(reasons) and not blocks(others)


def _event_reasons(event: EventOnOffer, now: datetime) -> Iterator[Reason]:
    """What closes the event to everybody; the person is not looked at then."""
    see = "See the other dates of this course."
    if event.state is EventState.CANCELLED:
        yield Reason(Kind.BLOCKS, "event_cancelled", "This event has been cancelled.", see)
    elif event.state is EventState.DRAFT:
        yield Reason(Kind.BLOCKS, "event_not_published", "This event is not open yet.", see)
    elif event.state is EventState.COMPLETED or now >= event.starts_at:
        yield Reason(Kind.BLOCKS, "event_past", "This event has already started.", see)
    elif event.bookings_close_at is not None and now > event.bookings_close_at:
        yield Reason(Kind.BLOCKS, "bookings_closed", "Bookings for this event have closed.", see)


def _standing_reasons(applicant: Applicant) -> Iterator[Reason]:
    if applicant.already_booked:
        sentence = "You already have a place at this event."
        yield Reason(Kind.BLOCKS, "already_booked", sentence, "See it in My learning.")
    elif applicant.already_waiting:
        sentence = "You are already on the waiting list."
        yield Reason(Kind.BLOCKS, "already_waiting", sentence, "We write when a place is free.")
    if not applicant.agency_confirmed:
        sentence = "Your agency has not been confirmed yet."
        step = "We hold the place and ask the agency."
        yield Reason(Kind.NEEDS_APPROVAL, "agency_unconfirmed", sentence, step)


def _group_reasons(group: Group | None, event: EventOnOffer) -> Iterator[Reason]:
    targets = event.target_groups
    if not targets or event.group_policy is GroupPolicy.ANY:
        return
    names = listed([target.name for target in targets], "or")
    if group is None:
        sentence = f"This event is for {names}, and we do not know your group."
        step = "Tell us your role, so that the training team can place you."
        yield Reason(Kind.NEEDS_APPROVAL, "group_unknown", sentence, step)
        return
    distance = min(abs(group.order - target.order) for target in targets)
    override = "If your role needs it, ask the training team; they record why."
    if distance == 0:
        return
    if event.group_policy is GroupPolicy.TARGET_ONLY:
        yield Reason(Kind.BLOCKS, "group_not_target", f"This event is for {names} only.", override)
    elif distance == 1:
        sentence = f"This event is for {names}; yours, {group.name}, adjoins it."
        step = "Book if your role or a learning need calls for it."
        yield Reason(Kind.WARNS, "group_adjoining", sentence, step)
    else:
        sentence = f"This event is for {names}; yours, {group.name}, does not adjoin it."
        yield Reason(Kind.BLOCKS, "group_not_adjoining", sentence, override)


def _prerequisite_reasons(applicant: Applicant, event: EventOnOffer) -> Iterator[Reason]:
    for needed in event.prerequisites:
        if needed.course in applicant.completed:
            continue
        if needed.evidence_accepted:
            sentence = f"{needed.title} or something equivalent comes first."
            step = "Send us evidence of what you completed; the place is held meanwhile."
            yield Reason(Kind.NEEDS_APPROVAL, "prerequisite_missing", sentence, step)
        else:
            sentence = f"{needed.title} comes first."
            step = f"Complete {needed.title}, then book this."
            yield Reason(Kind.BLOCKS, "prerequisite_missing", sentence, step)


def _place_reasons(event: EventOnOffer) -> Iterator[Reason]:
    if event.places_left <= 0:
        if event.waiting_list:
            yield Reason(Kind.BLOCKS, "full", "This event is full.", "Join the waiting list.")
        else:
            step = "See the other dates of this course."
            yield Reason(Kind.BLOCKS, "full_no_list", "This event is full.", step)


def _approval_reasons(applicant: Applicant, event: EventOnOffer) -> Iterator[Reason]:
    if event.approval is ApprovalMode.BY_LINK and not applicant.manager_approved:
        step = "We hold the place and send your manager a link."
        yield Reason(Kind.NEEDS_APPROVAL, "manager_approval", "Your manager has to agree.", step)


def _warnings(applicant: Applicant, event: EventOnOffer, now: datetime) -> Iterator[Reason]:
    if applicant.overlapping:
        sentence = f"It overlaps with {listed(applicant.overlapping)}."
        yield Reason(Kind.WARNS, "overlap", sentence, "Check your diary before you book.")
    if event.free_until is not None and now > event.free_until:
        sentence = "The time for free cancellation has passed, so a cancellation may be charged."
        yield Reason(Kind.WARNS, "notice_passed", sentence, "Book only if you are sure to come.")
