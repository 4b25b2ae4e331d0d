"""Join the waiting list of a full event, or leave it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.emails.places import tell_taken_off, tell_waiting
from bookings.models import Booking, Offer, WaitingListEntry
from bookings.models.request import Details
from bookings.operations.book_place import book_place, ended_since, reasons_now
from bookings.operations.fix_terms import fix_policy
from bookings.operations.locks import held_event_desk, locked_event
from bookings.operations.refused import Refused, refuse
from bookings.reports.desk import Desk
from bookings.rules.eligibility import may_join_waiting_list
from bookings.rules.states import OfferState, WaitingState
from courses.models import Event
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Kind, Reason
from partnerships.tasks import wake


@transaction.atomic
def book_or_wait(
    *,
    event: Event,
    membership: Membership,
    employment: Employment,
    by: Membership,
    now: datetime,
    details: Details,
    wait_if_full: bool,
    override: str = "",
    desk: Desk | None = None,
) -> Booking | WaitingListEntry:
    """A place, or a place in line where the last one has just gone and the person agreed to wait.

    The event's row is locked before anything is asked. ``desk`` is the one that a page has opened behind that lock,
    to save reading it all again.
    """
    desk = held_event_desk(desk, event, now)
    try:
        return book_place(
            desk,
            membership=membership,
            employment=employment,
            by=by,
            details=details,
            override=override,
        )
    except Refused as refused:
        mine = waiting_already(event, membership, details.submission)
        if mine is not None:
            return mine
        if not (wait_if_full and "full" in refused.codes):
            raise
    return join_waiting_list(
        event=event,
        membership=membership,
        employment=employment,
        by=by,
        now=now,
        details=details,
        override=override,
        desk=desk,
    )


def waiting_already(
    event: Event, membership: Membership, submission: str
) -> WaitingListEntry | None:
    """The entry that the same form made before, as long as it stands."""
    if not submission:
        return None
    rows = WaitingListEntry.objects.filter(
        event=event, membership=membership, submission=submission
    )
    found: WaitingListEntry | None = rows.order_by("pk").last()
    if found is not None and not rows.open().filter(pk=found.pk).exists():
        raise ended_since("place on the waiting list")
    return found


@transaction.atomic
def join_waiting_list(
    *,
    event: Event,
    membership: Membership,
    employment: Employment,
    by: Membership,
    now: datetime,
    details: Details = Details(),  # noqa: B008 - frozen, and empty
    override: str = "",
    desk: Desk | None = None,
) -> WaitingListEntry:
    """Put somebody in line on the policy in force now; only a full event has a line."""
    desk = held_event_desk(desk, event, now)
    reasons = reasons_now(desk, membership, employment, by=by, override=bool(override))
    if not may_join_waiting_list(reasons):
        raise Refused(*why_not_waiting(reasons))
    fix_policy(policy=desk.policy, now=now)
    entry: WaitingListEntry = WaitingListEntry.objects.create(
        event=desk.event,
        membership=membership,
        employment=employment,
        agency=employment.agency,
        policy=desk.policy,
        joined_at=now,
        override=override,
        waits_for=[one.code for one in reasons if one.kind is Kind.NEEDS_APPROVAL],
        **details.as_columns(),
    )
    tell_waiting(entry, now)
    wake()
    return entry


def why_not_waiting(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The blocking reasons, or that there is nothing to wait for."""
    blocking = tuple(one for one in reasons if one.kind is Kind.BLOCKS)
    places = Reason(Kind.BLOCKS, "not_full", "There are places left.", "Book one of them.")
    return blocking or (places,)


@transaction.atomic
def leave_waiting_list(*, entry: WaitingListEntry, by: Membership, now: datetime) -> None:
    """Take somebody out of the line; a place that was offered to them is free again."""
    locked_event(entry.event_id)
    entry = WaitingListEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.state not in {WaitingState.WAITING, WaitingState.OFFERED}:
        raise refuse("not_waiting", "This place on the waiting list is no longer open.")
    for offer in Offer.objects.filter(entry=entry).open():
        offer.state, offer.answered_at = OfferState.DECLINED, now
        offer.save()
    if by.pk != entry.membership_id:
        tell_taken_off(entry, now)
    entry.state = WaitingState.LEFT
    entry.save()
    wake()
