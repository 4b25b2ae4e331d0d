"""A simulation equals charging one by one, costs the same however many bookings there are, and writes nothing."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from bookings.operations.close_register import close_register
from bookings.operations.copy_policy import copy_policy
from bookings.operations.substitute import substitute
from bookings.rules.attendance import attendance_for
from bookings.rules.settlement import settled_by_cancelling, settled_by_register
from bookings.rules.states import BookingState, Mark
from bookings.terms.agreement import agreed_terms
from bookings.terms.policies import attendance_rules
from finance.models import Charge
from finance.operations.decide_charge import decide_charge
from finance.reports.simulation import ended_between, simulation
from finance.rules.simulation import compared
from tenancy.models import Change
from tests.competencies.asking import queries_of
from tests.finance.simulated import (
    NO_SHOW,
    a_year,
    all_of_it,
    cancelled,
    days_from_now,
    draft_of,
    places,
)
from tests.world import (
    Browser,
    World,
    attendance,
    booking,
    charge,
    course,
    event,
    in_days,
    newer_policy,
    page_as,
    person,
)


def one_by_one(policy: ChargingPolicy) -> list[tuple[str, Decimal, int]]:
    """Agency, amount and decisions of each booking, settled as the product settles it under a policy."""
    found = []
    for made in ended_between(days_from_now(-400), days_from_now(400)).order_by("pk"):
        own = made.policy
        if not made.sittings:
            times = made.event.sessions.all()
            made.sittings = [(one.ends_at - one.starts_at) // timedelta(minutes=1) for one in times]
        if made.cancelled_start:
            made.event.starts_at = made.cancelled_start
        was = agreed_terms(made)
        made.policy = policy
        agreed = agreed_terms(made)
        at_event = attendance_for(agreed.place, attendance_rules(policy))
        assert policy != own or at_event.says == agreed.attendance.says
        agreed = replace(agreed, attendance=at_event)
        given = made.deadline if was.counted.instant < made.free_until else agreed.counted
        kept = made.deadline if policy == own else agreed.deadline_kept(given)
        agreed = replace(agreed, deadline=kept)
        if made.cancel_received_at:
            settled = settled_by_cancelling(agreed, made.cancel_received_at, was_pending=False)
        else:
            marks = [one.as_rule() for one in made.attendances.all()]
            settled = settled_by_register(agreed, marks, walk_in=made.walk_in)
        lapsed = made.event.cancelled_at and not policy.keep_late_charge
        one = compared((), () if lapsed else settled.charges)
        found.append((made.agency.name, one.simulated, one.simulated_to_decide))
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("keeps", [True, False])
def test_the_version_that_was_agreed_to_would_have_charged_what_was_charged(
    world: World, seed: int, keeps: bool
) -> None:
    ChargingPolicy.objects.update(keep_late_charge=keeps, late_charged=True)
    world.harbour.policy.refresh_from_db()
    a_year(world, Random(seed))
    found = all_of_it(world.harbour.policy)
    charged = Charge.objects.exclude(state="waived")
    assert (
        found.total.bookings == Booking.objects.exclude(state=BookingState.EVENT_CANCELLED).count()
    )
    assert found.total.charged == sum((one.amount for one in charged), Decimal(0)) > 0
    for line in (*found.lines, *found.agencies):
        assert line.figures.charged == line.figures.simulated
        assert line.figures.to_decide == line.figures.simulated_to_decide


@pytest.mark.parametrize("seed", range(6))
def test_a_draft_is_simulated_as_bookings_are_settled_one_by_one(world: World, seed: int) -> None:
    chance = Random(seed)
    a_year(world, chance)
    newer_policy(world.harbour.policy, notice=5)
    for policy in (draft_of(world, chance), world.harbour.policy):
        found, expected = all_of_it(policy), one_by_one(policy)
        assert found.total.bookings == len(expected)
        for line in found.agencies:
            mine = [one for one in expected if one[0] == line.name]
            assert line.figures.simulated == sum((amount for _, amount, _ in mine), Decimal(0))
            assert line.figures.simulated_to_decide == sum(number for *_, number in mine)


@pytest.fixture
def absent(world: World) -> Booking:
    """Someone did not come yesterday: £75."""
    at = event(starts_at=in_days(-1), course=course(title="Neglect"))
    made = booking(person=world.harbour.practitioner, event=at)
    attendance(booking=made, mark=Mark.ABSENT)
    close_register(event=at, by=world.harbour.coordinator, at=timezone.now())
    return Booking.objects.get(pk=made.pk)


def dearer(world: World) -> ChargingPolicy:
    """A draft in which not attending costs £100."""
    draft = copy_policy(policy=world.harbour.policy, valid_from=timezone.localdate())
    draft.prices.filter(kind=NO_SHOW).update(amount=Decimal(100))
    return draft


def test_lists_sum_to_the_total_and_name_who_would_pay_more(world: World, absent: Booking) -> None:
    found = all_of_it(dearer(world))
    assert (found.total.charged, found.total.simulated) == (Decimal(75), Decimal(100))
    for lines, name in (
        (found.agencies, absent.agency.name),
        (found.sectors, "Maintained school"),
        (found.courses, "Neglect"),
    ):
        assert [(line.name, line.figures) for line in lines] == [(name, found.total)]


def test_what_a_person_decided_counts_as_it_was_worked_out(world: World, absent: Booking) -> None:
    made = Charge.objects.get(booking=absent)
    decide_charge(
        charge=made, amount=Decimal(5), reason="Ill", by=world.harbour.finance, at=timezone.now()
    )
    assert all_of_it(world.harbour.policy).total.charged == 75


@pytest.mark.parametrize(
    ("first", "last", "number"), [(-9, -1, 1), (-9, -2, 0), (0, 9, 0), (-1, -1, 1)]
)
def test_only_bookings_that_ended_in_the_period_count(
    world: World, absent: Booking, first: int, last: int, number: int
) -> None:
    found = simulation(world.harbour.policy, days_from_now(first), days_from_now(last))
    assert found.total.bookings == number


def test_what_no_policy_charges_is_not_counted(world: World) -> None:
    """Not approved yet, handed over to a colleague, cancelled by the partnership."""
    at = event(starts_at=in_days(5), course=course(group=world.harbour.groups[2]))
    pending = booking(
        person=person(agency=world.harbour.school), event=at, state=BookingState.PENDING
    )
    cancelled(pending, hours=1)
    given_up = booking(person=world.harbour.practitioner, event=at)
    colleague = world.harbour.colleague.employments.get()
    substitute(
        booking=given_up, employment=colleague, by=world.harbour.agency_lead, now=timezone.now()
    )
    booking(person=person(), event=at, state=BookingState.EVENT_CANCELLED)
    assert all_of_it(world.harbour.policy).total.bookings == 0


def test_a_booking_whose_marks_are_gone_is_left_out_and_said(world: World, absent: Booking) -> None:
    absent.attendances.all().delete()
    found = all_of_it(world.harbour.policy)
    assert (found.total.bookings, found.left_out) == (0, 1)
    page = page_of(world).content.decode()
    assert "1 booking is left out because the register no longer has marks for it." in page


def page_of(world: World, query: str = "", version: int = 1) -> Any:
    return page_as(world.harbour.finance).get(reverse("simulation", args=[version]) + query)


def period(first: date, last: date) -> str:
    """The query string of two days."""
    days = (("start", first), ("end", last))
    parts = ("day", "month", "year")
    return "?" + "&".join(
        f"{name}_{part}={getattr(day, part)}" for name, day in days for part in parts
    )


def recent() -> str:
    return period(days_from_now(-30), days_from_now(0))


def test_the_page_says_it_in_a_sentence_a_chart_and_tables(world: World, absent: Booking) -> None:
    draft = dearer(world)
    page = page_of(world, recent(), draft.version).content.decode()
    assert "Version 2 would have charged £100.00 instead of £75.00, £25.00 more." in page
    assert "The amount is different for 1 of 1 agencies." in page
    same = page_of(world, recent()).content.decode()
    assert "Version 1 would have charged £75.00, the same as was charged.</p>" in same
    assert "Neglect" in page
    assert reverse("simulation", args=[1]) in page


def test_the_file_has_the_same_lines(world: World, absent: Booking) -> None:
    draft = dearer(world)
    address = reverse("simulation_csv", args=[draft.version]) + recent()
    answer = page_as(world.harbour.finance).get(address)
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["list"] for row in rows] == ["Agency", "Sector", "Course"]
    assert {(row["charged"], row["would_have_been"], row["difference"]) for row in rows} == {
        ("75.00", "100.00", "25.00")
    }


def test_nothing_is_written(world: World, absent: Booking) -> None:
    draft = dearer(world)
    before = Change.objects.count()
    assert page_of(world, recent(), draft.version).status_code == 200
    assert Change.objects.count() == before
    draft.refresh_from_db()
    assert draft.agreed_since is None


def test_the_page_asks_the_same_number_of_questions_however_many_bookings(
    world: World, absent: Booking
) -> None:
    draft = draft_of(world, Random(1))
    address = reverse("simulation", args=[draft.version]) + recent()
    few = len(queries_of(world.harbour.finance, address))
    for _ in range(3):
        at = event(starts_at=in_days(-2))
        for made in places(world, at, 4):
            attendance(booking=made, mark=Mark.ABSENT)
            charge(booking=made)
        Booking.objects.filter(event=at).update(state=BookingState.NO_SHOW)
    newer_policy(world.harbour.policy)
    assert len(queries_of(world.harbour.finance, address)) == few <= 12


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2026, 4, 2), date(2026, 4, 1), "must be the same day as “From” or a later one"),
        (date(2020, 1, 1), date(2023, 1, 1), "Choose a period of up to 3 years"),
    ],
)
def test_a_period_that_cannot_be_worked_out_is_said_next_to_the_field(
    world: World, first: date, last: date, sentence: str
) -> None:
    page = page_of(world, period(first, last))
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_three_years_are_enough(world: World) -> None:
    page = page_of(world, period(date(2020, 1, 1), date(2022, 12, 31)))
    assert "Choose a period of up to" not in page.content.decode()
    assert "No bookings ended in this period." in page.content.decode()


@pytest.mark.parametrize("name", ["simulation", "simulation_csv"])
def test_it_is_for_those_who_manage_money_or_the_policy(world: World, name: str) -> None:
    address = reverse(name, args=[1])
    for part in ("finance", "administrator"):
        assert page_as(world.harbour.cast[part]).get(address).status_code == 200
    for part in ("practitioner", "agency_lead", "coordinator", "trainer", "subgroup"):
        assert page_as(world.harbour.cast[part]).get(address).status_code == 403
    assert Browser().get(address).status_code == 302
    assert page_as(world.harbour.finance).get(reverse(name, args=[99])).status_code == 404
    assert page_as(world.harbour.finance).post(address).status_code == 405


def test_finance_is_led_to_the_newest_version_and_a_versions_page_to_its_own(world: World) -> None:
    draft = dearer(world)
    answer = page_as(world.harbour.finance).get(reverse("simulation_newest"))
    assert answer.url == reverse("simulation", args=[draft.version])
    shown = page_as(world.harbour.administrator).get(reverse("policy", args=[draft.version]))
    assert reverse("simulation", args=[draft.version]) in shown.content.decode()
