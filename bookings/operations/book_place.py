"""Book a place: never more than there are, whatever happens at the same time."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from bookings.emails.places import ask_approver, confirm_booking
from bookings.models import Booking
from bookings.models.request import Details
from bookings.operations.fix_terms import fix_terms
from bookings.operations.move import move
from bookings.operations.refused import Refused, refuse
from bookings.reports.desk import Desk, consents_for_manager, name_for
from bookings.rules.states import ONE_A_PERSON, BookingState
from courses.models import Event
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Kind, Reason, blocks
from partnerships.tasks import wake

# No 0 and O, 1 and I: references are read out on the telephone.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

ENDED_SINCE = "ended_since"


def book_place(
    desk: Desk,
    *,
    membership: Membership,
    employment: Employment,
    by: Membership,
    details: Details,
    override: str = "",
) -> Booking:
    """Give somebody a place on the terms in force now, or raise :class:`Refused` with every reason.

    The desk holds the event's row, and whoever is refused leaves nothing behind. The same form sent twice
    (``details.submission``) gets the same booking, unless that has ended since. ``override`` is the training
    team's reason for setting aside what may be set aside.
    """
    if details.submission in desk.person(membership).submissions:
        return sent_before(desk.event, membership, details.submission)
    reasons = reasons_now(desk, membership, employment, by=by, override=bool(override))
    if blocks(reasons):
        raise Refused(*reasons)
    booking = new_booking(
        desk, membership=membership, employment=employment, by=by, details=details
    )
    return begin(booking, reasons, by=by, now=desk.now, why=override)


def reasons_now(
    desk: Desk, membership: Membership, employment: Employment, *, by: Membership, override: bool
) -> tuple[Reason, ...]:
    """Every reason against a place or to know before taking it, as ``by`` asks for it."""
    if employment.membership_id != membership.pk:
        raise refuse("employment_unknown", "Choose one of the person's own jobs.")
    return desk.reasons(
        desk.person(membership),
        employment,
        manager_approved=consents_for_manager(by, membership),
        override=override,
        name=name_for(by, membership),
    )


def sent_before(event: Event, membership: Membership, submission: str) -> Booking:
    """The booking that the same form made before, as long as it stands."""
    rows = Booking.objects.filter(event=event, membership=membership, submission=submission)
    found: Booking = rows.latest("pk")
    if found.state not in ONE_A_PERSON:
        raise ended_since("booking")
    return found


def ended_since(made: str) -> Refused:
    """A form is sent again whose effect has come to an end meanwhile: that is told, not taken for a new wish."""
    return refuse(
        ENDED_SINCE,
        f"This form has already been sent, and the {made} it made has since ended.",
        "To ask for a place again, send the form again.",
    )


def new_booking(
    desk: Desk,
    *,
    membership: Membership,
    employment: Employment,
    by: Membership,
    details: Details,
    replaces: Booking | None = None,
) -> Booking:
    """A booking on the desk's terms, not saved yet."""
    booking = Booking(
        reference=new_reference(),
        event=desk.event,
        membership=membership,
        employment=employment,
        agency=employment.agency,
        booked_by=by,
        policy=desk.policy,
        policy_accepted_at=desk.now,
        booked_at=desk.now,
        replaces=replaces,
        **details.as_columns(),
    )
    if replaces is None:
        fix_terms(terms=desk.terms, now=desk.now)
        booking.agree_to(desk.agreed(employment), price_list=desk.terms.list_id)
    else:
        booking.take_over_from(replaces)
        booking.give_deadline(desk.terms.deadline_kept(replaces.deadline))
    return booking


def begin(
    booking: Booking, reasons: tuple[Reason, ...], *, by: Membership, now: datetime, why: str = ""
) -> Booking:
    """Save a new booking: sure at once, or held while somebody has still to agree."""
    booking.waits_for = [one.code for one in reasons if one.kind is Kind.NEEDS_APPROVAL]
    if booking.waits_for:
        held = now + timedelta(hours=booking.policy.approval_hours)
        booking.held_until = min(held, booking.event.starts_at)
    if "manager_approval" in booking.waits_for and not booking.approver_email:
        name_line_manager(booking, now)
    move(booking, first_state(booking), at=now, by=by, why=why)
    confirm_booking(booking, now)
    if "manager_approval" in booking.waits_for:
        ask_approver(booking, now)
    wake()
    return booking


def first_state(booking: Booking) -> BookingState:
    """Booked at once, or held; who is to take over a colleague's place holds none until that is decided."""
    if not booking.waits_for:
        return BookingState.BOOKED
    return BookingState.PENDING if booking.replaces_id is None else BookingState.PROPOSED


def name_line_manager(booking: Booking, now: datetime) -> None:
    """The person whom the employment names as manager is asked, where the form named nobody.

    One who has left cannot agree any more.
    """
    manager = booking.employment.line_manager
    here = Membership.objects.still_here(timezone.localdate(now))
    if manager is None or not here.filter(pk=manager.pk).exists():
        raise refuse(
            "approver_missing",
            "Your manager has to agree, and we do not know who that is.",
            "Ask the training team to enter who your manager is.",
        )
    booking.approver = manager
    booking.approver_name = manager.user.full_name
    booking.approver_email = manager.user.email


def new_reference() -> str:
    """Nine characters; about a million million of them, so that nobody finds another's by trying."""
    return "B" + "".join(secrets.choice(LETTERS) for _ in range(8))
