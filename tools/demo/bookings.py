"""Who books, gives up, is agreed to and waits: each of them noted for its own hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

from bookings.models import Booking
from bookings.models.request import Details
from bookings.operations.add_walk_in import add_walk_in
from bookings.operations.book_place import book_place
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.join_waiting_list import join_waiting_list
from bookings.operations.offer_freed_places import offer_freed_places
from bookings.operations.settle_approval import settle_approval
from bookings.operations.substitute import substitute
from bookings.rules.states import AWAITS_APPROVAL, ApprovalMode, BookingState
from bookings.terms.booking_request import BookingRequest
from courses.models import TrainingRecord
from partnerships.models import Membership
from tools.demo.crowd import OFFERED, WAITING, candidates, cast
from tools.demo.events import cancelling_time, first_bookings
from tools.demo.extras import record_interpreter
from tools.demo.people import books_from
from tools.demo.surveys import answer_before
from tools.demo.town import WALK_IN, Occasion, Person, Seat, Town

LATEST = timedelta(days=2)  # before the event, when the last people book
HOUR = timedelta(hours=1)
LEAVES = {BookingState.CANCELLED, BookingState.LATE_CANCELLED}
NEEDS = (
    "I use a hearing loop.",
    "I use a wheelchair and need a parking space near the door.",
    "Please send the slides beforehand in large print.",
    "I am breastfeeding and need a quiet room at lunch time.",
)
REASONS = (
    "A court hearing was moved to the same day.",
    "We are short of staff that day.",
    "I am ill.",
    "My manager needs me at the office.",
    "A strategy meeting was called.",
)
ELSEWHERE = "The same course with my last employer, in spring."
NEXT_TIME = "Please take the course in the summer instead."


def note_bookings(town: Town) -> None:
    """Every booking and every waiting list of the year."""
    for occasion in town.occasions:
        occasion.seats = cast(town, occasion)
        for seat in occasion.seats:
            if seat.part == WALK_IN:
                at = occasion.event.starts_at + timedelta(minutes=5)
                town.diary.note(at, partial(walk_in, town, occasion, seat))
        full_at = note_places(town, occasion)
        note_waiting(town, occasion, full_at)
    town.diary.note(town.midnight - timedelta(hours=9), partial(propose_colleague, town))
    town.diary.note(town.midnight - timedelta(hours=8), partial(record_interpreter, town))


def note_places(town: Town, occasion: Occasion) -> datetime:
    """Everybody who books a place, and who gives it up; returns when the last one has booked.

    Where more people book than there are places, the last ones come when others have given theirs up.
    """
    own = [one for one in occasion.seats if one.part not in {WALK_IN, WAITING, OFFERED}]
    booked = {one: booking_time(town, occasion, one) for one in own}
    leaving = {
        one: leaving_time(town, occasion, one, booked[one]) for one in own if one.part in LEAVES
    }
    surplus = len(own) - occasion.event.capacity
    if surplus > 0:
        staying = [one for one in own if one not in leaving]
        for place, one in enumerate(staying[-surplus:], 1):
            booked[one] = max(leaving.values()) + place * timedelta(minutes=20)
    for one, at in booked.items():
        town.diary.note(at, partial(book, town, occasion, one))
    for one, at in leaving.items():
        town.diary.note(at, partial(give_up, town, occasion, one))
    return max(booked.values(), default=town.midnight)


def note_waiting(town: Town, occasion: Occasion, full_at: datetime) -> None:
    """The waiting list of a full event, in the order of joining; the first may be offered a place that was given up."""
    line = sorted(
        (one for one in occasion.seats if one.part in {OFFERED, WAITING}),
        key=lambda one: (one.part != OFFERED, one.person.key),
    )
    if not line:
        return
    step = (offer_time(town) - HOUR - full_at) / (len(line) + 1)
    for place, one in enumerate(line, 1):
        town.diary.note(full_at + place * step, partial(wait, occasion, one))
    if occasion.story.get(OFFERED):
        town.diary.note(offer_time(town), offer_places)


def offer_time(town: Town) -> datetime:
    """Yesterday evening, so that the offer is still open."""
    return town.midnight - timedelta(hours=5)


def offer_places(at: datetime) -> None:
    while offer_freed_places(now=at):
        pass


def booking_time(town: Town, occasion: Occasion, one: Seat) -> datetime:
    """Some weeks ahead, yesterday at the latest, and before the place is given up."""
    chance = town.chance("booking", occasion.event.reference, one.person.key)
    if one.part == BookingState.PENDING:
        return town.midnight - timedelta(hours=chance.randint(5, 14))
    first = max(first_bookings(town, occasion), books_from(town, one.person))
    last = occasion.event.starts_at - LATEST
    last = min(last, town.midnight - HOUR)
    if occasion.story.get(WAITING):
        last = min(last, town.midnight - timedelta(days=7))
    if one.part in {*LEAVES, BookingState.DECLINED}:
        last = first + (min(last, occasion.deadline) - first) / 2
    if one.part == BookingState.EVENT_CANCELLED:
        last = min(last, cancelling_time(town) - 4 * HOUR)  # with time to agree to it
    return town.moment(chance, first, last)


def leaving_time(town: Town, occasion: Occasion, one: Seat, booked_at: datetime) -> datetime:
    """In time or late; where nobody can be late yet, in time. Who makes room for an offer does so just before it."""
    if occasion.story.get(OFFERED):
        return offer_time(town) - timedelta(minutes=10)
    chance = town.chance("leaving", occasion.event.reference, one.person.key)
    latest = min(occasion.event.starts_at, town.midnight) - HOUR
    if occasion.story.get(WAITING):
        latest = town.midnight - timedelta(hours=30)
    too_late = occasion.deadline + timedelta(minutes=1)
    if one.part == BookingState.LATE_CANCELLED and too_late < latest:
        return town.moment(chance, too_late, latest)
    return town.moment(chance, booked_at + 4 * HOUR, min(latest, occasion.deadline))


def book(town: Town, occasion: Occasion, seat: Seat, at: datetime) -> None:
    """For oneself or by the lead of the agency; some have to wait until somebody agrees."""
    person, event = seat.person, occasion.event
    chance = town.chance("form", event.reference, person.key)
    request = BookingRequest(
        event=event,
        membership=person.membership,
        employment=person.employment,
        by=booker(town, person, chance),
        details=details(town, occasion, person, chance),
    )
    booking = book_place(request=request, now=at)
    assert isinstance(booking, Booking), (event.reference, person.key)
    seat.booked = booking
    answer_before(town, occasion, seat, at)
    if booking.state in AWAITS_APPROVAL and seat.part != BookingState.PENDING:
        town.diary.note(at + chance.randint(1, 3) * HOUR, partial(decide, town, seat))


def details(town: Town, occasion: Occasion, person: Person, chance: Random) -> Details:
    """What the form says: now and then a need, what was learnt elsewhere, and who the manager is."""
    manager = person.employment.line_manager or town.member("manager")
    by_link = town.policy.approval == ApprovalMode.BY_LINK
    return Details(
        access_needs=chance.choice(NEEDS) if chance.random() < 0.05 else "",
        manager_declared=town.policy.approval == ApprovalMode.DECLARED,
        approver_name=manager.user.full_name if by_link else "",
        approver_email=manager.user.email if by_link else "",
        evidence=ELSEWHERE if lacks_learning(town, occasion, person) else "",
    )


def lacks_learning(town: Town, occasion: Occasion, person: Person) -> bool:
    """Whether a course that comes before this one is not on the person's record."""
    needed = town.course_facts(occasion.course)["prerequisites"]
    done = TrainingRecord.objects.filter(membership=person.membership)
    return any(not done.filter(course=town.courses[one]).exists() for one in needed)


