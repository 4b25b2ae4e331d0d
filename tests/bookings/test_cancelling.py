"""Cancelling: in time, late, twice, for someone else; sending a colleague; the event cancelled."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.html import escape

from bookings.models import Booking, ChargingPolicy, Offer, PriceRow, WaitingListEntry
from bookings.operations.book_place import book_place
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.cancel_event import cancel_event
from bookings.operations.move_event import move_event
from bookings.operations.substitute import substitute
from bookings.operations.write_next_planned_mail import write_next_planned_mail
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.states import BookingState, OfferState, WaitingState
from bookings.steps.settle import settle
from bookings.terms.booking_request import BookingRequest
from bookings.terms.settlements import cancelling
from courses.rules.states import EventState
from finance.models import Charge
from finance.rules.states import ChargeState
from outbox.models import Message, MessageState
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Role
from tests.world import (
    World,
    attendance,
    booking,
    charge,
    course,
    event,
    fill,
    in_days,
    offer,
    person,
    waiting_entry,
)


@pytest.fixture
def place(world: World) -> Booking:
    """A place in ten weeks, booked now."""
    who = world.harbour.practitioner
    made = book_place(
        request=BookingRequest(
            event=event(starts_at=in_days(70)),
            membership=who,
            employment=who.employments.get(),
            by=who,
        ),
        now=timezone.now(),
    )
    assert isinstance(made, Booking)
    return made


def cancel_at(place: Booking, received: datetime, entered: datetime | None = None) -> Booking:
    """Cancelled with a message of this instant: by the delegate, or for them by the training team."""
    return cancel_booking(
        booking=place,
        by=place.membership if entered is None else person(Role.COORDINATOR),
        received_at=received,
        entered_at=entered or received,
        reason="Ill",
    )


def test_the_last_instant_of_the_deadline_is_in_time(place: Booking) -> None:
    done = cancel_at(place, place.free_until)
    assert done.state == BookingState.CANCELLED
    assert not Charge.objects.exists()
    mail = Message.objects.get(
        about=place.reference, subject__startswith="Your place has been cancelled"
    )
    assert "There is nothing to pay" in mail.text
    assert "METHOD:CANCEL" in mail.attachments[0]["content"]


def test_a_moment_later_the_agency_is_charged_with_clause_and_arithmetic(place: Booking) -> None:
    done = cancel_at(place, place.free_until + timedelta(microseconds=1))
    assert done.state == BookingState.LATE_CANCELLED
    due = Charge.objects.get()
    assert due.kind == ChargeKind.LATE_CANCELLATION
    assert due.agency == place.agency
    assert due.amount == Decimal("40.00")
    assert due.state == ChargeState.TO_REVIEW
    assert due.explanation["steps"] == ["A flat fee of £40.00."]
    mail = Message.objects.get(
        about=place.reference, subject__startswith="Your place has been cancelled"
    )
    assert "£40.00" in mail.text


def test_the_mail_about_a_late_cancellation_says_how_the_charge_was_worked_out(
    place: Booking,
) -> None:
    """The clause and each step, in both parts: once a variable of the template had another name."""
    cancel_at(place, place.event.starts_at - timedelta(hours=1))
    why = Charge.objects.get().why
    mail = Message.objects.get(subject__startswith="Your place has been cancelled")
    steps = [why.clause, *(f"{label}: {value}" for label, value in why.inputs), *why.steps]
    assert len(steps) > 3
    for said in steps:
        assert said in mail.text, said
        assert escape(said) in mail.html, said


def test_what_counts_is_when_the_message_came(place: Booking) -> None:
    typed_in = place.event.starts_at + timedelta(days=1)
    done = cancel_at(place, place.free_until, typed_in)
    assert done.state == BookingState.CANCELLED
    assert (done.cancel_received_at, done.cancel_entered_at) == (place.free_until, typed_in)


@pytest.mark.parametrize("part", ["agency_lead", "manager", "practitioner", "finance"])
def test_nobody_but_the_training_team_says_that_a_message_came_earlier(
    world: World, place: Booking, part: str
) -> None:
    entered = place.free_until + timedelta(hours=1)
    with pytest.raises(Refused) as refused:
        cancel_booking(
            booking=place,
            by=world.harbour.cast[part],
            received_at=place.free_until,
            entered_at=entered,
            reason="Ill",
        )
    assert refused.value.codes == {"not_yours"}
    place.refresh_from_db()
    assert place.state == BookingState.BOOKED


def test_a_coordinator_does_not_say_it_of_an_own_place(place: Booking) -> None:
    place.membership.roles = [Role.COORDINATOR.value]
    place.membership.save()
    with pytest.raises(Refused) as refused:
        cancel_booking(
            booking=place,
            by=place.membership,
            received_at=place.free_until,
            entered_at=place.free_until + timedelta(hours=1),
            reason="Ill",
        )
    assert refused.value.codes == {"not_yours"}


def test_the_training_team_says_how_the_message_came(world: World, place: Booking) -> None:
    entered = place.free_until + timedelta(hours=1)
    told = {"booking": place, "by": world.harbour.coordinator, "entered_at": entered}
    with pytest.raises(Refused) as refused:
        cancel_booking(**told, received_at=place.free_until, reason="  ")
    assert refused.value.codes == {"reason_missing"}
    done = cancel_booking(**told, received_at=place.free_until, reason="Phoned at 9")
    assert done.state == BookingState.CANCELLED
    step = done.transitions.get(to_state=BookingState.CANCELLED)
    assert (step.why, step.by) == ("Phoned at 9", world.harbour.coordinator)


def test_cancelling_twice_is_refused_in_a_sentence(place: Booking) -> None:
    cancel_at(place, timezone.now())
    with pytest.raises(Refused, match="already ended: cancelled in time"):
        cancel_at(place, timezone.now())


@pytest.mark.parametrize(
    ("before_start", "code"),
    [(timedelta(0), "has_started"), (timedelta(days=500), "before_booking")],
)
def test_a_message_of_an_impossible_time_is_refused(
    place: Booking, before_start: timedelta, code: str
) -> None:
    received = place.event.starts_at - before_start
    with pytest.raises(Refused) as refused:
        cancel_at(place, received, place.event.starts_at + timedelta(days=1))
    assert refused.value.codes == {code}


def test_a_message_from_the_future_is_refused(place: Booking) -> None:
    now = timezone.now()
    with pytest.raises(Refused) as refused:
        cancel_at(place, now + timedelta(hours=1), now)
    assert refused.value.codes == {"in_the_future"}


def test_a_place_that_nobody_approved_costs_nothing(world: World) -> None:
    place = booking(
        person=world.harbour.practitioner,
        event=event(starts_at=in_days(2)),
        state=BookingState.PENDING,
        booked_at=timezone.now(),
    )
    assert cancel_at(place, timezone.now()).state == BookingState.CANCELLED


def test_a_course_outside_the_policy_costs_nothing(world: World) -> None:
    ChargingPolicy.objects.update(is_charged=False)
    place = booking(
        person=world.harbour.practitioner,
        event=event(course=course(group=world.harbour.groups[1])),
    )
    done = cancel_at(place, place.event.starts_at - timedelta(hours=1))
    assert done.state == BookingState.LATE_CANCELLED
    assert not Charge.objects.exists()


def test_a_case_that_the_list_leaves_to_a_person_waits_for_a_decision(world: World) -> None:
    PriceRow.objects.filter(kind=ChargeKind.LATE_CANCELLATION).update(
        outcome=FeeOutcome.DECISION, amount=0
    )
    place = booking(person=world.harbour.practitioner, event=event())
    cancel_at(place, place.event.starts_at - timedelta(hours=1))
    assert Charge.objects.get().state == ChargeState.NEEDS_DECISION


def test_a_charge_is_raised_once(place: Booking) -> None:
    place = cancel_at(place, place.event.starts_at - timedelta(hours=1))
    first = Charge.objects.get()
    settlement = cancelling(place, place.event.starts_at - timedelta(hours=1))
    settle(booking=place, settlement=settlement, by=None, at=timezone.now())
    assert Charge.objects.get() == first


class TestAColleague:
    """Takes the place at no cost, on the terms of the first booking."""

    def send(self, place: Booking, world: World, now: datetime) -> Booking:
        colleague = world.harbour.colleague.employments.get()
        return substitute(booking=place, employment=colleague, by=place.membership, now=now)

    def test_costs_nothing_even_late(self, place: Booking, world: World) -> None:
        late = place.event.starts_at - timedelta(hours=2)
        successor = self.send(place, world, late)
        place.refresh_from_db()
        assert place.state == BookingState.CANCELLED
        assert successor.state == BookingState.BOOKED
        assert successor.replaces == place
        assert successor.free_until == place.free_until
        assert not Charge.objects.exists()

    def test_needs_no_free_place(self, place: Booking, world: World) -> None:
        fill(place.event)
        assert self.send(place, world, timezone.now()).state == BookingState.BOOKED

    def test_who_is_booked_already_cannot_take_it(self, place: Booking, world: World) -> None:
        booking(person=world.harbour.colleague, event=place.event)
        with pytest.raises(Refused) as refused:
            self.send(place, world, timezone.now())
        assert "already_booked" in refused.value.codes
        place.refresh_from_db()
        assert place.state == BookingState.BOOKED

    def test_of_another_agency_is_refused(self, place: Booking, world: World) -> None:
        other = world.harbour.other_practitioner.employments.get()
        with pytest.raises(Refused, match="same agency"):
            substitute(booking=place, employment=other, by=place.membership, now=timezone.now())

    def test_is_too_late_once_it_has_begun(self, place: Booking, world: World) -> None:
        with pytest.raises(Refused):
            self.send(place, world, place.event.starts_at + timedelta(hours=1))


class TestTheEventIsCancelled:
    """By the partnership: no one owes anything for it (W32)."""

    def call_off(self, place: Booking, world: World) -> None:
        cancel_event(
            event=place.event,
            by=world.harbour.coordinator,
            now=place.event.starts_at - timedelta(days=1),
            reason="The trainer is ill.",
        )

    def test_every_charge_is_waived_and_everybody_is_told(
        self, place: Booking, world: World
    ) -> None:
        entry = waiting_entry(person=world.harbour.colleague, event=place.event)
        offered = offer(entry=waiting_entry(person=world.harbour.manager, event=place.event))
        self.call_off(place, world)
        place.refresh_from_db()
        assert place.state == BookingState.EVENT_CANCELLED
        assert place.event.__class__.objects.get().state == EventState.CANCELLED
        assert WaitingListEntry.objects.get(pk=entry.pk).state == WaitingState.CLOSED
        assert Offer.objects.get(pk=offered.pk).state == OfferState.WITHDRAWN
        assert not Charge.objects.exists()
        told = Message.objects.filter(subject__startswith="Cancelled", state=MessageState.PENDING)
        assert {mail.to_email.split("@")[0] for mail in told} == {
            "practitioner",
            "colleague",
            "manager",
        }
        assert all("The trainer is ill." in mail.text for mail in told)

    @pytest.mark.parametrize(
        ("keep", "state"), [(True, ChargeState.TO_REVIEW), (False, ChargeState.WAIVED)]
    )
    def test_a_late_charge_of_before_stays_or_not_as_the_policy_says(
        self, world: World, keep: bool, state: ChargeState
    ) -> None:
        ChargingPolicy.objects.update(keep_late_charge=keep)
        late = booking(
            person=world.harbour.practitioner,
            event=event(starts_at=in_days(5)),
            state=BookingState.LATE_CANCELLED,
        )
        charge(booking=late, kind=ChargeKind.LATE_CANCELLATION)
        self.call_off(late, world)
        late.refresh_from_db()
        assert late.state == BookingState.LATE_CANCELLED
        assert Charge.objects.get().state == state

    def test_only_once(self, place: Booking, world: World) -> None:
        self.call_off(place, world)
        with pytest.raises(Refused, match="already been cancelled"):
            self.call_off(place, world)


class TestTheEventMoves:
    """Deadlines, offers and messages move with it."""

    def test_the_deadline_never_becomes_earlier(self, place: Booking) -> None:
        told = place.free_until
        later = place.event.starts_at + timedelta(days=7)
        moved = move_event(event=place.event, starts_at=later, now=timezone.now())
        place.refresh_from_db()
        assert place.free_until > told
        later_told = place.free_until
        move_event(event=moved, starts_at=later - timedelta(days=21), now=timezone.now())
        place.refresh_from_db()
        assert place.free_until == later_told

    def test_sessions_and_calendar_files_follow(self, place: Booking) -> None:
        later = place.event.starts_at + timedelta(days=7)
        moved = move_event(event=place.event, starts_at=later, now=timezone.now())
        assert moved.sessions.get().starts_at == later
        mail = Message.objects.get(about=place.reference, subject__startswith="New date")
        assert "SEQUENCE:1" in mail.attachments[0]["content"]

    def test_a_reminder_that_waits_to_go_out_is_written_anew_for_the_new_date(
        self, place: Booking
    ) -> None:
        near = place.event.starts_at - timedelta(days=4)
        assert write_next_planned_mail(now=near) == 1
        assert write_next_planned_mail(now=near) == 0
        old = Message.objects.get(subject__startswith="Reminder")
        later = place.event.starts_at + timedelta(days=30)
        move_event(event=place.event, starts_at=later, now=near)
        old.refresh_from_db()
        assert old.state == MessageState.CANCELLED
        assert write_next_planned_mail(now=near) == 0
        assert write_next_planned_mail(now=later - timedelta(days=4)) == 1
        assert Message.objects.filter(
            subject__startswith="Reminder", state=MessageState.PENDING
        ).exists()

    def test_a_past_date_is_refused(self, place: Booking) -> None:
        with pytest.raises(Refused, match="future"):
            move_event(event=place.event, starts_at=in_days(-1), now=timezone.now())

    def test_the_date_that_it_has_already_changes_nothing(self, place: Booking) -> None:
        """It used to give everyone who had booked three days of free cancelling, and told no one."""
        before = place.free_until
        with pytest.raises(Refused, match="already on this date"):
            move_event(event=place.event, starts_at=place.event.starts_at, now=timezone.now())
        place.refresh_from_db()
        assert (place.free_until, place.event.revision) == (before, 0)

    def test_a_date_on_whose_register_people_are_marked_stays(self, world: World) -> None:
        today = event(starts_at=timezone.now() + timedelta(minutes=40))
        here = booking(person=world.harbour.practitioner, event=today)
        attendance(booking=here)
        with pytest.raises(Refused, match="have been marked"):
            move_event(event=today, starts_at=in_days(7), now=timezone.now())


def test_somebody_who_booked_after_the_reminder_was_due_gets_none(world: World) -> None:
    near = event(starts_at=in_days(2), course=course())
    booking(person=world.harbour.practitioner, event=near, booked_at=timezone.now())
    assert write_next_planned_mail(now=timezone.now()) == 0
