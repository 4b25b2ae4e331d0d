"""Purchase order numbers: given by the agency, chosen for each charge, and never two on one invoice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from courses.models import Event
from finance.models import Charge, Invoice, PurchaseOrder
from finance.models.charge import NO_ORDER_NUMBER
from finance.operations.give_order_number import give_order_number
from finance.operations.issue_invoice import issue_invoice
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.prepare_run import prepare_run
from finance.operations.release_run import release_run
from finance.operations.withdraw_order_number import withdraw_order_number
from finance.reports.runs import left_out
from finance.rules.invoicing import order_number_missing
from finance.rules.orders import order_for
from finance.terms.orders import orders_of
from finance.terms.runs import drafts_of
from partnerships.models import Agency
from partnerships.rules.refused import Refused
from tests.finance.account import by_link, days, finance_contact, office_of, signed_in_at
from tests.finance.money import invoice_for, ready_charges
from tests.world import Browser, World, booking, event, page_as

pytestmark = pytest.mark.django_db

NOW = timezone.now
MAY = date(2026, 5, 1), date(2026, 5, 31)


def given(world: World, number: str, **said: object) -> PurchaseOrder:
    return give_order_number(number=number, by=office_of(world), at=NOW(), **said)  # type: ignore[arg-type]


def requires_one(world: World) -> None:
    Agency.objects.filter(pk=world.harbour.school.pk).update(purchase_order_required=True)
    world.harbour.school.refresh_from_db()


def event_of(charge: Charge) -> Event:
    found: Event = charge.booking.event
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_database_chooses_the_number_that_the_rule_chooses(world: World, seed: int) -> None:
    """order_number_sql and NO_ORDER_NUMBER are order_for and order_number_missing, said to the database."""
    chance, school = Random(seed), world.harbour.school
    Agency.objects.filter(pk=school.pk).update(
        purchase_order_required=chance.random() < 0.7,
        purchase_order=chance.choice(["", "", "STANDING"]),
    )
    school.refresh_from_db()
    charges = [
        *ready_charges(school, arose_on=date(2026, 5, chance.randint(1, 31))),
        *ready_charges(school, arose_on=MAY[0]),
        *ready_charges(school, arose_on=MAY[1]),
        *ready_charges(school, arose_on=date(2026, 6, 1)),
    ]
    first = date(2026, 5, chance.randint(1, 15))
    if chance.random() < 0.7:
        given(world, "PERIOD", period=(first, first + timedelta(days=chance.randint(0, 40))))
    for one in chance.sample(charges, 2):
        order = given(world, f"EVENT{one.pk}", event=event_of(one))
        if chance.random() < 0.3:
            withdraw_order_number(order=order, at=NOW())
    ready_charges(world.harbour.other_agency, arose_on=MAY[0])
    rows = Charge.objects.with_order().select_related("agency", "booking")
    for charge in rows:
        owner = charge.agency
        number = order_for(
            charge.booking.event_id, charge.arose_on, orders_of(owner), owner.purchase_order
        )
        assert charge.order_number == number
        missing = order_number_missing(owner.purchase_order_required, number)
        of_it = Charge.objects.filter(pk=charge.pk)
        assert of_it.with_order().filter(NO_ORDER_NUMBER).exists() is missing
        assert of_it.awaiting_purchase_order().exists() is missing
        assert of_it.ready_to_invoice().exists() is not missing
        assert of_it.with_order().filter(order_number=number).exists()
        assert charge.awaits_purchase_order is missing


def test_a_number_by_link_lets_the_event_be_invoiced(world: World) -> None:
    requires_one(world)
    [charge] = ready_charges(world.harbour.school)
    with pytest.raises(Refused, match="will not pay without"):
        invoice_for(world, [charge])
    address = by_link(world, "contact_orders")
    assert "Waiting for an order number" in Browser().get(address).content.decode()
    said = {"number": " PO-9 ", "scope": "event", "event": event_of(charge).reference}
    page = Browser().post(address, said, follow=True).content.decode()
    assert "Saved. Invoices that we issue from now on show PO-9" in page
    assert "To be invoiced" in page
    assert "Waiting for an order number" not in page
    assert invoice_for(world, [charge]).purchase_order == "PO-9"
    order = PurchaseOrder.objects.get()
    assert (order.given_email, order.given_by) == (office_of(world).email, None)


def test_a_standing_number_is_the_agencys_own(world: World) -> None:
    requires_one(world)
    [charge] = ready_charges(world.harbour.school)
    address = signed_in_at(world, "contact_orders")
    page = finance_contact(world).post(address, {"number": "PO1", "scope": "standing"}, follow=True)
    assert "PO1" in page.content.decode()
    world.harbour.school.refresh_from_db()
    assert world.harbour.school.purchase_order == "PO1"
    order = PurchaseOrder.objects.get()
    assert order.given_by is not None
    assert invoice_for(world, [charge]).purchase_order == "PO1"


def test_the_same_number_again_changes_nothing_and_another_replaces_it(world: World) -> None:
    first = given(world, "PO1")
    assert given(world, "PO1") == first
    second = given(world, "PO2")
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    Agency.objects.filter(pk=world.harbour.school.pk).update(purchase_order="BY FINANCE")
    assert given(world, "PO2") != second
    world.harbour.school.refresh_from_db()
    assert world.harbour.school.purchase_order == "PO2"
    may = given(world, "MAY", period=MAY)
    assert given(world, "MAY", period=MAY) == may
    given(world, "MAY-2", period=MAY)
    assert list(PurchaseOrder.objects.chosen_from().values_list("number", flat=True)) == ["MAY-2"]


def test_a_withdrawn_number_is_not_used_any_more(world: World) -> None:
    [charge] = ready_charges(world.harbour.school, arose_on=MAY[0])
    order = given(world, "MAY", period=MAY)
    address = by_link(world, "contact_withdraw_order", order.pk)
    assert "Withdraw MAY?" in Browser().get(address).content.decode()
    assert "has been withdrawn" in Browser().post(address, follow=True).content.decode()
    assert Browser().post(address).status_code == 404, "it is no longer there to withdraw"
    at = PurchaseOrder.objects.get().withdrawn_at
    assert withdraw_order_number(order=order, at=NOW()).withdrawn_at == at
    assert invoice_for(world, [charge]).purchase_order == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"number": "PO<1>", "scope": "standing"},
            "not “&lt;” and “&gt;”. Copy it from the order.",
        ),
        ({"number": "=1+1", "scope": "standing"}, "not “+” and “=”"),
        ({"number": "", "scope": "standing"}, "Enter the purchase order number"),
        ({"number": "A" * 61, "scope": "standing"}, "60"),
        ({"number": "PO1"}, "Select"),
        ({"number": "PO1", "scope": "event"}, "Choose an event"),
        ({"number": "PO1", "scope": "event", "event": "NOWHERE"}, "Select"),
        ({"number": "PO1", "scope": "period"}, "Enter the first day"),
        ({"number": "PO1", "scope": "period", **days(MAY[1], MAY[0])}, "on or after the first"),
        (
            {"number": "PO1", "scope": "period", **days(MAY[1], date(2026, 6, 30))},
            "Order number MAY is already for 1 May 2026 to 31 May 2026",
        ),
    ],
)
def test_bad_input_is_told_and_kept(world: World, said: dict[str, str], told: str) -> None:
    given(world, "MAY", period=MAY)
    answer = Browser().post(by_link(world, "contact_orders"), said)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert told in page
    if said["number"] == "PO1":
        assert 'value="PO1"' in page
    assert PurchaseOrder.objects.count() == 1


def test_finance_cannot_enter_forbidden_signs_either(world: World) -> None:
    school = world.harbour.school
    said = {"address": "1 High Street", "purchase_order": "PO;5"}
    address = reverse("billing_details", args=[school.reference])
    page = page_as(world.harbour.finance).post(address, said).content.decode()
    assert "not “;”" in page
    assert "1 High Street" in page
    school.refresh_from_db()
    assert school.purchase_order == ""


def test_only_events_that_concern_the_agency_can_be_chosen(world: World) -> None:
    ours, theirs = event(), event()
    booking(person=world.harbour.practitioner, event=ours)
    booking(person=world.harbour.other_practitioner, event=theirs)
    page = Browser().get(by_link(world, "contact_orders")).content.decode()
    assert ours.reference in page
    assert theirs.reference not in page


def test_an_invoice_never_mixes_orders(world: World) -> None:
    one, other = (*ready_charges(world.harbour.school), *ready_charges(world.harbour.school))
    given(world, "EV1", event=event_of(one))
    with pytest.raises(Refused, match="different purchase orders: no order number and EV1"):
        invoice_for(world, [one, other])
    finance = page_as(world.harbour.finance)
    page = finance.get(reverse("new_invoice")).content.decode()
    address = f"{reverse('new_invoice')}?agency={world.harbour.school.reference}"
    assert "&amp;order=EV1" in page
    everything = finance.get(address).content.decode()
    assert "Each order needs its own invoice" in everything
    finance.post(f"{address}&order=EV1", {"charges": [one.pk]})
    finance.post(f"{address}&order=", {"charges": [other.pk]})
    assert set(Invoice.objects.values_list("purchase_order", flat=True)) == {"EV1", ""}


def test_a_run_issues_one_invoice_for_each_order(world: World) -> None:
    harbour = world.harbour
    charges = [*ready_charges(harbour.school, 2, arose_on=MAY[0])]
    charges += ready_charges(harbour.school, 1, arose_on=MAY[1], amount="30.00")
    ready_charges(harbour.other_agency, 1, arose_on=MAY[1])
    given(world, "HALF", period=(MAY[0], date(2026, 5, 15)))
    run = prepare_run(month=MAY[0], by=harbour.finance, at=NOW())
    shown = [(draft.agency, draft.order, draft.count, draft.total) for draft in drafts_of(run)]
    assert shown == [
        ("Harbour Care Homes", "", 1, Decimal(50)),
        ("Harbour Primary School", "", 1, Decimal(30)),
        ("Harbour Primary School", "HALF", 2, Decimal(100)),
    ]
    release_run(run=run, reviewed=(4, Decimal(180)), by=harbour.finance, at=NOW())
    while issue_next_of_run(now=NOW()):
        pass
    issued = Invoice.objects.filter(run=run).order_by("customer_name", "purchase_order")
    assert [
        (one.customer_name, one.purchase_order, one.line_count, one.net) for one in issued
    ] == shown
    year = timezone.localdate().year
    numbers = sorted(issued.values_list("number", flat=True))
    assert numbers == [f"INV{year}000{number}" for number in (1, 2, 3)]


def test_a_run_leaves_out_only_the_charges_without_a_number(world: World) -> None:
    requires_one(world)
    ready_charges(world.harbour.school, 2, arose_on=MAY[0])
    ready_charges(world.harbour.school, 1, arose_on=MAY[1])
    given(world, "HALF", period=(MAY[0], date(2026, 5, 15)))
    run = prepare_run(month=MAY[0], by=world.harbour.finance, at=NOW())
    assert [(one.order, one.count) for one in drafts_of(run)] == [("HALF", 2)]
    assert [one.count for one in left_out(run)["purchase order"]] == [1]


def test_a_number_that_was_given_stays_in_the_record(world: World) -> None:
    order = given(world, "MAY", period=MAY)
    changes = (
        lambda: PurchaseOrder.objects.update(number="JUNE"),
        lambda: PurchaseOrder.objects.update(number="JUNE", withdrawn_at=NOW()),
        lambda: order.delete(),
    )
    for change in changes:
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
    withdraw_order_number(order=order, at=NOW())
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        PurchaseOrder.objects.update(withdrawn_at=None)


def test_finance_sees_who_gave_which_number(world: World) -> None:
    given(world, "MAY", period=MAY)
    address = reverse("statement", args=[world.harbour.school.reference])
    page = page_as(world.harbour.finance).get(address).content.decode()
    assert "Charges from 1 May 2026 to 31 May 2026" in page
    assert office_of(world).email in page


def test_charges_of_one_order_are_issued_by_id_only_together_with_their_number(
    world: World,
) -> None:
    charges = ready_charges(world.harbour.school, 2)
    given(world, "EV", event=event_of(charges[0]))
    made = issue_invoice(
        agency=world.harbour.school,  # as it was read before the number was given
        charges=[one.pk for one in charges],
        by=world.harbour.finance,
        at=NOW(),
    )
    assert made.purchase_order == "EV"