def booker(town: Town, person: Person, chance: Random) -> Membership:
    """Most people book for themselves; some are booked by the lead of their agency."""
    leads = [
        other
        for other in town.people.values()
        if other.agency is person.agency and "agency_lead" in other.facts["roles"]
    ]
    return leads[0].membership if leads and chance.random() < 0.12 else person.membership


def decide(town: Town, seat: Seat, at: datetime) -> None:
    """The manager agrees, or the training team has looked at the evidence."""
    approved = seat.part != BookingState.DECLINED
    by_link = town.policy.approval == ApprovalMode.BY_LINK
    settle_approval(
        booking=seat.booking,
        approved=approved,
        now=at,
        by=town.member("manager" if by_link else "coordinator"),
        why="" if approved else NEXT_TIME,
    )


def give_up(town: Town, occasion: Occasion, seat: Seat, at: datetime) -> None:
    """The person cancels."""
    chance = town.chance("reason", occasion.event.reference, seat.person.key)
    cancel_booking(
        booking=seat.booking,
        by=seat.person.membership,
        received_at=at,
        entered_at=at,
        reason=chance.choice(REASONS),
    )


def wait(occasion: Occasion, seat: Seat, at: datetime) -> None:
    """The person joins the waiting list."""
    person = seat.person
    request = BookingRequest(
        event=occasion.event,
        membership=person.membership,
        employment=person.employment,
        by=person.membership,
        details=Details(manager_declared=True),
    )
    join_waiting_list(request=request, now=at)


def walk_in(town: Town, occasion: Occasion, seat: Seat, at: datetime) -> None:
    """Somebody comes without a booking, and the trainer has room."""
    trainer = town.member(occasion.facts["trainers"][0])
    seat.booked = add_walk_in(
        event=occasion.event, employment=seat.person.employment, by=trainer, at=at, confirmed=True
    )


def propose_colleague(town: Town, at: datetime) -> None:
    """Somebody who cannot come names a colleague, whose evidence the training team has still to check."""
    for occasion in town.occasions:
        if occasion.event.starts_at < town.midnight + timedelta(days=14):
            continue
        there = {seat.person for seat in occasion.seats}
        free = [
            one for one in candidates(town, occasion, there) if lacks_learning(town, occasion, one)
        ]
        for seat in occasion.seats:
            colleagues = [one for one in free if one.agency is seat.person.agency]
            if seat.part == BookingState.BOOKED and seat.booked and colleagues:
                substitute(
                    booking=seat.booking,
                    employment=colleagues[0].employment,
                    by=seat.person.membership,
                    now=at,
                    details=Details(manager_declared=True, evidence=ELSEWHERE),
                )
                return
