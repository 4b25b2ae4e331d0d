"""Bookings that have ended in every way, and a draft of the charging policy to try on them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random

from django.utils import timezone

from bookings.models import (
    Booking,
    ChargingPolicy,
    NoticeException,
    PriceRow,
    RegisterException,
)
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.cancel_event import cancel_event
from bookings.operations.close_register import close_register
from bookings.operations.copy_policy import copy_policy
from bookings.operations.move_event import move_event
from bookings.rules.notice import NoticeUnit
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.rules.states import Mark
from courses.models import Event
from courses.rules.states import Delivery, EventType
from finance.reports.simulation import Simulation, simulation
from tests.world import (
    World,
    attendance,
    booking,
    course,
    event,
    in_days,
    person,
    price,
)

LATE, NO_SHOW = ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
MARKS = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.ABSENT)


def days_from_now(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def all_of_it(policy: ChargingPolicy) -> Simulation:
    return simulation(policy, days_from_now(-400), days_from_now(400))


def cancelled(made: Booking, **before: float) -> Booking:
    """Cancelled so long before the event."""
    at = made.event.starts_at - timedelta(**before)
    made.booked_at = min(made.booked_at, at - timedelta(days=1))
    made.save()
    return cancel_booking(booking=made, by=made.membership, received_at=at, entered_at=at)


def places(world: World, at: Event, count: int) -> list[Booking]:
    """Bookings of two employers in turn; one of them pays as a profit-making one."""
    agencies = cycle((world.harbour.school, world.harbour.other_agency))
    return [booking(person=person(agency=next(agencies)), event=at) for _ in range(count)]


def register(world: World, chance: Random, at: Event) -> None:
    """Everyone marked at random, one of them without a booking, and the register closed."""
    Booking.objects.filter(event=at, pk=at.bookings.order_by("pk").last().pk).update(walk_in=True)
    for made in at.bookings.holding_a_place():
        mark = chance.choice(MARKS)
        minutes = {Mark.LATE: "minutes_late", Mark.LEFT_EARLY: "minutes_early"}.get(mark)
        said = {minutes: chance.randint(1, 60)} if minutes else {}
        for session in at.sessions.all():
            attendance(booking=made, mark=mark, session=session, **said)
    close_register(event=at, by=world.harbour.coordinator, at=at.ends_at + timedelta(hours=1))


def a_year(world: World, chance: Random) -> None:
    """Whatever can happen to a booking, by the operations that do it."""
    group = world.harbour.groups[2]
    RegisterException.objects.create(
        policy=world.harbour.policy,
        name="virtual events",
        clause="Who joins late has not come.",
        grace_minutes=0,
        late_admitted=False,
        late_charged=chance.random() < 0.5,
        delivery=Delivery.VIRTUAL,
    )
    kinds = (EventType.COURSE, EventType.BRIEFING)
    events = [
        event(
            starts_at=in_days(chance.randint(20, 90)),
            days=chance.choice((1, 2)),
            course=course(group=group, event_type=kind, list_price=Decimal(chance.randint(20, 90))),
            delivery=chance.choice((Delivery.IN_PERSON, Delivery.VIRTUAL)),
        )
        for kind in kinds
    ]
    for at in events:
        for made in places(world, at, 4):
            cancelled(made, hours=chance.randint(1, 24 * 18))
    moved = event(starts_at=in_days(50), course=course(group=group))
    before, after = places(world, moved, 2)
    cancelled(before, days=2)
    move_event(event=moved, starts_at=in_days(75), now=timezone.now())
    cancelled(Booking.objects.get(pk=after.pk), days=3)
    called_off = event(starts_at=in_days(40), course=course(group=group))
    late, _ = places(world, called_off, 2)
    cancelled(late, days=1)
    cancel_event(
        event=called_off,
        by=world.harbour.coordinator,
        now=called_off.starts_at - timedelta(hours=2),
        reason="Ill",
    )
    for at in events:
        places(world, at, 6)
        register(world, chance, at)


def draft_of(world: World, chance: Random) -> ChargingPolicy:
    """A draft that asks for everything that a policy can ask for."""
    draft = copy_policy(policy=world.harbour.policy, valid_from=timezone.localdate())
    draft.notice, draft.keep_late_charge = chance.randint(0, 20), chance.random() < 0.5
    draft.grace_minutes, draft.early_minutes = chance.choice((0, 15, 30)), chance.choice((None, 15))
    draft.late_charged, draft.early_charged = chance.random() < 0.5, chance.random() < 0.5
    draft.save()
    draft.prices.all().delete()
    price(policy=draft, kind=ChargeKind.ATTENDANCE, amount="35.50", base=FeeBase.PER_HALF_DAY)
    price(policy=draft, kind=LATE, amount="60.00", base=FeeBase.PERCENT_OF_LIST_PRICE)
    price(policy=draft, kind=LATE, amount="80.00", notice_under=chance.randint(2, 9))
    price(policy=draft, kind=NO_SHOW, amount="50.00", base=FeeBase.PERCENT_OF_ATTENDANCE)
    PriceRow.objects.create(
        policy=draft,
        kind=chance.choice((NO_SHOW, ChargeKind.ATTENDANCE)),
        outcome=FeeOutcome.DECISION,
        clause="Ask",
        longest=chance.choice((300, 360, 720)),
    )
    NoticeException.objects.create(
        policy=draft,
        name="briefings",
        clause="Less",
        notice=chance.randint(10, 90),
        unit=NoticeUnit.HOURS,
        event_type=EventType.BRIEFING,
    )
    RegisterException.objects.create(
        policy=draft,
        name="briefings",
        clause="Not a minute",
        grace_minutes=0,
        late_admitted=chance.random() < 0.5,
        late_charged=chance.random() < 0.5,
        event_type=EventType.BRIEFING,
    )
    return draft
