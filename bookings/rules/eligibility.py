"""Whether someone may book a place: every reason at once, the most serious first.

Groups are ordered. Seed 004 opens adjoining groups to people whose role or learning needs it, and
never two groups away (W41). A missing prerequisite that has equivalents waits for evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bookings.rules.restriction import Restricted, restriction_reason
from bookings.rules.states import ApprovalMode, UnknownGroup
from courses.rules.states import EventState, GroupPolicy
from govuk.rules.phrases import listed
from partnerships.rules.reasons import Kind, Reason, blocks


@dataclass(frozen=True)
class Group:
    """A workforce group; ``order`` runs from 1 without gaps."""

    code: str
    name: str
    order: int


@dataclass(frozen=True)
class CourseRequired:
    """A course to complete first; ``evidence_accepted`` if an equivalent from elsewhere will do."""

    course: str
    title: str
    evidence_accepted: bool = False


@dataclass(frozen=True)
class Applicant:
    """The person as the rule sees them; ``completed`` are the codes of courses done or accepted.

    ``name`` is empty if the person reads the reasons; otherwise it is what to call them to someone else.
    """

    group: Group | None
    agency_confirmed: bool
    completed: frozenset[str] = frozenset()
    already_booked: bool = False
    already_waiting: bool = False
    overlapping: tuple[str, ...] = ()
    manager_approved: bool = False
    name: str = ""
    restricted: Restricted | None = None

    @property
    def already_has(self) -> str:
        return f"{self.name} already has" if self.name else "You already have"

    @property
    def is_(self) -> str:
        return f"{self.name} is" if self.name else "you are"

    @property
    def their(self) -> str:
        return f"{self.name}’s" if self.name else "your"


@dataclass(frozen=True)
class EventOnOffer:
    """The event as the rule sees it; without target groups it is for everyone."""

    state: EventState
    starts_at: datetime
    places_left: int
    bookings_close_at: datetime | None = None
    target_groups: tuple[Group, ...] = ()
    group_policy: GroupPolicy = GroupPolicy.ADJOINING
    prerequisites: tuple[CourseRequired, ...] = ()
    waiting_list: bool = True
    approval: ApprovalMode = ApprovalMode.NONE
    unknown_group: UnknownGroup = UnknownGroup.HOLD
    free_until: datetime | None = None


def eligibility(applicant: Applicant, event: EventOnOffer, now: datetime) -> tuple[Reason, ...]:
    """Every reason against it, or to know first; empty means book at once."""
    closed = tuple(_event_reasons(event, now))
    if closed:
        return closed
    reasons = (
        *_standing_reasons(applicant),
        *_group_reasons(applicant, event),
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
    """What closes the event to everyone, whoever they are."""
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
        sentence = f"{applicant.already_has} a booking for this event."
        step = "Look at that booking." if applicant.name else "See it in My learning."
        yield Reason(Kind.BLOCKS, "already_booked", sentence, step)
    elif applicant.already_waiting:
        sentence = f"{_upper(applicant.is_)} already on the waiting list."
        step = "We will send an email when a place is free."
        yield Reason(Kind.BLOCKS, "already_waiting", sentence, step)
    if applicant.restricted:
        yield restriction_reason(applicant.restricted, applicant.name)
    if not applicant.agency_confirmed:
        sentence = f"{_upper(applicant.their)} agency has not been confirmed yet."
        step = "We will hold the place and ask the agency."
        yield Reason(Kind.NEEDS_APPROVAL, "agency_unconfirmed", sentence, step)


def _group_reasons(applicant: Applicant, event: EventOnOffer) -> Iterator[Reason]:
    targets, group = event.target_groups, applicant.group
    if not targets or event.group_policy is GroupPolicy.ANY:
        return
    names = listed([target.name for target in targets], "or")
    if group is None:
        yield _group_unknown(applicant, names, event.unknown_group)
        return
    distance = min(abs(group.order - target.order) for target in targets)
    override = "If the role needs it, ask the training team, who will record why."
    if distance == 0:
        return
    if event.group_policy is GroupPolicy.TARGET_ONLY:
        yield Reason(Kind.BLOCKS, "group_not_target", f"This event is for {names} only.", override)
        return
    sentence = f"This event is for {names}, and {applicant.is_} in {group.name}"
    if distance == 1:
        step = "Book if the role or a learning need calls for it."
        yield Reason(Kind.WARNS, "group_adjoining", f"{sentence}, which is next to it.", step)
    else:
        yield Reason(
            Kind.BLOCKS, "group_not_adjoining", f"{sentence}, which is not next to it.", override
        )


def _group_unknown(applicant: Applicant, names: str, unknown: UnknownGroup) -> Reason:
    """An unknown group is no dead end: others are asked, and the policy says what happens in the meantime."""
    sentence = f"This event is for {names}, and we do not know yet which group {applicant.is_} in."
    asked = "The agency’s lead and the training team have been asked to confirm it"
    if unknown is UnknownGroup.BOOK:
        return Reason(
            Kind.WARNS, "group_unknown", sentence, f"{asked}. You can book in the meantime."
        )
    step = f"{asked}. We will hold the place until then."
    return Reason(Kind.NEEDS_APPROVAL, "group_unknown", sentence, step)


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]


def _prerequisite_reasons(applicant: Applicant, event: EventOnOffer) -> Iterator[Reason]:
    for needed in event.prerequisites:
        if needed.course in applicant.completed:
            continue
        if needed.evidence_accepted:
            sentence = f"{needed.title} or equivalent training is required first."
            step = "Tell us what was completed instead. We will hold the place until we have checked it."
            yield Reason(Kind.NEEDS_APPROVAL, "prerequisite_missing", sentence, step)
        else:
            sentence = f"{needed.title} is required first."
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
        sentence = f"{_upper(applicant.their)} manager has to approve this."
        step = "We will hold the place and email the manager a link."
        yield Reason(Kind.NEEDS_APPROVAL, "manager_approval", sentence, step)


def _warnings(applicant: Applicant, event: EventOnOffer, now: datetime) -> Iterator[Reason]:
    if applicant.overlapping:
        sentence = f"This event overlaps with {listed(applicant.overlapping)}."
        yield Reason(
            Kind.WARNS, "overlap", sentence, f"Check {applicant.their} diary before you book."
        )
    if event.free_until is not None and now > event.free_until:
        sentence = "The free cancellation period has ended, so cancelling may be charged."
        step = "Only book if you are sure the place will be used."
        yield Reason(Kind.WARNS, "notice_passed", sentence, step)
