"""Monthly runs: one invoice per agency, reviewed, released, issued once whatever happens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from finance.models import Charge, Invoice, InvoiceRun, InvoiceRunState, VatRow
from finance.operations.issue_invoice import issue_invoice
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.prepare_run import prepare_run
from finance.operations.release_run import release_run
from finance.reports.runs import left_out
from finance.rules.states import ChargeState
from finance.terms.runs import drafts_of
from partnerships.models import Agency
from partnerships.rules.refused import Refused
from tenancy import activate
from tests.finance.money import ready_charges
from tests.world import World, make_world, page_as

NOW = timezone.now
MAY = date(2026, 5, 1)


def prepared(world: World) -> InvoiceRun:
    """A run of May with three charges of the school and one of the care homes."""
    ready_charges(world.harbour.school, 3, arose_on=date(2026, 5, 31))
    ready_charges(world.harbour.other_agency, 1, arose_on=date(2026, 5, 1))
    ready_charges(world.harbour.school, 1, arose_on=date(2026, 6, 1))
    return prepare_run(month=date(2026, 5, 20), by=world.harbour.finance, at=NOW())


def released(world: World, run: InvoiceRun) -> InvoiceRun:
    """The run as finance has seen it."""
    drafts = drafts_of(run)
    reviewed = (sum(d.count for d in drafts), sum((d.total for d in drafts), Decimal(0)))
    return release_run(run=run, reviewed=reviewed, by=world.harbour.finance, at=NOW())


def worked_off() -> int:
    """Let the worker do all it finds."""
    total = 0
    while issue_next_of_run(now=NOW()):
        total += 1
    return total


def test_a_run_issues_one_invoice_an_agency_for_the_month(world: World) -> None:
    run = released(world, prepared(world))
    assert worked_off() == 3  # two invoices, then the run is done
    totals = {made.customer_name: made.gross for made in Invoice.objects.filter(run=run)}
    assert totals == {"Harbour Primary School": Decimal(150), "Harbour Care Homes": Decimal(50)}
    run.refresh_from_db()
    assert run.state == InvoiceRunState.DONE
    assert Charge.objects.get(state=ChargeState.APPROVED).arose_on == date(2026, 6, 1)
    assert worked_off() == 0


def test_a_month_has_one_open_run(world: World) -> None:
    first = prepared(world)
    again = prepare_run(month=MAY, by=world.harbour.administrator, at=NOW())
    assert again == first


def test_nothing_is_released_that_finance_has_not_seen(world: World) -> None:
    run = prepared(world)
    reviewed = (4, Decimal(200))
    ready_charges(world.harbour.school, 1, arose_on=date(2026, 5, 2))
    with pytest.raises(Refused, match="have changed"):
        release_run(run=run, reviewed=reviewed, by=world.harbour.finance, at=NOW())


def test_a_charge_approved_after_the_release_waits_for_another_run(world: World) -> None:
    run = released(world, prepared(world))
    late = ready_charges(world.harbour.school, 1, arose_on=date(2026, 5, 9), decided_at=NOW())
    worked_off()
    assert Invoice.objects.get(run=run, agency=world.harbour.school).gross == Decimal(150)
    late[0].refresh_from_db()
    assert late[0].state == ChargeState.APPROVED


def test_agencies_that_await_an_order_number_are_left_out_and_named(world: World) -> None:
    run = prepared(world)
    world.harbour.school.purchase_order_required = True
    world.harbour.school.save()
    assert [draft.agency for draft in drafts_of(run)] == ["Harbour Care Homes"]
    waits = left_out(run)["purchase order"]
    assert [(one.agency, one.count) for one in waits] == [("Harbour Primary School", 3)]


@pytest.mark.parametrize("seed", range(3))
def test_the_run_issues_what_its_page_has_shown(world: World, seed: int) -> None:
    """Which charges go on whose invoice is said once: reports.runs shows it, and the worker reads the same."""
    chance, harbour = Random(seed), world.harbour
    agencies = (harbour.school, harbour.other_agency, harbour.council)
    for _ in range(chance.randint(6, 12)):
        ready_charges(
            chance.choice(agencies),
            amount=f"{chance.randint(1, 9000) / 100:.2f}",
            arose_on=chance.choice([date(2026, 4, 30), MAY, date(2026, 5, 31), date(2026, 6, 1)]),
            state=chance.choice([ChargeState.APPROVED] * 3 + [ChargeState.TO_REVIEW]),
        )
    run = prepare_run(month=MAY, by=harbour.finance, at=NOW())
    shown = [(draft.agency, draft.count, draft.total) for draft in drafts_of(run)]
    if shown:
        released(world, run)
    worked_off()
    issued = Invoice.objects.filter(run=run).order_by("customer_name")
    assert [(made.customer_name, made.line_count, made.net) for made in issued] == shown


def test_a_run_waits_for_what_was_taken_away_and_then_goes_on(world: World) -> None:
    """One thing that cannot be done raises nothing, for other sweeps come after it."""
    run = released(world, prepared(world))
    row = VatRow.objects.get(kind="no_show")
    VatRow.objects.filter(pk=row.pk).delete()
    assert worked_off() == 0
    address = reverse("invoice_run", args=[run.pk])
    page = page_as(world.harbour.finance).get(address).content.decode()
    assert "Finance has not yet set a VAT treatment for non-attendance fees." in page
    row.save(force_insert=True)
    assert worked_off() == 3


def test_an_empty_run_is_not_released(world: World) -> None:
    run = prepare_run(month=MAY, by=world.harbour.finance, at=NOW())
    with pytest.raises(Refused, match="No charges"):
        released(world, run)


def test_releasing_twice_changes_nothing(world: World) -> None:
    run = released(world, prepared(world))
    again = release_run(run=run, reviewed=(0, Decimal(0)), by=world.harbour.finance, at=NOW())
    assert again.released_at == run.released_at


@pytest.fixture
def two_towns(transactional_db: None) -> World:
    """The world in committed rows, for tests with several connections."""
    return make_world()


def at_once(world: World, work: object, number: int = 4) -> list[object]:
    """Run the same work on several connections at the same time."""
    barrier, results = Barrier(number), []

    def one() -> None:
        barrier.wait()
        try:
            with activate(world.harbour.partnership):
                results.append(work())  # type: ignore[operator]
        except Refused as refused:
            results.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.slow
def test_four_workers_issue_each_invoice_once(two_towns: World) -> None:
    with activate(two_towns.harbour.partnership):
        run = released(two_towns, prepared(two_towns))
    for _ in range(4):
        at_once(two_towns, lambda: issue_next_of_run(now=NOW()))
    with activate(two_towns.harbour.partnership):
        numbers = sorted(Invoice.objects.values_list("number", flat=True))
        year = timezone.localdate().year
        assert numbers == [f"INV{year}0001", f"INV{year}0002"]
        assert InvoiceRun.objects.get(pk=run.pk).state == InvoiceRunState.DONE


@pytest.mark.slow
def test_issuing_the_same_charges_four_times_at_once_gives_one_invoice(two_towns: World) -> None:
    school = two_towns.harbour.school
    with activate(two_towns.harbour.partnership):
        charges = [charge.pk for charge in ready_charges(school, 2)]
    results = at_once(
        two_towns,
        lambda: issue_invoice(
            agency=school, charges=charges, by=two_towns.harbour.finance, at=NOW()
        ),
    )
    assert sum(isinstance(result, Invoice) for result in results) == 1
    with activate(two_towns.harbour.partnership):
        assert Invoice.objects.get().gross == Decimal(100)


def test_an_invoice_that_would_have_boxes_is_named_before_the_release_and_left_out(
    world: World,
) -> None:
    run = prepared(world)
    Agency.objects.filter(pk=world.harbour.other_agency.pk).update(address="1 High Street \ue000")
    page = page_as(world.harbour.finance).get(run.get_absolute_url()).content.decode()
    told = "The invoice to Harbour Care Homes cannot be printed: our fonts do not include “\ue000” (U+E000)."
    assert told in page
    released(world, run)
    with pytest.raises(Refused, match="U\\+E000"):
        worked_off()  # the runner of the sweeps sets it aside, and the others follow
    world.harbour.other_agency.refresh_from_db()
    with pytest.raises(Refused, match="cannot be printed"):
        issue_invoice(
            agency=world.harbour.other_agency,
            charges=Charge.objects.filter(agency=world.harbour.other_agency).values_list(
                "pk", flat=True
            ),
            by=world.harbour.finance,
            at=NOW(),
        )
    assert not Invoice.objects.filter(agency=world.harbour.other_agency).exists()
    Agency.objects.filter(pk=world.harbour.other_agency.pk).update(address="1 High Street")
    assert worked_off() >= 2
    assert (
        "cannot be printed"
        not in page_as(world.harbour.finance).get(run.get_absolute_url()).content.decode()
    )
