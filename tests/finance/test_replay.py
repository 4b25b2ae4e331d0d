"""Every charge can be worked out again from what was stored, whatever has changed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookings.models import Booking, ChargingPolicy
from bookings.operations.book_place import book_place
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.close_register import close_register
from bookings.rules.prices import ChargeKind, FeeBase
from bookings.rules.states import Mark
from bookings.terms.booking_request import BookingRequest
from courses.models import Course, Event
from courses.rules.states import EventType
from finance.models import Charge
from finance.rules.states import ChargeState
from finance.terms.replay import replay_of, replayed
from partnerships.models import (
    Agency,
    AgencyFacts,
    Area,
    ClosureDay,
    PayerClass,
    Sector,
    WorkforceGroup,
)
from partnerships.rules.agencies import UsualPayerClass
from tests.competencies.asking import queries_of
from tests.world import (
    World,
    attendance,
    charge,
    course,
    event,
    in_days,
    newer_policy,
    page_as,
    person,
    price,
)

THE_SAME = "Worked out again today from what was stored: the same."
number = count(1)


@pytest.fixture
def tiers(world: World) -> ChargingPolicy:
    """Late fees by how late, with a share, by the length; staying away by the payer class."""
    policy = world.harbour.policy
    late = ChargeKind.LATE_CANCELLATION
    policy.prices.all().delete()
    price(policy=policy, kind=ChargeKind.ATTENDANCE, amount="45.00", base=FeeBase.PER_HALF_DAY)
    price(policy=policy, kind=late, amount="50.00", base=FeeBase.PERCENT_OF_ATTENDANCE)
    price(
        policy=policy, kind=late, amount="80.00", notice_under=5, base=FeeBase.PERCENT_OF_ATTENDANCE
    )
    price(
        policy=policy, kind=late, amount="95.00", notice_under=2, base=FeeBase.PERCENT_OF_LIST_PRICE
    )
    price(policy=policy, kind=ChargeKind.NO_SHOW, amount="75.00")
    price(
        policy=policy,
        kind=ChargeKind.NO_SHOW,
        amount="99.00",
        payer_class=UsualPayerClass.PROFIT_MAKING,
    )
    return policy


def booked(world: World, agency: Agency | None = None) -> Booking:
    """A place in ten weeks."""
    who = person(agency=agency or world.harbour.school)
    offered = course(list_price=Decimal("119.99"))
    made = book_place(
        request=BookingRequest(
            event=event(starts_at=in_days(70), course=offered),
            membership=who,
            employment=who.employments.get(),
            by=who,
        ),
        now=timezone.now(),
    )
    assert isinstance(made, Booking)
    return made


def cancelled(world: World, hours: int = 1) -> Charge:
    """The late fee of a cancellation so many hours before the event."""
    made = booked(world)
    at = made.event.starts_at - timedelta(hours=hours)
    cancel_booking(booking=made, by=made.membership, received_at=at, entered_at=at)
    return Charge.objects.get(booking=made)


def absent(world: World) -> Charge:
    """The fee of someone who was booked and did not come, for an employer that pays more."""
    made = booked(world, world.harbour.other_agency)
    attendance(booking=made, mark=Mark.ABSENT)
    after = made.event.ends_at + timedelta(hours=1)
    close_register(event=made.event, by=world.harbour.coordinator, at=after)
    return Charge.objects.get(booking=made)


def other_facts(world: World) -> None:
    AgencyFacts.objects.update(
        payer_class=PayerClass.objects.last(),
        sector=Sector.objects.last(),
        area=Area.objects.last(),
    )


def other_course(world: World) -> None:
    for each in Course.objects.all():
        each.title, each.reference = "Renamed", f"R-{next(number)}"
        each.group, each.event_type = world.harbour.groups[0], EventType.CONFERENCE
        each.list_price, each.minutes = Decimal(5), 30
        each.save()


def another_day(world: World) -> None:
    Event.objects.update(
        starts_at=F("starts_at") + timedelta(days=9), ends_at=F("ends_at") + timedelta(days=9)
    )


def another_length(world: World) -> None:
    for each in Event.objects.all():
        each.sessions.update(ends_at=F("starts_at") + timedelta(minutes=45))


def newer_prices(world: World) -> None:
    newest = ChargingPolicy.objects.order_by("version").last()
    newer = newer_policy(newest, notice=next(number) % 30, half_day_minutes=100)
    newer.prices.update(clause="Newer", outcome="decision", amount=0)


def other_names(world: World) -> None:
    for model in (PayerClass, Sector, Area, WorkforceGroup):
        for each in model.objects.all():
            each.name = f"Renamed {next(number)}"
            each.save()


def closed_days(world: World) -> None:
    for days in range(40, 80):
        day = timezone.localdate() + timedelta(days=days)
        ClosureDay.objects.get_or_create(day=day, defaults={"name": "Closed"})


def a_decision(world: World) -> None:
    Charge.objects.update(amount=Decimal(1), state=ChargeState.APPROVED)


CHANGES = [
    *(other_facts, other_course, another_day, another_length, newer_prices, other_names),
    *(closed_days, a_decision),
]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_that_changes_later_changes_what_a_charge_comes_to(
    world: World, tiers: ChargingPolicy, change: Callable[[World], None]
) -> None:
    charges = [cancelled(world), cancelled(world, hours=24 * 5), absent(world)]
    assert [one.amount for one in charges] == [
        Decimal("113.99"),
        Decimal("72.00"),
        Decimal("99.00"),
    ]
    change(world)
    for one in charges:
        stored = Charge.objects.get(pk=one.pk)
        again = replayed(stored)
        assert again is not None
        assert (again.amount, again.explanation) == (one.amount, stored.why)
        assert replay_of(stored) == THE_SAME


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(CHANGES), min_size=1, unique=True), st.integers(1, 24 * 9))
def test_a_charge_replays_whatever_was_changed_in_whatever_order(
    world: World, tiers: ChargingPolicy, changes: list[Callable[[World], None]], hours: int
) -> None:
    ChargingPolicy.objects.exclude(pk=tiers.pk).update(released_at=None)
    made = cancelled(world, hours)
    for change in changes:
        change(world)
    stored = Charge.objects.get(pk=made.pk)
    again = replayed(stored)
    assert again is not None
    assert again.explanation == stored.why == made.why
    assert again.amount == made.amount


def test_an_older_charge_says_that_the_notice_was_not_stored(world: World) -> None:
    made = cancelled(world)
    Charge.objects.update(notice=None)
    stored = Charge.objects.get(pk=made.pk)
    assert replayed(stored) is None
    assert replay_of(stored).startswith("This charge is older than our record of the notice given")


def test_a_charge_that_comes_out_differently_says_so(world: World) -> None:
    made = charge(booking=booked(world), amount="12.00")
    assert replay_of(made).startswith(
        "Worked out again today from what was stored: £75.00. The amount, rule, facts"
    )


def test_finance_sees_it_on_the_page_of_the_charge(world: World, tiers: ChargingPolicy) -> None:
    made = cancelled(world)
    page = page_as(world.harbour.finance).get(made.get_absolute_url()).content.decode()
    assert THE_SAME in page
    assert len(queries_of(world.harbour.finance, made.get_absolute_url())) <= 12
