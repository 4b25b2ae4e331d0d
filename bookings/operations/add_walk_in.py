"""Someone came without a booking: add the person to the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from bookings.models.request import Details
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.rules.attendance import SessionMark, takes_marks
from bookings.rules.settlement import settled_without_approval
from bookings.rules.states import BookingState, Mark
from bookings.steps.move import move
from bookings.steps.new_booking import new_booking
from bookings.steps.open_register import open_register
from bookings.steps.settle import settle
from bookings.terms.desk import Desk, open_desk
from bookings.terms.places import places_of
from bookings.terms.policies import NoPolicy
from bookings.terms.register import absent_so_far
from courses.models import Event
from partnerships.models import Employment, Membership
from partnerships.rules.refused import refuse

ROOM_FULL = "room_full"


def walk_in_desk(event: Event, at: datetime) -> Desk:
    """The terms in force now, if there are any."""
    try:
        return open_desk(event, at)
    except NoPolicy:
        sentence = "No charging policy is in force, so no one can be added."
        raise refuse("no_policy", sentence, "Ask the training team.") from None


@transaction.atomic
def add_walk_in(
    *, event: Event, employment: Employment, by: Membership, at: datetime, confirmed: bool = False
) -> Booking:
    """Book the person in and mark them present in the newest session that has begun. No one is added twice.

    No one has said whether they were at an earlier session, so that is marked by hand.

    Places of people marked absent are free again, because only those who came take up room. If there is no room
    left, ``confirmed`` says that the person can stay all the same.
    """
    locked = open_register(event, at)
    existing: Booking | None = Booking.objects.of_person(locked, employment.membership).first()
    if existing is not None and existing.state != BookingState.PROPOSED:
        return existing
    desk = walk_in_desk(locked, at)
    if not desk.terms.for_agency(employment.agency).attendance.walk_in_admitted:
        sentence = "The charging policy does not allow people to come without a booking."
        raise refuse("no_walk_ins", sentence, "Ask the training team.")
    if not confirmed and not places_of(locked).left_at_the_door(absent_so_far(locked)):
        raise refuse(ROOM_FULL, "All places are taken by people who are here or expected.")
    if existing is not None:
        undecided = settled_without_approval("Came before the request was decided.")
        settle(booking=existing, settlement=replace(undecided, tells=None), by=by, at=at)
    booking = new_booking(
        desk,
        membership=employment.membership,
        employment=employment,
        by=by,
        details=Details(),
    )
    booking.walk_in = True
    move(booking, BookingState.BOOKED, at=at, by=by, why="Came without a booking.")
    begun = [one for one in locked.sessions.all() if takes_marks(one.starts_at, at)]
    present = [MarkEntry(booking.pk, one.pk, SessionMark(Mark.PRESENT)) for one in begun[-1:]]
    mark_attendance(event=locked, entries=present, by=by, at=at)
    return booking
