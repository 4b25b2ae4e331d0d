"""The pages of finance: who sees them, what they do, what they cost the database."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.models import Charge, CreditNote, Invoice, InvoiceRun, MitigationCase, Payment
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.open_mitigation import open_mitigation
from finance.rules.states import ChargeState, MitigationState
from tenancy import activate
from tests.competencies.asking import queries_of
from tests.finance.money import invoice_for, ready_charges
from tests.world import Browser, World, booking, charge, event, page_as

NOW = timezone.now
LISTS = ["finance", "charges", "charges_csv", "mitigation_cases", "invoices", "invoices_csv"]
LISTS += ["new_invoice", "invoice_runs", "debts"]


def finance(world: World) -> Browser:
    """The finance officer's browser."""
    return page_as(world.harbour.finance)


def day_parts(name: str) -> dict[str, Any]:
    """Today in the three boxes of a date field."""
    today = timezone.localdate()
    return {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}


@pytest.mark.parametrize("name", LISTS)
def test_finance_is_for_those_who_manage_money(world: World, name: str) -> None:
    address = reverse(name)
    assert finance(world).get(address).status_code == 200
    assert page_as(world.harbour.administrator).get(address).status_code == 200
    others = ("practitioner", "manager", "agency_lead", "trainer", "subgroup")
    for part in others:
        assert page_as(world.harbour.cast[part]).get(address).status_code == 403
    assert page_as(world.moorland.finance).get(address).status_code == 404
    assert Browser().get(address).status_code == 302


def test_another_partnerships_documents_do_not_exist_here(world: World) -> None:
    with activate(world.moorland.partnership):
        [charge] = ready_charges(world.moorland.school)
        made = invoice_for(world, [charge], by=world.moorland.finance)
        case = open_mitigation(
            charge=charge, reason="Ill", evidence="", by=world.moorland.agency_lead, at=NOW()
        )
    for name, key in (
        ("charge", charge.pk),
        ("mitigation_case", case.pk),
        ("invoice", made.number),
        ("invoice_pdf", made.number),
        ("record_payment", made.number),
        ("write_off", made.number),
        ("statement", "moorland-primary-school"),
    ):
        address = reverse(name, args=[key])
        assert finance(world).get(address).status_code == 404
        assert finance(world).post(address).status_code in {404, 405}


def test_the_finance_page_counts_what_waits(world: World) -> None:
    school = world.harbour.school
    ready_charges(school, 2, state=ChargeState.TO_REVIEW)
    ready_charges(school, 3)
    page = finance(world).get(reverse("finance")).content.decode()
    assert "<strong>2</strong>" in page
    assert "£150.00" in page
    assert "Prepare invoices" in page


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 3),
        ("?state=approved", 2),
        ("?kind=no_show", 3),
        ("?kind=attendance", 0),
        ("?month=2019-05-01", 1),
        ("?state=nonsense", 3),
        ("?month=nonsense&page=nonsense", 3),
    ],
)
def test_charges_are_filtered_by_the_address(world: World, query: str, number: int) -> None:
    from datetime import date

    ready_charges(world.harbour.school, arose_on=date(2019, 5, 3))
    ready_charges(world.harbour.school)
    ready_charges(world.harbour.other_agency, state=ChargeState.WAIVED)
    page = finance(world).get(reverse("charges") + query)
    assert page.status_code == 200
    assert page.context["page"].paginator.count == number
    rows = list(
        csv.reader(
            StringIO(finance(world).get(reverse("charges_csv") + query).content.decode("utf-8-sig"))
        )
    )
    assert len(rows) == number + 1


def test_the_files_have_a_header_and_no_formulas(world: World) -> None:
    world.harbour.school.name = "=HYPERLINK(evil)"
    world.harbour.school.save()
    invoice_for(world, ready_charges(world.harbour.school))
    charges = finance(world).get(reverse("charges_csv")).content.decode("utf-8-sig").splitlines()
    invoices = finance(world).get(reverse("invoices_csv")).content.decode("utf-8-sig").splitlines()
    assert charges[0] == (
        "charge,booking,course,event,name,agency,kind,state,amount,arose_on,clause,decision,invoice,"
        "event_date,arithmetic,extra_costs,look_at"
    )
    assert invoices[0] == (
        "number,agency,issued_on,due_on,purchase_order,net,vat,gross,"
        "credited,paid,written_off,owed,held,state"
    )
    assert "'=HYPERLINK" in charges[1]
    assert "'=HYPERLINK" in invoices[1]


