"""What we say about cancelling, on every page that shows a booking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from bookings.rules.notice import in_time
from bookings.rules.states import AWAITS_APPROVAL, CAN_BE_CANCELLED, BookingState, WhoCancels
from govuk.rules.choice import Choice
from govuk.rules.phrases import moment
from partnerships.rules.reasons import Kind, Reason


def cancelling_wording(
    state: BookingState,
    *,
    late_costs: bool,
    cancel_by: datetime,
    starts_at: datetime,
    now: datetime,
    tz: tzinfo,
) -> str:
    """One sentence; empty if the place can no longer be cancelled.

    ``late_costs``: whether a late cancellation fee was quoted, because a policy may leave a course out (W6).
    """
    if state not in CAN_BE_CANCELLED or not in_time(now, starts_at):
        return ""
    if state is not BookingState.BOOKED:
        return "The place is not confirmed yet, so cancelling costs nothing."
    if not late_costs:
        return "Cancelling costs nothing. Tell us as early as you can."
    if in_time(now, cancel_by):
        return f"Cancelling is free until {moment(cancel_by, tz)}."
    return f"The free cancellation period ended at {moment(cancel_by, tz)}."


class Relation(Choice):
    """What someone is to a booking."""

    PERSON = "person", "The person"
    BOOKER = "booker", "Whoever booked for them"
    MANAGER = "manager", "Their line manager"
    LEAD = "lead", "Their agency’s lead"
    TEAM = "team", "The training team"


CAN_CANCEL: dict[WhoCancels, frozenset[Relation]] = {
    WhoCancels.PERSON: frozenset(Relation) - {Relation.MANAGER},
    WhoCancels.ANYONE: frozenset(Relation),
    WhoCancels.MANAGER: frozenset({Relation.MANAGER, Relation.LEAD, Relation.TEAM}),
    WhoCancels.LEAD: frozenset({Relation.LEAD, Relation.TEAM}),
    WhoCancels.TEAM: frozenset({Relation.TEAM}),
}


def why_not_theirs(
    who: WhoCancels, state: BookingState, relations: Iterable[Relation]
) -> Reason | None:
    """Why someone may not cancel a place, by what they are to it; None if they may.

    A request that nobody has approved yet is not a place: whoever made it can always withdraw it.
    """
    allowed = CAN_CANCEL[who]
    if state in AWAITS_APPROVAL:
        allowed |= CAN_CANCEL[WhoCancels.PERSON]
    if allowed & frozenset(relations):
        return None
    sentence = f"{who.label} can cancel a place that is booked."
    step = "Ask them to cancel this one."
    return Reason(Kind.BLOCKS, "not_theirs_to_cancel", sentence, step)


def how_to_cancel_wording(channel: str, who: WhoCancels) -> str:
    """What the charging policy says about the way to cancel and who can; empty if it says nothing."""
    way = f"You can cancel {channel.rstrip('.')}." if channel else ""
    people = "" if who is WhoCancels.PERSON else f"{who.label} can cancel a place."
    return f"{way} {people}".strip()
