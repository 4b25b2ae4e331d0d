"""Agree to a held place, or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.places import confirm_booking
from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.operations.locks import locked_booking, locked_event, take_behind_event
from bookings.operations.move import move
from bookings.operations.refused import has_left, refuse
from bookings.operations.settle import settle
from bookings.operations.substitute import hand_over
from bookings.reports.desk import held_desk
from bookings.rules.settlement import settled_without_approval
from bookings.rules.states import AWAITS_APPROVAL, BookingState
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.rules.reasons import blocks
from partnerships.tasks import wake

MANAGER = "manager_approval"
AGENCY = "agency_unconfirmed"
GROUP = "group_unknown"


@transaction.atomic
def settle_approval(
    *,
    booking: Booking,
    approved: bool,
    now: datetime,
    by: Membership | None = None,
    why: str = "",
    codes: Iterable[str] | None = None,
) -> Booking:
    """Settle some of the reasons that a booking waits for, all of them unless ``codes`` names which.

    One "no" gives the place up; the last "yes" makes it sure.
    """
    locked_event(booking.event_id)
    booking = locked_booking(booking.pk)
    if booking.state not in AWAITS_APPROVAL:
        raise refuse("is_settled", "This has already been decided.")
    if not approved:
        return give_up(booking, now=now, by=by, why=why or "Not approved.")
    if not is_still_here(booking, now):
        raise has_left(booking.agency)
    settled = set(booking.waits_for if codes is None else codes)
    booking.waits_for = [code for code in booking.waits_for if code not in settled]
    if booking.waits_for:
        booking.save()
        return booking
    booking.held_until = None
    move(booking, BookingState.BOOKED, at=now, by=by, why=why or "Approved.")
    if booking.replaces_id is not None:
        hand_over(booking=locked_booking(booking.replaces_id), to=booking, by=by, now=now)
    confirm_booking(booking, now)
    wake()
    return booking


def give_up(booking: Booking, *, now: datetime, by: Membership | None, why: str) -> Booking:
    """The place is free again, or stays with the colleague who has it. The clock does not write to those who left."""
    settlement = settled_without_approval(why)
    if by is None and not of_those_to_tell(now).filter(pk=booking.pk).exists():
        settlement = replace(settlement, tells=None)
    settle(booking=booking, settlement=settlement, by=by, at=now)
    wake()
    return booking


def is_still_here(booking: Booking, now: datetime) -> bool:
    """Whether the person has a job and an account yet, and the job in which the place was asked for."""
    here = Booking.objects.filter(pk=booking.pk).still_here(timezone.localdate(now))
    return bool(here.exists())


def of_those_to_tell(now: datetime) -> BookingQuerySet:
    """Bookings of people who have not left: those whose job the agency refused are told so."""
    rows: BookingQuerySet = Booking.objects.filter(
        membership__in=Membership.objects.active(),
        employment__in=Employment.objects.on(timezone.localdate(now)),
    )
    return rows


def waiting_for(code: str, now: datetime) -> BookingQuerySet:
    """Places that wait for one thing. Those of people who have left are given up when their time is over."""
    rows: BookingQuerySet = Booking.objects.awaiting_approval().filter(waits_for__contains=[code])
    return rows.still_here(timezone.localdate(now))


def settle_next_employment(now: datetime) -> int:
    """Sweep: an agency has confirmed or refused somebody whose place waits for that."""
    waiting = of_those_to_tell(now).awaiting_approval().filter(waits_for__contains=[AGENCY])
    settled = waiting.exclude(employment__state=EmploymentState.PENDING)
    booking = take_behind_event(settled.order_by("pk"))
    if booking is None:
        return 0
    approved = booking.employment.state == EmploymentState.CONFIRMED
    why = "The agency has confirmed." if approved else "The agency does not know this person."
    settle_approval(booking=booking, approved=approved, now=now, why=why, codes=[AGENCY])
    return 1


def settle_next_group(now: datetime) -> int:
    """Sweep: somebody has said which group a person is in whose place waits for that."""
    waiting = waiting_for(GROUP, now)
    known = waiting.filter(employment__group__isnull=False)
    booking = take_behind_event(known.order_by("pk"))
    if booking is None:
        return 0
    obstacle = group_obstacle(booking, now)
    why = obstacle or f"{booking.employment.group} has been entered for the person."
    settle_approval(booking=booking, approved=not obstacle, now=now, why=why, codes=[GROUP])
    return 1


def group_obstacle(booking: Booking, now: datetime) -> str:
    """Why the person's group keeps them from the event; empty where it does not."""
    desk = held_desk(booking.event, now, booking.policy)
    person = desk.person(booking.membership)
    reasons = desk.reasons(person, booking.employment, manager_approved=True)
    against = (one for one in reasons if one.code.startswith("group_") and blocks((one,)))
    return next((one.sentence for one in against), "")


def expire_next_approval(now: datetime) -> int:
    """Sweep: nobody agreed while the place was held."""
    booking = take_behind_event(Booking.objects.unanswered(now).order_by("held_until", "pk"))
    if booking is None:
        return 0
    why = "No one agreed in time, so the place was given up."
    settle_approval(booking=booking, approved=False, now=now, why=why)
    return 1