def test_ticked_charges_are_approved(world: World) -> None:
    made = ready_charges(world.harbour.school, 2, state=ChargeState.TO_REVIEW)
    said = {"charge": [str(made[0].pk), "nonsense", "99999999999999999999"]}
    finance(world).post(reverse("approve_charges"), said)
    states = set(Charge.objects.values_list("pk", "state"))
    assert states == {(made[0].pk, ChargeState.APPROVED), (made[1].pk, ChargeState.TO_REVIEW)}


def test_a_charge_shows_its_grounds_and_is_decided_with_a_reason(world: World) -> None:
    [charge] = ready_charges(world.harbour.school, state=ChargeState.NEEDS_DECISION)
    address = reverse("charge", args=[charge.pk])
    assert charge.why.clause in finance(world).get(address).content.decode()
    without = finance(world).post(address, {"amount": "30", "reason": ""})
    assert "Enter the reason" in without.content.decode()
    finance(world).post(address, {"amount": "30", "reason": "Small charity"})
    charge.refresh_from_db()
    assert (charge.state, charge.amount) == (ChargeState.APPROVED, Decimal(30))


@pytest.mark.parametrize("part", ["agency_lead", "coordinator"])
def test_a_request_is_asked_from_the_booking_and_answered_by_finance(
    world: World, part: str
) -> None:
    [charge] = ready_charges(world.harbour.school)
    address = reverse("ask_waiver", args=[charge.booking.reference])
    assert page_as(world.harbour.other_agency_lead).get(address).status_code == 404
    asking = page_as(world.harbour.cast[part])
    assert charge.why.clause in asking.get(address).content.decode()
    sent = {"charge": charge.pk, "ground": "other", "reason": "Ill", "evidence": "Letter"}
    asking.post(address, sent)
    case = MitigationCase.objects.get()
    answer = reverse("mitigation_case", args=[case.pk])
    page = finance(world).get(answer).content.decode()
    assert "Letter" in page
    finance(world).post(answer, {"outcome": "granted", "decision": "Seen"})
    case.refresh_from_db()
    assert case.state == MitigationState.GRANTED
    assert "Waived" in asking.get(address).content.decode()


def test_an_invoice_is_issued_credited_and_paid_in_the_browser(world: World) -> None:
    charges = ready_charges(world.harbour.school, 3)
    browser = finance(world)
    address = f"{reverse('new_invoice')}?agency={world.harbour.school.reference}"
    assert "cannot be changed" in browser.get(address).content.decode()
    browser.post(address, {"charges": [charge.pk for charge in charges]})
    made = Invoice.objects.get()
    page = browser.get(reverse("invoice", args=[made.number])).content.decode()
    assert "£150.00 of £150.00 is owed" in page
    credit = {"amount": "50", "reason": "Agreed", "entry_key": uuid4(), **day_parts("agreed_on")}
    for _ in range(2):
        browser.post(reverse("credit_line", args=[made.number, 2]), credit)
    assert CreditNote.objects.count() == 1
    money = {"amount": "60", "reference": "B1", "entry_key": uuid4(), **day_parts("received_on")}
    for _ in range(2):
        browser.post(reverse("record_payment", args=[made.number]), money)
    assert Payment.objects.count() == 1
    off = {"reason": "School closed", "entry_key": uuid4()}
    browser.post(reverse("write_off", args=[made.number]), off)
    page = browser.get(reverse("invoice", args=[made.number])).content.decode()
    assert "Written off" in page
    assert "Nothing is owed. The invoice was for £150.00." in page


def test_too_much_is_refused_in_words(world: World) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school))
    money = {"amount": "60", "entry_key": uuid4(), **day_parts("received_on")}
    page = finance(world).post(reverse("record_payment", args=[made.number]), money)
    assert "Only £50.00" in page.content.decode()


