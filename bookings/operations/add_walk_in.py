"""Somebody came without a booking: add the person to the register."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from bookings.models.request import Details
from bookings.operations.book_place import new_booking
from bookings.operations.mark_attendance import Entry, mark_attendance, open_register
from bookings.operations.move import move
from bookings.operations.refused import refuse
from bookings.reports.desk import open_desk
from bookings.reports.places import places_of
from bookings.reports.register import absent_so_far
from bookings.rules.attendance import SessionMark
from bookings.rules.states import BookingState, Mark
from courses.models import Event
from partnerships.models import Employment, Membership


@transaction.atomic
def add_walk_in(*, event: Event, employment: Employment, by: Membership, at: datetime) -> Booking:
    """Book the person in and mark them present. Somebody who is on the register already stays there once.

    Places of people marked absent are free again, for the room holds those who came.
    """
    locked = open_register(event, at)
    existing: Booking | None = (
        Booking.objects.filter(event=locked, membership=employment.membership)
        .holding_a_place()
        .first()
    )
    if existing is not None:
        return existing
    desk = open_desk(locked, at)
    if not desk.policy.walk_in_admitted:
        sentence = "The cancellation policy does not admit people without a booking."
        raise refuse("no_walk_ins", sentence, "Ask the training team.")
    if not places_of(locked).left_at_the_door(absent_so_far(locked)):
        raise refuse("room_full", "All places are taken by people who are here or expected.")
    booking = new_booking(
        desk,
        membership=employment.membership,
        employment=employment,
        by=by,
        details=Details(),
    )
    booking.walk_in = True
    move(booking, BookingState.BOOKED, at=at, by=by, why="Came without a booking.")
    present = SessionMark(Mark.PRESENT)
    entries = [Entry(booking.pk, session.pk, present) for session in locked.sessions.all()]
    mark_attendance(event=locked, entries=entries, by=by, at=at)
    return booking
