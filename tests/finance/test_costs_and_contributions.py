"""What events cost and bring in, and what agencies contribute: pages, files, who sees them."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.rules.states import BookingState
from courses.models import Event
from courses.rules.states import EventState
from finance.models import Contribution, EventCost
from finance.operations.issue_credit_note import issue_credit_note
from finance.reports.contributions import INDEPENDENT, given_in
from finance.reports.costs import event_results
from finance.rules.states import ChargeState
from finance.rules.years import FinancialYear
from partnerships.models import AgencyFacts
from tests import world as make
from tests.competencies.asking import queries_of
from tests.finance.money import invoice_for
from tests.finance.test_finance_pages import day_parts
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def printing_nothing(unprinted: None) -> None:
    """PDFs have tests of their own."""


def past_event(**fields: Any) -> Event:
    """It was yesterday, and its register is closed."""
    said = {"starts_at": make.in_days(-1), "state": EventState.COMPLETED, "capacity": 12}
    return make.event(**said | fields)


def cost_said(**said: Any) -> dict[str, Any]:
    return {
        "kind": "venue",
        "description": "Town hall",
        "amount": "120.50",
        "entry_key": str(uuid4()),
        **day_parts("incurred_on"),
    } | said


def this_year() -> FinancialYear:
    return FinancialYear.of(timezone.localdate(make.in_days(-1)))


@pytest.mark.parametrize("part", ["coordinator", "finance"])
def test_costs_are_entered_once_and_removed(world: World, part: str) -> None:
    event = past_event()
    browser, address = (
        page_as(world.harbour.cast[part]),
        reverse("event_costs", args=[event.reference]),
    )
    said = cost_said()
    for _ in range(2):
        page = browser.post(address, said, follow=True).content.decode()
        assert "A cost of £120.50 has been entered" in page
    assert "Venue: Town hall" in page
    cost = EventCost.objects.get()
    altered = browser.post(address, said | {"amount": "99"}).content.decode()
    assert "This form has already been sent: £120.50 was entered for Town hall" in altered
    page = browser.post(reverse("remove_event_cost", args=[event.reference, cost.pk]), follow=True)
    assert "The cost of £120.50 has been removed" in page.content.decode()
    assert not EventCost.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount": "-5"}, "must be 0.01 or more"),
        ({"amount": "five"}, "must be a number"),
        ({"description": ""}, "Enter the description"),
        ({"kind": "party"}, "from the list"),
        ({"incurred_on_year": "2199"}, "must be today or in the past"),
    ],
)
def test_a_wrong_cost_is_refused_next_to_its_field(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    address = reverse("event_costs", args=[past_event().reference])
    page = page_as(world.harbour.coordinator).post(address, cost_said(**wrong)).content.decode()
    assert sentence in page
    assert not EventCost.objects.exists()


def test_income_is_what_was_invoiced_less_credit_notes_and_cost_is_for_each_who_came(
    world: World,
) -> None:
    event = past_event()
    people = (world.harbour.practitioner, world.harbour.colleague, world.harbour.other_practitioner)
    states = (BookingState.ATTENDED, BookingState.PARTLY_ATTENDED, BookingState.NO_SHOW)
    for person, state in zip(people, states, strict=True):
        booked = make.booking(person=person, event=event, state=state)
        charge = make.charge(booking=booked, amount="50.00", state=ChargeState.APPROVED)
        invoice = invoice_for(world, [charge])
    issue_credit_note(
        line=invoice.lines.get(),
        amount=Decimal(20),
        reason="Agreed",
        agreed_on=timezone.localdate(),
        by=world.harbour.finance,
        at=timezone.now(),
    )
    browser = page_as(world.harbour.coordinator)
    browser.post(reverse("event_costs", args=[event.reference]), cost_said(amount="200"))
    [row] = [row for row in event_results(this_year()) if row.event == event]
    assert (row.result.places, row.result.attended) == (12, 2)
    assert (row.result.income, row.result.cost, row.result.difference) == (130, 200, -70)
    assert row.result.cost_each == 100
    page = browser.get(f"{reverse('income_and_cost')}?year={this_year().begins}").content.decode()
    assert (
        "The events brought in <strong>£130.00</strong> and cost <strong>£200.00</strong>" in page
    )
    text = browser.get(f"{reverse('income_and_cost_csv')}?year={this_year().begins}")
    [line] = csv.DictReader(StringIO(text.content.decode("utf-8-sig")))
    assert (line["income"], line["cost"], line["cost_per_attended_place"]) == (
        "130.00",
        "200.00",
        "100.00",
    )


def test_drafts_and_other_years_are_not_counted(world: World) -> None:
    past_event(state=EventState.DRAFT)
    past_event(starts_at=make.in_days(-800))
    assert event_results(this_year()) == []
    assert [row.event.starts_at for row in event_results(FinancialYear(this_year().begins))] == []


def test_trainers_days_are_counted_for_their_agencies(world: World) -> None:
    school = world.harbour.school
    ours, free = make.trainer(agency=school), make.trainer(agency=None)
    for trainers in ([ours, free], [ours]):
        past_event(trainers=trainers)
    past_event(trainers=[ours], state=EventState.CANCELLED, cancelled_at=timezone.now())
    make.event(trainers=[ours])  # still to come
    days = {row.name: row.days for row in given_in(this_year(), timezone.now())}
    one = days[INDEPENDENT]
    assert one > 0
    assert days[school.name] == 2 * one


def test_money_is_entered_once_shown_with_what_is_known_and_removed(world: World) -> None:
    school, year = world.harbour.school, this_year()
    AgencyFacts.objects.filter(agency=school).update(gives_in_kind=True)
    browser, address = page_as(world.harbour.finance), reverse("contributions")
    said = {
        "agency": school.pk,
        "year": year.begins,
        "amount": "5000",
        "note": "Yearly share",
        "entry_key": str(uuid4()),
    }
    for _ in range(2):
        page = browser.post(address, said, follow=True).content.decode()
        assert "The contribution of Harbour Primary School has been entered" in page
    assert "£5,000.00" in page
    assert "In kind" in page
    altered = browser.post(address, said | {"note": "x"}).content.decode()
    assert "This form has already been sent" in altered
    assert "Enter the amount" in browser.post(address, said | {"amount": ""}).content.decode()
    text = browser.get(f"{reverse('contributions_csv')}?year={year.begins}").content.decode(
        "utf-8-sig"
    )
    [row] = csv.DictReader(StringIO(text))
    assert (row["agency"], row["money"], row["contributes_in_kind"]) == (
        school.name,
        "5000.00",
        "yes",
    )
    entry = Contribution.objects.get()
    page = browser.post(reverse("remove_contribution", args=[entry.pk]), follow=True)
    assert "has been removed" in page.content.decode()
    assert not Contribution.objects.exists()


FINANCE_ONLY = ["contributions", "contributions_csv"]
BOTH = ["income_and_cost", "income_and_cost_csv", "event_costs"]


@pytest.mark.parametrize("name", FINANCE_ONLY + BOTH)
def test_who_sees_costs_and_contributions(world: World, name: str) -> None:
    address = reverse(name, args=[past_event().reference] if name == "event_costs" else [])
    assert page_as(world.harbour.finance).get(address).status_code == 200
    coordinators = page_as(world.harbour.coordinator).get(address).status_code
    assert coordinators == (200 if name in BOTH else 403)
    for part in ("agency_lead", "practitioner", "trainer", "subgroup"):
        assert page_as(world.harbour.cast[part]).post(address).status_code == 403
    assert page_as(world.moorland.finance).get(address).status_code == 404
    assert Browser().get(address).status_code == 302


def test_pages_of_costs_and_contributions_cost_the_same_however_much_there_is(
    world: World,
) -> None:
    event = past_event(trainers=[make.trainer(agency=world.harbour.school)])
    addresses = [reverse(name) for name in (*FINANCE_ONLY, *BOTH[:2])]
    addresses.append(reverse("event_costs", args=[event.reference]))
    grow(world, event)
    before = [len(queries_of(world.harbour.finance, address)) for address in addresses]
    for _ in range(3):
        grow(world, past_event(trainers=[make.trainer(agency=world.harbour.council)]))
        grow(world, event)
    assert [len(queries_of(world.harbour.finance, address)) for address in addresses] == before
    assert max(before) <= 12


def grow(world: World, event: Event) -> None:
    """One more of everything."""
    said = {"entered_by": world.harbour.finance, "entered_at": timezone.now()}
    EventCost.objects.create(
        event=event,
        kind="venue",
        description="Hall",
        amount=Decimal(10),
        incurred_on=timezone.localdate() - timedelta(days=1),
        **said,
    )
    year = this_year().begins
    Contribution.objects.create(agency=world.harbour.school, year=year, amount=Decimal(10), **said)