def test_documents_are_read_by_finance_and_by_the_agency_that_owes(world: World) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school))
    address = reverse("invoice_pdf", args=[made.number])
    for part, status in (
        ("finance", 200),
        ("agency_lead", 200),
        ("other_agency_lead", 404),
        ("practitioner", 404),
    ):
        assert page_as(world.harbour.cast[part]).get(address).status_code == status
    answer = finance(world).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == bytes(made.pdf)


def test_a_run_goes_from_review_to_done_in_the_browser(world: World) -> None:
    [charge] = ready_charges(world.harbour.school)
    browser = finance(world)
    browser.post(reverse("new_invoice_run"), {"month": charge.arose_on.replace(day=1)})
    run = InvoiceRun.objects.get()
    address = reverse("invoice_run", args=[run.pk])
    assert "Release the invoices" in browser.get(address).content.decode()
    stale = browser.post(address, {"count": 5, "total": "1.00"}, follow=True)
    assert "have changed" in stale.content.decode()
    browser.post(address, {"count": 1, "total": "50.00"})
    assert "0 of 1 invoice issued" in browser.get(address).content.decode()
    while issue_next_of_run(now=NOW()):
        pass
    page = browser.get(address).content.decode()
    assert "1 of 1 invoice issued" in page
    assert Invoice.objects.get().number in page


@pytest.mark.parametrize("month", ["", "nonsense", "2026-13-01"])
def test_a_run_needs_a_real_month(world: World, month: str) -> None:
    assert finance(world).post(reverse("new_invoice_run"), {"month": month}).status_code == 404


def test_a_statement_lists_what_an_agency_owes(world: World) -> None:
    invoice_for(world, ready_charges(world.harbour.school, 2))
    address = reverse("statement", args=[world.harbour.school.reference])
    assert "<strong>£100.00</strong> is owed" in finance(world).get(address).content.decode()
    document = finance(world).get(reverse("statement_pdf", args=[world.harbour.school.reference]))
    assert document.content.startswith(b"%PDF")


def test_an_order_number_lets_an_agency_be_invoiced(world: World) -> None:
    school = world.harbour.school
    school.purchase_order_required = True
    school.save()
    ready_charges(school)
    browser = finance(world)
    listed = browser.get(reverse("charges") + "?flag=no_order").content.decode()
    assert "Awaiting purchase order" in listed
    said = {"address": "1 High Street", "purchase_order": "PO-5", "purchase_order_required": "on"}
    browser.post(reverse("billing_details", args=[school.reference]), said)
    assert browser.get(reverse("new_invoice")).context["agencies"][0].reference == school.reference


def grow(world: World) -> None:
    """More of everything that the pages list."""
    for agency in (world.harbour.school, world.harbour.other_agency):
        ready_charges(agency, 4)
        ready_charges(agency, 4, state=ChargeState.TO_REVIEW)
        for _ in range(2):
            invoice_for(world, ready_charges(agency, 2))


def test_pages_cost_the_same_however_much_there_is(world: World) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school, 2))
    grow(world)
    addresses = [reverse(name) for name in LISTS]
    addresses += [
        reverse("invoice", args=[made.number]),
        reverse("charge", args=[made.lines.get(position=1).charge_id]),
        reverse("statement", args=[world.harbour.school.reference]),
        f"{reverse('new_invoice')}?agency={world.harbour.school.reference}",
    ]
    before = [len(queries_of(world.harbour.finance, address)) for address in addresses]
    grow(world)
    assert [len(queries_of(world.harbour.finance, address)) for address in addresses] == before
    assert max(before) <= 12


def test_nothing_ticked_is_an_error_of_the_page_and_keeps_the_filter(world: World) -> None:
    charge(booking=booking(person=world.harbour.practitioner, event=event()))
    browser = page_as(world.harbour.finance)
    where = f"{reverse('approve_charges')}?state=to_review"
    page = browser.post(where).content.decode()
    assert "<title>Error: Charges" in page
    assert (
        f'<a href="#charge-{Charge.objects.get().pk}">Select the charges that you have reviewed</a>'
        in page
    )
    sent = browser.post(where, {"charge": [Charge.objects.get().pk]})
    assert "/finance/charges/?state=to_review&approval=" in sent.headers["Location"]
