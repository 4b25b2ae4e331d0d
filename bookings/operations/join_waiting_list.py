"""Join the waiting list of a full event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.emails.places import tell_waiting
from bookings.models import WaitingListEntry
from bookings.rules.eligibility import may_join_waiting_list
from bookings.steps.fix_terms import fix_policy
from bookings.steps.locks import held_event_desk
from bookings.terms.booking_request import BookingRequest
from bookings.terms.desk import Desk
from outbox.tasks import wake
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.refused import Refused


@transaction.atomic
def join_waiting_list(
    *, request: BookingRequest, now: datetime, desk: Desk | None = None
) -> WaitingListEntry:
    """Put someone on the waiting list under the policy in force now. Only a full event has one.

    ``desk`` is one that was opened behind the lock of the event's row.
    """
    desk = held_event_desk(desk, request.event, now)
    reasons = request.reasons(desk)
    if not may_join_waiting_list(reasons):
        raise Refused(*why_not_waiting(reasons))
    fix_policy(policy=desk.policy, now=now)
    entry: WaitingListEntry = WaitingListEntry.objects.create(
        event=desk.event,
        membership=request.membership,
        employment=request.employment,
        agency=request.employment.agency,
        policy=desk.policy,
        joined_at=now,
        override=request.override,
        waits_for=[one.code for one in reasons if one.kind is Kind.NEEDS_APPROVAL],
        **request.details.as_columns(),
    )
    tell_waiting(entry, now)
    wake()
    return entry


def why_not_waiting(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons against it, or that there is nothing to wait for."""
    blocking = tuple(one for one in reasons if one.kind is Kind.BLOCKS)
    places = Reason(Kind.BLOCKS, "not_full", "There are places left.", "Book one of them.")
    return blocking or (places,)
