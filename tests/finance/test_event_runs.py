"""All invoices of one event: reviewed, released, issued once, also while a month is being invoiced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.rules.states import BookingState
from courses.models import Event
from finance.access import Contact
from finance.models import Charge, Invoice, InvoiceRun, InvoiceRunState
from finance.operations.give_order_number import give_order_number
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.prepare_event_run import prepare_event_run
from finance.operations.prepare_run import prepare_run
from finance.operations.release_run import release_run
from finance.rules.states import ChargeState
from finance.terms.runs import drafts_of
from partnerships.rules.refused import Refused
from tenancy import activate
from tests.finance.money import ready_charges
from tests.finance.test_invoice_runs import at_once
from tests.world import World, booking, charge, event, in_days, make_world, page_as, person

NOW = timezone.now
MAY = date(2026, 5, 1)


def event_with_charges(world: World) -> Event:
    """Two charges of the school, in May and June, and one of the care homes; another event has one in May."""
    harbour, past = world.harbour, event(starts_at=in_days(-30))
    for agency, day in (
        (harbour.school, MAY),
        (harbour.school, date(2026, 6, 1)),
        (harbour.other_agency, MAY),
    ):
        who = booking(person=person(agency=agency), event=past, state=BookingState.NO_SHOW)
        charge(
            booking=who,
            amount="50.00",
            state=ChargeState.APPROVED,
            arose_on=day,
            decided_at=NOW(),
        )
    ready_charges(harbour.school, 1, arose_on=MAY)
    return past


def released(world: World, run: InvoiceRun) -> InvoiceRun:
    """As finance has seen it."""
    drafts = drafts_of(run)
    reviewed = (sum(d.count for d in drafts), sum((d.total for d in drafts), Decimal(0)))
    return release_run(run=run, reviewed=reviewed, by=world.harbour.finance, at=NOW())


def worked_off() -> int:
    return sum(1 for _ in iter(lambda: issue_next_of_run(now=NOW()), 0))


@pytest.mark.django_db
def test_an_event_is_invoiced_to_each_agency_whenever_its_charges_arose(world: World) -> None:
    past = event_with_charges(world)
    run = released(world, prepare_event_run(event=past, by=world.harbour.finance, at=NOW()))
    assert worked_off() == 3  # two invoices, then the run is done
    totals = {made.customer_name: made.gross for made in Invoice.objects.filter(run=run)}
    assert totals == {"Harbour Primary School": Decimal(100), "Harbour Care Homes": Decimal(50)}
    run.refresh_from_db()
    assert run.state == InvoiceRunState.DONE
    assert Charge.objects.get(state=ChargeState.APPROVED).booking.event != past
    assert worked_off() == 0


@pytest.mark.django_db
def test_an_event_has_one_open_run_and_a_new_one_when_it_is_done(world: World) -> None:
    past = event_with_charges(world)
    first = prepare_event_run(event=past, by=world.harbour.finance, at=NOW())
    assert prepare_event_run(event=past, by=world.harbour.administrator, at=NOW()) == first
    released(world, first)
    worked_off()
    again = prepare_event_run(event=past, by=world.harbour.finance, at=NOW())
    assert again != first
    with pytest.raises(Refused, match="No charges"):
        released(world, again)


@pytest.mark.django_db
def test_finance_prepares_it_in_the_browser(world: World) -> None:
    past, finance = event_with_charges(world), page_as(world.harbour.finance)
    page = finance.get(reverse("new_invoice")).content.decode()
    assert f'name="event" value="{past.reference}"' in page
    made = finance.post(reverse("new_event_run"), {"event": past.reference}, follow=True)
    assert f"Invoices for {past}" in made.content.decode()
    run = InvoiceRun.objects.get()
    finance.post(run.get_absolute_url(), {"count": 3, "total": "150.00"})
    worked_off()
    for address in (reverse("invoice_runs"), reverse("finance")):
        assert str(past) in finance.get(address).content.decode()
    assert str(run) == f"Invoice run for {past}"
    assert finance.post(reverse("new_event_run"), {"event": "NOWHERE"}).status_code == 404
    assert finance.post(reverse("new_event_run"), {"event": "\x00"}).status_code == 404
    coordinator = page_as(world.harbour.coordinator)
    assert coordinator.post(reverse("new_event_run"), {}).status_code == 403


@pytest.mark.django_db
def test_a_month_and_an_event_that_share_charges_invoice_each_once(world: World) -> None:
    past, finance = event_with_charges(world), world.harbour.finance
    month = released(world, prepare_run(month=MAY, by=finance, at=NOW()))
    run = released(world, prepare_event_run(event=past, by=finance, at=NOW()))
    worked_off()
    assert sum(made.line_count for made in Invoice.objects.all()) == 4
    assert not Charge.objects.filter(state=ChargeState.APPROVED).exists()
    assert {made.run for made in Invoice.objects.all()} == {month, run}


@pytest.fixture
def two_towns(transactional_db: None) -> World:
    """The world in committed rows, for tests with several connections."""
    return make_world()


@pytest.mark.slow
def test_workers_on_a_month_and_an_event_at_once_number_without_gaps(two_towns: World) -> None:
    finance = two_towns.harbour.finance
    with activate(two_towns.harbour.partnership):
        past = event_with_charges(two_towns)
        released(two_towns, prepare_run(month=MAY, by=finance, at=NOW()))
        released(two_towns, prepare_event_run(event=past, by=finance, at=NOW()))
    for _ in range(5):
        results = at_once(two_towns, lambda: issue_next_of_run(now=NOW()))
        assert not [one for one in results if isinstance(one, Refused)]
    with activate(two_towns.harbour.partnership):
        made = list(Invoice.objects.order_by("number"))
        year = timezone.localdate().year
        assert [one.number for one in made] == [f"INV{year}{n:04}" for n in range(1, len(made) + 1)]
        assert sum(one.line_count for one in made) == 4
        assert not InvoiceRun.objects.exclude(state=InvoiceRunState.DONE).exists()


@pytest.mark.slow
def test_a_number_given_while_the_worker_issues_is_on_the_invoice_or_not_but_never_beside_another(
    two_towns: World,
) -> None:
    harbour = two_towns.harbour
    with activate(harbour.partnership):
        ready_charges(harbour.school, 3, arose_on=MAY)
        released(two_towns, prepare_run(month=MAY, by=harbour.finance, at=NOW()))
        contact = Contact(harbour.school, "office@example.org")
    work = iter(
        [
            lambda: issue_next_of_run(now=NOW()),
            lambda: give_order_number(number="PO1", by=contact, at=NOW()),
        ]
        * 2
    )
    at_once(two_towns, lambda: next(work)())
    with activate(harbour.partnership):
        worked_off()
        [made] = Invoice.objects.all()
        assert made.line_count == 3
        assert made.purchase_order in {"", "PO1"}
