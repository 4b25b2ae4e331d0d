"""An e-invoice has only what is outside the scope of VAT, or none of it: where one is sent, a run issues two."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.rules.prices import ChargeKind
from finance.documents.ubl import ubl
from finance.models import BillingProfile, Charge, Invoice, InvoiceRun, VatRow
from finance.operations.issue_invoice import issue_invoice
from finance.operations.prepare_run import prepare_run
from finance.rules.einvoices import is_billed_apart
from finance.rules.states import ChargeState
from finance.rules.vat import VatCode
from finance.terms.einvoices import facts_of
from finance.terms.runs import drafts_of
from partnerships.models import Agency
from partnerships.rules.refused import Refused
from tests.finance.money import addressed, credited, ready_charges
from tests.finance.peppol import faults
from tests.finance.test_invoice_runs import released, worked_off
from tests.world import World, page_as

pytestmark = pytest.mark.usefixtures("unprinted")
MAY = date(2026, 5, 1)


def both_kinds(agency: Agency) -> list[Charge]:
    """Two exempt charges of £20 and one outside the scope of VAT, £75."""
    VatRow.objects.filter(kind="late_cancellation").update(code=VatCode.EXEMPT, reason="Training")
    late = ready_charges(agency, 2, amount="20.00", arose_on=MAY)
    Charge.objects.filter(pk__in=[one.pk for one in late]).update(kind=ChargeKind.LATE_CANCELLATION)
    return [*late, *ready_charges(agency, amount="75.00", arose_on=MAY)]


def run_of_may(world: World) -> InvoiceRun:
    return prepare_run(month=MAY, by=world.harbour.finance, at=timezone.now())


def test_a_run_issues_two_invoices_that_both_are_einvoices(world: World) -> None:
    both_kinds(addressed(world.harbour.school))
    both_kinds(world.harbour.other_agency)
    run = run_of_may(world)
    page = page_as(world.harbour.finance).get(run.get_absolute_url()).content.decode()
    assert "Releasing the run issues 3 invoices for 6 charges, £230.00 before VAT." in page
    assert "Harbour Primary School</a>, outside the scope of VAT" in page
    assert "are sent those on an invoice of their own" in page
    released(world, run)
    assert worked_off() == 4  # three invoices, then the run is done
    made = list(Invoice.objects.filter(run=run).order_by("number"))
    assert [(one.customer_name, one.net, one.billed_apart) for one in made] == [
        ("Harbour Care Homes", Decimal(115), False),  # no e-invoice: one bill
        ("Harbour Primary School", Decimal(40), False),
        ("Harbour Primary School", Decimal(75), True),
    ]
    numbers = [int(one.number[-4:]) for one in made]
    assert numbers == [1, 2, 3]
    assert not Charge.objects.filter(state=ChargeState.APPROVED).exists()
    for one in made[1:]:
        assert faults(ubl(facts_of(one))) == []
        assert faults(ubl(facts_of(credited(world, one, "5.00")))) == []
    assert worked_off() == 0


def test_a_run_of_charges_of_one_kind_says_nothing_of_two(world: World) -> None:
    ready_charges(addressed(world.harbour.school), 2, arose_on=MAY)
    run = run_of_may(world)
    page = page_as(world.harbour.finance).get(run.get_absolute_url()).content.decode()
    assert "Releasing the run issues 1 invoice for 2 charges" in page
    assert "invoice of their own" not in page


def test_by_hand_the_two_are_listed_apart_and_refused_together(world: World) -> None:
    school, finance = addressed(world.harbour.school), page_as(world.harbour.finance)
    charges = [one.pk for one in both_kinds(school)]
    with pytest.raises(Refused, match="cannot have charges outside the scope of VAT together"):
        issue_invoice(agency=school, charges=charges, by=None, at=timezone.now())
    assert not Invoice.objects.exists()
    address, agency = reverse("new_invoice"), f"?agency={school.reference}"
    assert f"{agency}&amp;order=&amp;apart=1" in finance.get(address).content.decode()
    told = "They need an invoice of their own."
    assert told in finance.get(f"{address}{agency}").content.decode()
    apart = f"{address}{agency}&order=&apart=1"
    page = finance.get(apart)
    assert told not in page.content.decode()
    assert [str(value) for value, _ in page.context["ready"]] == [str(charges[2])]
    finance.post(apart, {"charges": charges[2:]})
    assert Invoice.objects.get().billed_apart
    assert [draft.apart for draft in drafts_of(run_of_may(world))] == [False]


@pytest.mark.parametrize("issuer", [True, False])
@pytest.mark.parametrize("customer", [True, False])
def test_the_rule_and_its_twin_in_sql_agree(world: World, issuer: bool, customer: bool) -> None:
    agency = addressed(world.harbour.school)
    if not issuer:
        BillingProfile.objects.update(electronic_scheme="", electronic_address="")
    if not customer:
        Agency.objects.filter(pk=agency.pk).update(electronic_scheme="", electronic_address="")
    codes = {row.kind: VatCode(row.code) for row in VatRow.objects.all()}
    both_kinds(agency)
    codes["late_cancellation"] = VatCode.EXEMPT
    for charge in Charge.objects.by_invoice():
        sent = issuer and customer
        assert charge.billed_apart is is_billed_apart(codes[charge.kind], sent=sent)
