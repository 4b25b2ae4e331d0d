"""A new booking, from the terms to the email."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from bookings.emails.places import ask_approver, confirm_booking
from bookings.models import Booking
from bookings.models.request import Details
from bookings.rules.states import BookingState
from bookings.steps.fix_terms import fix_terms
from bookings.steps.move import move
from bookings.steps.take_grant import take_grant
from bookings.terms.agreement import agreed_terms
from bookings.terms.desk import Desk
from bookings.terms.practice import practice_here
from outbox.tasks import wake
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.refused import refuse

# No 0 and O, 1 and I: references are read out on the telephone.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


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
        grant = desk.grant(employment, details.grant_code)
        if grant is not None:
            take_grant(booking, grant)
        terms = grant.terms if grant else None
        booking.agree_to(desk.terms.for_agency(employment.agency, terms))
    else:
        booking.take_over_from(replaces)
        booking.give_deadline(agreed_terms(replaces).deadline_kept(replaces.deadline))
    return booking


def begin(
    booking: Booking, reasons: tuple[Reason, ...], *, by: Membership, now: datetime, why: str = ""
) -> Booking:
    """Save a new booking: confirmed at once, or held while someone still has to approve it."""
    booking.waits_for = [one.code for one in reasons if one.kind is Kind.NEEDS_APPROVAL]
    if booking.waits_for:
        held = now + timedelta(hours=practice_here().approval_hours)
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
    """Booked at once, or held. Someone who is to take over a colleague's place holds none until that is decided."""
    if not booking.waits_for:
        return BookingState.BOOKED
    return BookingState.PENDING if booking.replaces_id is None else BookingState.PROPOSED


def name_line_manager(booking: Booking, now: datetime) -> None:
    """Ask the line manager of the job, if the form named no one.

    A manager who has left can no longer approve.
    """
    manager = booking.employment.line_manager
    here = Membership.objects.still_here(timezone.localdate(now))
    if manager is None or not here.filter(pk=manager.pk).exists():
        raise refuse(
            "approver_missing",
            "Your manager has to approve this, and we do not know who they are.",
            "Ask the training team to enter who your manager is.",
        )
    booking.approver = manager
    booking.approver_name = manager.user.full_name
    booking.approver_email = manager.user.email


def new_reference() -> str:
    """Nine characters: about a million million possibilities, so no one finds someone else's by guessing."""
    return "B" + "".join(secrets.choice(LETTERS) for _ in range(8))
