"""A year of a large partnership: 20,000 bookings that have ended, and a draft of the charging policy to try on them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.models import (
    Attendance,
    Booking,
    ChargingPolicy,
    NoticeException,
    PriceRow,
    RegisterException,
)
from bookings.operations.copy_policy import copy_policy
from bookings.rules.notice import NoticeUnit
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.rules.states import BookingState, Mark
from courses.models import Course, Event, Session
from courses.rules.states import Delivery, EventState, EventType
from finance.models import Charge
from finance.reports.simulation import simulation
from partnerships.models import Employment, Partnership, PayerClass
from partnerships.rules.reasons import Explanation
from tenancy import activate
from tools.bench import place
from tools.bench.data import morning
from tools.bench.money import PRICES
from tools.runner.console import Problem, say

ENDED, A_DATE = 20_000, 20  # bookings, and how many of them are for one date
DAYS = 365
ROUNDS = 5
SECONDS = 5.0  # our target
CLASSES, SECTORS = ("partner", "profit_making", "contributor"), ("police", "early_years", "housing")
AMOUNT = {"outcome": FeeOutcome.AMOUNT, "clause": "A draft."}


def measure_simulation(partnership: Partnership) -> None:
    """The seconds of a whole simulation, and its statements."""
    with activate(partnership):
        policy = ChargingPolicy.objects.order_by("version").first()
        make_past(policy)
        draft = make_draft(policy)
    place.analyse()
    today = timezone.localdate()
    with activate(partnership):
        taken, used = [], []
        for _ in range(ROUNDS):
            with CaptureQueriesContext(connection) as captured:
                started, busy = time.perf_counter(), time.process_time()
                found = simulation(draft, today - timedelta(days=DAYS + 30), today)
                taken.append(time.perf_counter() - started)
                used.append(time.process_time() - busy)
        if found.total.bookings != ENDED:
            raise Problem(f"{found.total.bookings} bookings were simulated, not {ENDED}")
    say(
        f"{'simulation':<16} {ENDED:,} bookings: {min(taken):.2f} to {max(taken):.2f} s"
        f" (target {SECONDS:.0f} s), of which processor {min(used):.2f} s; {len(captured)} statements"
    )


def make_past(policy: ChargingPolicy) -> None:
    """Dates of the past year with a closed register: one booking in seven was cancelled, one in twelve unused."""
    courses = list(Course.objects.order_by("pk"))
    people = list(Employment.objects.order_by("pk"))
    starts = [morning(-1 - number * DAYS // (ENDED // A_DATE)) for number in range(ENDED // A_DATE)]
    events: list[Event] = Event.objects.bulk_create(
        Event(
            course=courses[number % len(courses)],
            reference=f"P-{number}",
            state=EventState.COMPLETED,
            starts_at=start,
            ends_at=start + timedelta(hours=6),
            capacity=A_DATE,
            register_closed_at=start + timedelta(hours=7),
        )
        for number, start in enumerate(starts)
    )
    sessions = Session.objects.bulk_create(
        Session(event=one, starts_at=one.starts_at, ends_at=one.ends_at) for one in events
    )
    bookings = Booking.objects.bulk_create(
        (
            ended(events[number // A_DATE], people[number % len(people)], number, policy)
            for number in range(ENDED)
        ),
        batch_size=500,
    )
    attended = [one for one in bookings if one.cancel_received_at is None]
    Attendance.objects.bulk_create(
        (
            Attendance(
                booking=one,
                session=sessions[number // A_DATE],
                mark=Mark.ABSENT if one.state == BookingState.NO_SHOW else Mark.PRESENT,
                marked_by_id=one.membership_id,
                marked_at=one.booked_at,
            )
            for number, one in enumerate(bookings)
            if one.cancel_received_at is None
        ),
        batch_size=2000,
    )
    charge_past(attended)


def ended(event: Event, work: Employment, number: int, policy: ChargingPolicy) -> Booking:
    """One booking, cancelled if its number says so."""
    cancelled = number % 7 == 0
    received: datetime | None = (
        event.starts_at - timedelta(hours=number % 600) if cancelled else None
    )
    state = BookingState.NO_SHOW if number % 12 == 0 else BookingState.ATTENDED
    return Booking(
        reference=f"P{number:07}",
        event=event,
        state=BookingState.CANCELLED if cancelled else state,
        membership_id=work.membership_id,
        employment=work,
        agency_id=work.agency_id,
        booked_by_id=work.membership_id,
        policy=policy,
        policy_accepted_at=event.starts_at,
        payer_class=CLASSES[number % 3],
        sector=SECTORS[number % 5 % 3],
        event_type=EventType.COURSE,
        delivery=Delivery.IN_PERSON,
        free_until=event.starts_at - timedelta(days=14),
        free_until_why=Explanation(None, "").to_json(),
        booked_at=event.starts_at - timedelta(days=60),
        cancel_received_at=received,
        cancel_entered_at=received,
        cancelled_start=event.starts_at if cancelled else None,
    )


def charge_past(attended: list[Booking]) -> None:
    """Everyone who was booked owes something."""
    Charge.objects.bulk_create(
        (
            Charge(
                booking=one,
                agency_id=one.agency_id,
                kind=kind,
                amount=PRICES[kind],
                explanation=Explanation(PRICES[kind], "As agreed.").to_json(),
                arose_on=timezone.localdate(one.event.ends_at),
                created_at=one.event.ends_at,
            )
            for one in attended
            for kind in (
                ChargeKind.NO_SHOW if one.state == BookingState.NO_SHOW else ChargeKind.ATTENDANCE,
            )
        ),
        batch_size=2000,
    )


def make_draft(policy: ChargingPolicy) -> ChargingPolicy:
    """Tiers, shares, lengths and exceptions, so that every booking asks for all of it."""
    draft = copy_policy(policy=policy, valid_from=timezone.localdate())
    draft.prices.filter(kind=ChargeKind.LATE_CANCELLATION).delete()
    late = ChargeKind.LATE_CANCELLATION
    share = FeeBase.PERCENT_OF_ATTENDANCE
    PriceRow.objects.bulk_create(
        [
            *(
                PriceRow(
                    policy=draft, kind=late, base=share, amount=part, notice_under=under, **AMOUNT
                )
                for part, under in ((Decimal(25), None), (Decimal(50), 10), (Decimal(100), 5))
            ),
            *(
                PriceRow(
                    policy=draft,
                    kind=ChargeKind.ATTENDANCE,
                    base=FeeBase.PER_HALF_DAY,
                    amount=Decimal(30),
                    payer_class=one,
                    **AMOUNT,
                )
                for one in islice(PayerClass.objects.order_by("pk"), 4)
            ),
        ]
    )
    NoticeException.objects.bulk_create(
        NoticeException(
            policy=draft,
            name=kind.label,
            clause="Less.",
            notice=48,
            unit=NoticeUnit.HOURS,
            event_type=kind,
        )
        for kind in (EventType.BRIEFING, EventType.CONFERENCE)
    )
    RegisterException.objects.create(
        policy=draft, name="Full days", clause="15 minutes.", grace_minutes=15, shortest=241
    )
    return draft
