"""Bookings in every state, each with the steps that led there."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from bookings.models import (
    Booking,
    BookingTransition,
    CancellationPolicy,
    PlannedMail,
    PlannedMailSent,
)
from bookings.rules.states import ApprovalMode, BookingState
from bookings.steps.new_booking import LETTERS
from bookings.terms.agreement import Terms
from bookings.terms.practice import practice_here
from courses.models import PriceList
from partnerships.models import Membership
from tools.demo.crowd import OFFERED, WAITING, WALK_IN, Part, cast
from tools.demo.queue import load_line
from tools.demo.town import Occasion, Person, Seat, Town

EARLIEST, LATEST = timedelta(days=75), timedelta(days=2)  # before the event, when people book
HOUR = timedelta(hours=1)
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


def load_places(town: Town) -> None:
    """Every booking and every waiting list entry of the year."""
    for occasion in town.occasions:
        parts = cast(town, occasion)
        for one in parts:
            if one.part not in {OFFERED, WAITING}:
                occasion.seats.append(seat(town, occasion, one))
        load_line(town, occasion, [one for one in parts if one.part in {OFFERED, WAITING}])
    seats = [(occasion, one) for occasion in town.occasions for one in occasion.seats]
    Booking.objects.bulk_create([one.booking for _, one in seats], batch_size=500)
    fix_what_was_agreed(town)
    BookingTransition.objects.bulk_create(
        [step for occasion, one in seats for step in steps(town, occasion, one)], batch_size=1000
    )
    note_reminders(town)
    propose_colleague(town)


def fix_what_was_agreed(town: Town) -> None:
    """Policies and price lists that the bookings name stay as they are, as after every booking."""
    first = town.midnight
    agreed = Booking.objects.order_by()
    CancellationPolicy.objects.filter(pk__in=agreed.values("policy")).update(agreed_since=first)
    PriceList.objects.filter(pk__in=agreed.values("price_list")).update(quoted_since=first)


def seat(town: Town, occasion: Occasion, one: Part) -> Seat:
    """One person's booking, not saved yet."""
    person, event, terms = one.person, occasion.event, occasion.terms
    assert terms is not None
    chance = town.chance("booking", event.reference, person.key)
    agency = person.agency
    booked_at = booking_time(town, occasion, one, chance)
    booking = Booking(
        reference="B" + "".join(chance.choices(LETTERS, k=8)),
        event=event,
        membership=person.membership,
        employment=person.employment,
        agency=agency,
        booked_by=booker(town, person, chance),
        state=BookingState.ATTENDED if one.part == WALK_IN else one.part,
        policy=terms.policy,
        policy_accepted_at=booked_at,
        booked_at=booked_at,
        walk_in=one.part == WALK_IN,
        manager_declared=terms.policy.approval == ApprovalMode.DECLARED,
        access_needs=chance.choice(NEEDS) if chance.random() < 0.05 else "",
        evidence=evidence(town, occasion, person),
    )
    booking.agree_to(terms.for_payer(town.payers[agency.pk]), price_list=terms.list_id)
    if booking.state in {BookingState.CANCELLED, BookingState.LATE_CANCELLED}:
        cancel(town, occasion, booking, terms, chance)
    if booking.state == BookingState.PENDING:
        wait_for_approval(town, person, booking)
    return Seat(person, booking, dict(one.answered))


def note_reminders(town: Town) -> None:
    """The reminders that the sweep wrote before the day of loading."""
    reminder = PlannedMail.objects.get()
    booked = Booking.objects.filter(
        state=BookingState.BOOKED, event__starts_at__lt=town.midnight - reminder.distance
    )
    PlannedMailSent.objects.bulk_create(
        PlannedMailSent(planned_mail=reminder, booking=one, starts_at=one.event.starts_at)
        for one in booked.select_related("event")
    )


def propose_colleague(town: Town) -> None:
    """Somebody who cannot come has named a colleague, whose evidence the training team has still to check."""
    for occasion in town.occasions:
        if occasion.event.starts_at < town.midnight + timedelta(days=14) or occasion.closed:
            continue
        there = {seat.person.key for seat in occasion.seats}
        for seat in occasion.seats:
            agency = seat.person.agency
            colleagues = [
                person
                for key, person in town.people.items()
                if person.agency is agency and key not in there
            ]
            if seat.booking.state == BookingState.BOOKED and colleagues:
                propose(town, seat.booking, colleagues[0])
                return


def propose(town: Town, booking: Booking, colleague: Person) -> None:
    """As the operation writes it, yesterday afternoon."""
    asked_at = town.midnight - timedelta(hours=9)
    proposed = Booking(
        reference="B" + "".join(town.chance("proposed").choices(LETTERS, k=8)),
        event=booking.event,
        membership=colleague.membership,
        employment=colleague.employment,
        agency=booking.agency,
        booked_by=booking.membership,
        state=BookingState.PROPOSED,
        policy=booking.policy,
        policy_accepted_at=asked_at,
        booked_at=asked_at,
        replaces=booking,
        manager_declared=True,
        evidence="The same course with my last employer, in spring.",
        waits_for=["prerequisite_missing"],
        held_until=asked_at + timedelta(hours=practice_here().approval_hours),
    )
    proposed.take_over_from(booking)
    proposed.give_deadline(booking.deadline)
    proposed.save()
    BookingTransition.objects.create(
        booking=proposed, to_state=proposed.state, at=asked_at, by=booking.membership
    )


