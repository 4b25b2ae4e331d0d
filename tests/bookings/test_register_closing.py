"""Marking and closing a register: outcomes, records of learning, charges."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Attendance, Booking, WaitingListEntry
from bookings.operations.add_walk_in import add_walk_in
from bookings.operations.close_register import close_register
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.operations.reopen_register import reopen_register
from bookings.rules.attendance import SessionMark
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState, Mark, WaitingState
from bookings.terms.settlements import closing_of
from courses.models import Event, TrainingRecord
from courses.rules.states import EventState
from finance.models import Charge, MitigationCase
from finance.rules.states import ChargeState, MitigationState
from partnerships.rules.refused import Refused
from tests.world import (
    World,
    booking,
    charge,
    event,
    in_days,
    page_as,
    person,
    waiting_entry,
)

NOW = timezone.now


def marked(made: Booking, mark: Mark, world: World, **minutes: int) -> None:
    """Mark one person in every session."""
    entries = [
        MarkEntry(made.pk, session.pk, SessionMark(mark, **minutes))
        for session in made.event.sessions.all()
    ]
    mark_attendance(event=made.event, entries=entries, by=world.harbour.trainer, at=NOW())


@pytest.fixture
def over(world: World) -> Event:
    """An event that ended two days ago, its register open."""
    return event(starts_at=in_days(-2))


@pytest.mark.parametrize(
    ("mark", "minutes", "state", "records"),
    [
        (Mark.PRESENT, {}, BookingState.ATTENDED, 1),
        (Mark.LATE, {"minutes_late": 30}, BookingState.ATTENDED, 1),
        (Mark.LATE, {"minutes_late": 31}, BookingState.PARTLY_ATTENDED, 0),
        (Mark.LEFT_EARLY, {"minutes_early": 10}, BookingState.ATTENDED, 1),
        (Mark.ABSENT, {}, BookingState.NO_SHOW, 0),
    ],
)
def test_a_mark_becomes_an_outcome(
    world: World,
    over: Event,
    mark: Mark,
    minutes: dict[str, int],
    state: BookingState,
    records: int,
) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    marked(made, mark, world, **minutes)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    made.refresh_from_db()
    assert made.state == state
    assert [step.to_state for step in made.transitions.all()][-1] == state
    assert TrainingRecord.objects.filter(membership=made.membership, event=over).count() == records


def test_an_absence_is_charged_with_its_clause(world: World, over: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    marked(made, Mark.ABSENT, world)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    found = Charge.objects.get(booking=made)
    assert (found.kind, found.amount, found.state) == (
        ChargeKind.NO_SHOW,
        Decimal("75.00"),
        ChargeState.TO_REVIEW,
    )
    assert found.why.clause
    assert found.why.steps
    assert found.arose_on == timezone.localdate(over.ends_at)


def test_lateness_is_charged_where_the_policy_says_so(world: World, over: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    made.policy.late_charged = True
    made.policy.save()
    marked(made, Mark.LATE, world, minutes_late=60)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    assert Charge.objects.get(booking=made).kind == ChargeKind.NO_SHOW


def test_the_page_before_closing_says_what_closing_does(world: World, over: Event) -> None:
    for who, mark in ((world.harbour.practitioner, Mark.ABSENT), (person(), Mark.PRESENT)):
        marked(booking(person=who, event=over), mark, world)
    said = closing_of(over, NOW())
    assert (said.present, said.absent, len(said.charges), said.obstacle) == (1, 1, 1, "")
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    assert [due.price.amount for _, due in said.charges] == [Charge.objects.get().amount]


def test_closing_twice_does_nothing_more(world: World, over: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    marked(made, Mark.ABSENT, world)
    first = close_register(event=over, by=world.harbour.coordinator, at=NOW())
    again = close_register(event=over, by=world.harbour.administrator, at=NOW())
    assert again.register_closed_at == first.register_closed_at
    assert again.state == EventState.COMPLETED
    assert Charge.objects.count() == 1
    assert made.transitions.count() == 2


def test_everybody_must_be_marked_first(world: World, over: Event) -> None:
    booking(person=world.harbour.practitioner, event=over)
    with pytest.raises(Refused, match="1 person has not been marked"):
        close_register(event=over, by=world.harbour.coordinator, at=NOW())


def test_every_session_must_be_marked(world: World) -> None:
    long = event(starts_at=in_days(-3), days=2)
    made = booking(person=world.harbour.practitioner, event=long)
    first = long.sessions.get(position=1)
    entry = MarkEntry(made.pk, first.pk, SessionMark(Mark.PRESENT))
    mark_attendance(event=long, entries=[entry], by=world.harbour.trainer, at=NOW())
    with pytest.raises(Refused, match="in every session"):
        close_register(event=long, by=world.harbour.coordinator, at=NOW())


def test_a_place_that_nobody_approved_ends_uncharged(world: World, over: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=over, state=BookingState.PENDING)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    made.refresh_from_db()
    assert made.state == BookingState.DECLINED
    assert not Charge.objects.exists()


def test_the_waiting_list_closes_with_the_register(world: World, over: Event) -> None:
    entry = waiting_entry(person=world.harbour.colleague, event=over)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    assert WaitingListEntry.objects.get(pk=entry.pk).state == WaitingState.CLOSED


def test_a_register_cannot_be_closed_before_the_end(world: World) -> None:
    running = event(starts_at=NOW() - timedelta(hours=1))
    with pytest.raises(Refused, match="when the event has ended"):
        close_register(event=running, by=world.harbour.coordinator, at=NOW())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": in_days(3)}, "opens on the day"),
        ({"starts_at": in_days(-2), "state": EventState.CANCELLED}, "is cancelled"),
        ({"starts_at": in_days(-2), "register_closed_at": in_days(-1)}, "is closed"),
    ],
)
def test_some_registers_take_no_marks(world: World, fields: dict[str, Any], sentence: str) -> None:
    closed = event(**fields)
    made = booking(person=world.harbour.practitioner, event=closed)
    with pytest.raises(Refused, match=sentence):
        marked(made, Mark.PRESENT, world)


def test_marking_again_changes_the_mark_and_nothing_else(world: World, over: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    marked(made, Mark.LATE, world, minutes_late=5)
    marked(made, Mark.PRESENT, world)
    assert [row.as_rule() for row in Attendance.objects.all()] == [SessionMark(Mark.PRESENT)]


def test_marks_of_other_events_are_ignored(world: World, over: Event) -> None:
    elsewhere = booking(person=world.harbour.practitioner, event=event(starts_at=in_days(-2)))
    entry = MarkEntry(elsewhere.pk, over.sessions.get().pk, SessionMark(Mark.ABSENT))
    assert mark_attendance(event=over, entries=[entry], by=world.harbour.trainer, at=NOW()) == 0


def test_a_walk_in_is_booked_and_present_once(world: World, over: Event) -> None:
    job = world.harbour.colleague.employments.get()
    for _ in range(2):
        made = add_walk_in(event=over, employment=job, by=world.harbour.trainer, at=NOW())
    assert made.walk_in
    assert made.agency == world.harbour.school
    assert Booking.objects.filter(event=over).count() == 1
    assert made.attendances.get().mark == Mark.PRESENT


def test_a_walk_in_takes_the_place_of_somebody_absent_and_no_more_unless_confirmed(
    world: World,
) -> None:
    small = event(starts_at=in_days(-2), capacity=1)
    absent = booking(person=world.harbour.practitioner, event=small)
    job = world.harbour.colleague.employments.get()
    with pytest.raises(Refused, match="All places are taken"):
        add_walk_in(event=small, employment=job, by=world.harbour.trainer, at=NOW())
    marked(absent, Mark.ABSENT, world)
    assert add_walk_in(event=small, employment=job, by=world.harbour.trainer, at=NOW()).walk_in
    another = world.harbour.manager.employments.get()
    with pytest.raises(Refused, match="All places are taken"):
        add_walk_in(event=small, employment=another, by=world.harbour.trainer, at=NOW())
    there = add_walk_in(
        event=small, employment=another, by=world.harbour.trainer, at=NOW(), confirmed=True
    )
    assert there.walk_in


def test_reopening_takes_back_what_closing_did(world: World, over: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    marked(made, Mark.ABSENT, world)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    shown = page_as(world.harbour.coordinator).get(
        reverse("reopen_register", args=[over.reference])
    )
    words = " ".join(shown.content.decode().split())
    assert "open 1 booking again" in words
    assert f"withdraw {Charge.objects.count()} charge" in words
    reopen_register(event=over, by=world.harbour.coordinator, at=NOW())
    made.refresh_from_db()
    assert made.state == BookingState.BOOKED
    assert not Charge.objects.exists()
    marked(made, Mark.PRESENT, world)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    assert not Charge.objects.exists()
    assert TrainingRecord.objects.filter(event=over).count() == 1


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(ChargeState.INVOICED, "credit note"), (ChargeState.APPROVED, "already decided")],
)
def test_a_register_stays_closed_once_money_was_decided(
    world: World, over: Event, state: ChargeState, sentence: str
) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    marked(made, Mark.ABSENT, world)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    Charge.objects.update(state=state)
    with pytest.raises(Refused) as refusal:
        reopen_register(event=over, by=world.harbour.coordinator, at=NOW())
    told = " ".join(f"{one.sentence} {one.next_step}" for one in refusal.value.reasons)
    assert sentence in told


def test_a_late_cancellation_charge_does_not_keep_a_register_closed(
    world: World, over: Event
) -> None:
    late = booking(person=world.harbour.colleague, event=over, state=BookingState.LATE_CANCELLED)
    charge(booking=late, kind=ChargeKind.LATE_CANCELLATION, state=ChargeState.INVOICED)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    assert reopen_register(event=over, by=world.harbour.coordinator, at=NOW()).state == "published"


def test_a_register_stays_closed_once_a_request_was_decided(world: World, over: Event) -> None:
    made = booking(person=world.harbour.practitioner, event=over)
    marked(made, Mark.ABSENT, world)
    close_register(event=over, by=world.harbour.coordinator, at=NOW())
    MitigationCase.objects.create(
        charge=Charge.objects.get(),
        reason="Court.",
        asked_by=world.harbour.practitioner,
        asked_at=NOW(),
        state=MitigationState.REFUSED,
        decided_by=world.harbour.coordinator,
        decided_at=NOW(),
    )
    with pytest.raises(Refused, match="already decided"):
        reopen_register(event=over, by=world.harbour.coordinator, at=NOW())
    assert MitigationCase.objects.exists()
