"""Who may act on a booking, and the links that need no sign-in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q

from bookings.models import Booking, Offer, OwnCalendar, WaitingListEntry
from bookings.rules.cancelling import CAN_CANCEL, Relation, why_not_theirs
from bookings.rules.states import BookingState, WhoCancels
from partnerships.models import Agency, Employment, Membership, active_partnership
from partnerships.rules.reasons import Reason
from partnerships.rules.roles import Permission

OFFER = "bookings.offer"
APPROVAL = "bookings.approval"
WAIVER = "bookings.waiver"
CALENDAR = "bookings.calendar"

# Offers, approvals and questionnaires close much earlier, each by its own deadline; this ends what their pages show
# afterwards to anyone who finds the email.
LINKS_LAST = timedelta(days=90)


def agencies_answered_for(membership: Membership, today: date) -> list[int]:
    """Ids of the agencies whose staff someone may book for and see."""
    if not membership.may(Permission.ANSWER_FOR_AGENCY):
        return []
    own = Employment.objects.filter(membership=membership).on(today).confirmed()
    return list(own.values_list("agency_id", flat=True))


def may_manage(membership: Membership, booking: Booking, today: date) -> bool:
    """Whether someone may act on a booking that is not their own."""
    if membership.may(Permission.RUN_TRAINING):
        return True
    return booking.agency_id in agencies_answered_for(membership, today)


def may_see(membership: Membership, booking: Booking, today: date) -> bool:
    """The delegate, who booked it, the agency's lead, the training team; the line manager if they may cancel it."""
    if membership.pk in {booking.membership_id, booking.booked_by_id}:
        return True
    if manages(membership, booking):
        who = WhoCancels(booking.policy.who_cancels)
        if Relation.MANAGER in CAN_CANCEL[who]:
            return True
    return may_manage(membership, booking, today)


def manages(membership: Membership, booking: Booking) -> bool:
    """Whether someone is the delegate's line manager in the job that the place is for."""
    if not membership.may(Permission.APPROVE_OWN_TEAM):
        return False
    return bool(membership.pk == booking.employment.line_manager_id)


def why_not_cancel_it(membership: Membership, booking: Booking, today: date) -> Reason | None:
    """Why someone may not cancel a place, by the charging policy that it was booked on; None if they may."""
    relations = relations_to(membership, booking, today)
    return why_not_theirs(
        WhoCancels(booking.policy.who_cancels), BookingState(booking.state), relations
    )


def relations_to(membership: Membership, booking: Booking, today: date) -> set[Relation]:
    """Everything that someone is to a booking."""
    found = {
        Relation.PERSON: membership.pk == booking.membership_id,
        Relation.BOOKER: membership.pk == booking.booked_by_id,
        Relation.MANAGER: manages(membership, booking),
        Relation.LEAD: booking.agency_id in agencies_answered_for(membership, today),
        Relation.TEAM: membership.may(Permission.RUN_TRAINING),
    }
    return {relation for relation, holds in found.items() if holds}


def may_say_when(membership: Membership, booking: Booking) -> bool:
    """Whether someone may enter that a message arrived earlier. This decides about money, so only the training team,
    and not for their own places."""
    return membership.may(Permission.RUN_TRAINING) and membership.pk != booking.membership_id


def may_see_needs(membership: Membership, booking: Booking) -> bool:
    """Whether someone may read access and dietary needs: the delegate, the training team, the event's trainers.

    The form promises exactly this, even if a lead or manager can see the booking.
    """
    if membership.pk == booking.membership_id or membership.may(Permission.RUN_TRAINING):
        return True
    trainers = booking.event.event_trainers.filter(trainer__membership=membership)
    return bool(trainers.exists())


def may_book_for(membership: Membership, employment_agency: Agency, today: date) -> bool:
    """Whether someone may book for staff of an agency."""
    if membership.may(Permission.RUN_TRAINING):
        return True
    return employment_agency.pk in agencies_answered_for(membership, today)


def may_end_waiting(membership: Membership, entry: WaitingListEntry, today: date) -> bool:
    """The person on the waiting list, the agency's lead, the training team."""
    if membership.pk == entry.membership_id or membership.may(Permission.RUN_TRAINING):
        return True
    return entry.agency_id in agencies_answered_for(membership, today)


def offer_token(offer: Offer) -> str:
    """Names an offer to the person we emailed about it."""
    return signed(OFFER, offer.pk)


def approval_token(booking: Booking) -> str:
    """Names a booking to the manager who was asked; useless once another manager is asked instead."""
    return signed(APPROVAL, booking.pk, booking.approver_email)


def waiver_token(booking: Booking, who: Membership) -> str:
    """Names a booking and the person whom we told about its charge, so that they can ask for it to be waived."""
    return signed(WAIVER, booking.pk, str(who.pk))


def calendar_token(calendar: OwnCalendar) -> str:
    """Names someone's own calendar to the programs that read it; useless once the address has been renewed."""
    return signed(CALENDAR, calendar.pk, str(calendar.number))


def calendar_named(token: str) -> OwnCalendar | None:
    """The calendar that an address opens. It opens for as long as its person is a member and keeps the address."""
    named = parts_of(CALENDAR, token, lasts=None) or []
    if len(named) != 2:
        return None
    members = Membership.objects.active()
    rows = OwnCalendar.objects.filter(pk=named[0], number=int(named[1]), membership__in=members)
    found: OwnCalendar | None = rows.select_related("membership__user").first()
    return found


def was_asked(booking: Booking, token: str) -> bool:
    """Whether an approval link went to the address that is asked now."""
    named = parts_of(APPROVAL, token) or []
    return named[1:] == [booking.approver_email]


def approval_stands(booking: Booking, today: date) -> bool:
    """Whether a manager can still approve: neither the delegate nor the manager has left.

    A manager who is not a member is known only by their address.
    """
    asked = Membership.objects.filter(
        Q(pk=booking.approver_id) | Q(user__email__iexact=booking.approver_email)
    )
    left = asked.exclude(pk__in=Membership.objects.still_here(today))
    here = Booking.objects.still_here(today).filter(pk=booking.pk)
    return bool(here.exists()) and not left.exists()


def signed(purpose: str, pk: int, *more: str) -> str:
    """A link's secret part. It names the partnership, so it opens nothing in another one."""
    return signing.dumps([active_partnership().pk, pk, *more], salt=purpose)


def read_token(purpose: str, token: str, *, lasts: timedelta | None = LINKS_LAST) -> int | None:
    """The id that a token names; None if it was tampered with, belongs elsewhere or has expired."""
    named = parts_of(purpose, token, lasts=lasts)
    return None if named is None else int(named[0])


def parts_of(purpose: str, token: str, *, lasts: timedelta | None = LINKS_LAST) -> list[Any] | None:
    """All that a token names after the partnership."""
    try:
        partnership, *named = signing.loads(token, salt=purpose, max_age=lasts)
    except signing.BadSignature:
        return None
    return named if partnership == active_partnership().pk else None


def has_ended(purpose: str, token: str) -> bool:
    """Whether a token was ours and once valid, so that the page can say what happened to the link."""
    return read_token(purpose, token) is None and read_token(purpose, token, lasts=None) is not None


def is_too_late(deadline: datetime | None, now: datetime) -> bool:
    """Whether a link's deadline has passed; the last second still counts."""
    return deadline is not None and now > deadline + timedelta(seconds=1)