def booker(town: Town, person: Person, chance: Random) -> Membership:
    """Most people book for themselves; some are booked by the lead of their agency."""
    leads = [
        other
        for other in town.people.values()
        if other.agency is person.agency and "agency_lead" in other.facts["roles"]
    ]
    return leads[0].membership if leads and chance.random() < 0.12 else person.membership


def booking_time(town: Town, occasion: Occasion, one: Part, chance: Random) -> datetime:
    """When it was booked: some weeks ahead, yesterday at the latest, and before it was cancelled."""
    event, terms = occasion.event, occasion.terms
    assert terms is not None
    if one.part == WALK_IN:
        return event.starts_at + timedelta(minutes=5)
    last = min(event.starts_at - LATEST, town.midnight - HOUR)
    if one.part == BookingState.PENDING:
        return town.midnight - timedelta(hours=chance.randint(5, 14))
    if occasion.story.get("waiting") or occasion.story.get("offered"):
        last = min(last, town.midnight - timedelta(days=7))  # full when the first joined the line
    first = min(event.starts_at - EARLIEST, town.midnight - timedelta(days=30))
    if one.part in {BookingState.CANCELLED, BookingState.LATE_CANCELLED, BookingState.DECLINED}:
        last = min(last, terms.deadline.instant)
        last = first + (last - first) / 2
    if event.cancelled_at is not None:
        last = min(last, event.cancelled_at - HOUR)
    return town.moment(chance, first, last)


def cancel(town: Town, occasion: Occasion, booking: Booking, terms: Terms, chance: Random) -> None:
    """Given back in time or late, by the day of loading; where nobody can be late yet, it was in time."""
    latest = min(occasion.event.starts_at - HOUR, town.midnight - HOUR)
    after_deadline = terms.deadline.instant + timedelta(minutes=1)
    if booking.state == BookingState.LATE_CANCELLED and after_deadline < latest:
        received = town.moment(chance, after_deadline, latest)
    else:
        booking.state = BookingState.CANCELLED
        received = town.moment(chance, booking.booked_at, min(latest, terms.deadline.instant))
    booking.cancel_received_at = booking.cancel_entered_at = received
    booking.cancel_reason = chance.choice(REASONS)


def wait_for_approval(town: Town, person: Person, booking: Booking) -> None:
    """Held until the manager has agreed by link; elsewhere until the training team has checked evidence."""
    if booking.policy.approval == ApprovalMode.BY_LINK:
        manager = person.employment.line_manager or town.member("manager")
        booking.waits_for = ["manager_approval"]
        booking.approver = manager
        booking.approver_name = manager.user.full_name
        booking.approver_email = manager.user.email
    else:
        booking.waits_for = ["prerequisite_missing"]
        booking.evidence = booking.evidence or "The same course with my last employer, in spring."
    held = booking.booked_at + timedelta(hours=practice_here().approval_hours)
    booking.held_until = min(held, booking.event.starts_at)


def evidence(town: Town, occasion: Occasion, person: Person) -> str:
    """What people write who completed the course before this one somewhere else."""
    row = next(one for one in town.seed.courses if one["reference"] == occasion.course.reference)
    missing = [town.courses[one].title for one in row["prerequisites"] if one not in person.done]
    return f"Completed with my last employer: {', '.join(missing)}." if missing else ""


def steps(town: Town, occasion: Occasion, one: Seat) -> list[BookingTransition]:
    """The booking's history: how it began, and how it ended if it has."""
    booking, state = one.booking, BookingState(one.booking.state)
    began = BookingState.PENDING if state in NEVER_SURE else BookingState.BOOKED
    found = [
        BookingTransition(
            booking=booking, to_state=began, at=booking.booked_at, by=booking.booked_by
        )
    ]
    if state is not began:
        at, by, why = ending(town, occasion, booking)
        found.append(
            BookingTransition(
                booking=booking, from_state=began, to_state=state, at=at, by=by, why=why
            )
        )
    return found


NEVER_SURE = {BookingState.PENDING, BookingState.DECLINED}


def ending(
    town: Town, occasion: Occasion, booking: Booking
) -> tuple[datetime, Membership | None, str]:
    """When, by whom and why a booking ended."""
    event = occasion.event
    if booking.cancel_entered_at is not None:
        return booking.cancel_entered_at, booking.membership, booking.cancel_reason
    if booking.state == BookingState.EVENT_CANCELLED:
        assert event.cancelled_at is not None
        return event.cancelled_at, town.member("coordinator"), event.cancelled_reason
    if booking.state == BookingState.DECLINED:
        day_after = min(booking.booked_at + timedelta(days=1), town.midnight - HOUR)
        return day_after, town.member("manager"), "Please take the course in the summer instead."
    assert event.register_closed_at is not None
    why = "One session missed." if booking.state == BookingState.PARTLY_ATTENDED else ""
    return event.register_closed_at, event.register_closed_by, why or "The register was closed."
