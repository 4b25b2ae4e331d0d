"""Numbers that no two documents share, and what the law wants on an invoice: said where it is typed, held at issue."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from bookings.rules.prices import ChargeKind
from finance.models import BillingProfile, Charge, CreditNote, DocumentSequence, Invoice, VatRow
from finance.models.charge import NO_ADDRESS, NO_ORDER_NUMBER
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.prepare_run import prepare_run
from finance.operations.release_run import release_run
from finance.rules.invoicing import customer_reasons, order_number_missing
from finance.rules.states import ChargeState
from finance.terms.preparation import parties_of
from partnerships.models import Agency
from partnerships.rules.refused import Refused
from tests.finance.money import invoice_for, ready_charges
from tests.finance.test_invoice_issue import text_of
from tests.world import World, agency, page_as
from tests.world.money import charging_policy, price

REGISTERED = "GB123456782"
CHARGES_VAT = {"code": "standard", "rate": 20, "reason": ""}


def credited(world: World, invoice: Invoice) -> CreditNote:
    """A credit of a pound."""
    return issue_credit_note(
        line=invoice.lines.get(),
        amount=Decimal(1),
        reason="Agreed",
        agreed_on=timezone.localdate(),
        by=world.harbour.finance,
        at=timezone.now(),
    )


def profile_sent(world: World, **change: Any) -> str:
    """The page that answers finance after it sent the billing profile with these changes."""
    profile = BillingProfile.objects.get()
    fields = ("issuer_name", "issuer_address", "issuer_email", "payment_terms_days")
    said = {name: getattr(profile, name) for name in fields}
    said |= {"invoice_prefix": "INV", "credit_note_prefix": "CN", "vat_number": ""} | change
    address = reverse("admin:finance_billingprofile_change", args=[profile.pk])
    return page_as(world.harbour.finance).post(address, said).content.decode()


def test_a_prefix_once_used_stays_with_its_kind(world: World) -> None:
    """Swapped in the profile, a credit note got the number of an old invoice."""
    made = invoice_for(world, ready_charges(world.harbour.school))
    page = profile_sent(world, invoice_prefix="NEW", credit_note_prefix="INV")
    assert "INV is the prefix of invoices already issued and stays with them" in page
    assert BillingProfile.objects.get().credit_note_prefix == "CN"
    # By a way past the form it is refused at issue all the same.
    BillingProfile.objects.update(invoice_prefix="CN", credit_note_prefix="INV")
    with pytest.raises(Refused, match="INV is the prefix of invoices"):
        credited(world, made)
    assert not CreditNote.objects.exists()


def test_the_database_holds_a_prefix_to_its_kind(world: World) -> None:
    invoice_for(world, ready_charges(world.harbour.school))
    with pytest.raises(DatabaseError, match="document_prefix_of_one_kind"), transaction.atomic():
        DocumentSequence.objects.create(kind="credit_note", prefix="INV", year=1999)


@pytest.mark.parametrize("first", ["invoice", "credit_note"])
def test_no_document_takes_a_number_of_the_other_kind(world: World, first: str) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school))
    note = credited(world, made)
    source, target = (made, note) if first == "invoice" else (note, made)
    columns = [field.column for field in target._meta.concrete_fields if field.name != "id"]
    fresh = {"number": "%s", "entry_key": "gen_random_uuid()", "run_id": "NULL"}
    values = ", ".join(fresh.get(column, column) for column in columns)
    table = target._meta.db_table
    insert = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}"
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="is taken"),
        transaction.atomic(),
    ):
        cursor.execute(insert, [source.number])


def test_each_prefix_counts_by_itself_and_goes_on_where_it_stopped(world: World) -> None:
    school, numbers = world.harbour.school, []
    for prefix in ("INV", "INV", "NEW", "INV", "NEW"):
        BillingProfile.objects.update(invoice_prefix=prefix)
        numbers.append(invoice_for(world, ready_charges(school)).number)
    year = str(timezone.localdate().year)
    short = [number.replace(year, "") for number in numbers]
    assert short == ["INV0001", "INV0002", "NEW0001", "INV0003", "NEW0002"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"vat_number": "rubbish"}, "is not a UK VAT registration number"),
        ({"vat_number": "GB123456789"}, "is not a UK VAT registration number"),
        ({"payment_terms_days": 0}, "Payment terms are 7 to 60 days"),
        ({"payment_terms_days": 32767}, "Payment terms are 7 to 60 days"),
        ({"payment_terms_days": ""}, "required"),
        ({"credit_note_prefix": "INV"}, "need a different prefix"),
    ],
)
def test_the_billing_profile_says_what_is_wrong_next_to_the_field(
    world: World, change: dict[str, Any], sentence: str
) -> None:
    page = profile_sent(world, **change)
    assert sentence in page
    [field] = change
    errors = page.split(f'id="id_{field}"')[0].rsplit("errorlist", 1)[-1]
    assert sentence in errors
    profile = BillingProfile.objects.get()
    assert (profile.payment_terms_days, profile.vat_number) == (30, "")


@pytest.mark.parametrize("number", [REGISTERED, "gb 980 7806 84", "GD001", ""])
def test_a_real_vat_number_or_none_is_saved(world: World, number: str) -> None:
    profile_sent(world, vat_number=number)
    assert BillingProfile.objects.get().vat_number == number


def test_vat_is_not_switched_on_without_a_registration(world: World) -> None:
    row = VatRow.objects.get(kind="no_show")
    address = reverse("admin:finance_vatrow_change", args=[row.pk])
    said = {"kind": "no_show", "code": "standard", "rate": "20", "reason": ""}
    browser = page_as(world.harbour.finance)
    page = browser.post(address, said).content.decode()
    assert "must show a VAT registration number" in page
    assert "Who issues invoices" in page
    BillingProfile.objects.update(vat_number=REGISTERED)
    assert browser.post(address, said).status_code == 302


def test_a_registration_that_is_needed_is_not_taken_away(world: World) -> None:
    BillingProfile.objects.update(vat_number=REGISTERED)
    VatRow.objects.filter(kind="no_show").update(**CHARGES_VAT)
    assert "must show a VAT registration number" in profile_sent(world, vat_number="")
    assert BillingProfile.objects.get().vat_number == REGISTERED


@pytest.mark.parametrize(
    ("profile", "vat", "customer", "sentence"),
    [
        ({"vat_number": ""}, CHARGES_VAT, {}, "must show a VAT registration number"),
        ({"vat_number": "rubbish"}, CHARGES_VAT, {}, "is not a UK VAT registration number"),
        ({"issuer_address": ""}, {}, {}, "must show the issuer’s address"),
        ({"issuer_name": "", "issuer_email": ""}, {}, {}, "issuer’s name and email address"),
        ({}, {}, {"address": ""}, "must show the customer’s address"),
    ],
)
def test_an_invoice_that_the_law_would_not_know_is_not_issued(
    world: World,
    profile: dict[str, Any],
    vat: dict[str, Any],
    customer: dict[str, Any],
    sentence: str,
) -> None:
    charges = ready_charges(world.harbour.school)
    changes = (
        (BillingProfile.objects.all(), profile),
        (VatRow.objects.filter(kind="no_show"), vat),
        (Agency.objects.filter(pk=world.harbour.school.pk), customer),
    )
    for rows, change in changes:
        if change:
            rows.update(**change)
    with pytest.raises(Refused, match=sentence):
        invoice_for(world, charges)
    assert not Invoice.objects.exists()


def test_an_invoice_with_vat_prints_the_registration(world: World) -> None:
    BillingProfile.objects.update(vat_number=REGISTERED)
    VatRow.objects.filter(kind="no_show").update(**CHARGES_VAT)
    assert "VAT number GB 123 4567 82" in text_of(
        invoice_for(world, ready_charges(world.harbour.school)).pdf
    )


def test_what_lacks_is_said_before_a_run_is_released(world: World) -> None:
    [charge] = ready_charges(world.harbour.school)
    VatRow.objects.filter(kind="no_show").delete()
    run = prepare_run(month=charge.arose_on, by=world.harbour.finance, at=timezone.now())
    sentence = "Finance has not yet set a VAT treatment for non-attendance fees."
    finance = page_as(world.harbour.finance)
    issue = f"{reverse('new_invoice')}?agency={world.harbour.school.reference}"
    for address in (reverse("finance"), reverse("invoice_run", args=[run.pk]), issue):
        assert sentence in finance.get(address).content.decode()
    manage = page_as(world.harbour.administrator).get(reverse("manage")).content.decode()
    assert "1 kind of charge without a VAT treatment" in manage
    with pytest.raises(Refused, match=sentence):
        release_run(
            run=run,
            reviewed=(1, Decimal(50)),
            by=world.harbour.finance,
            at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("days", "free", "is_said"),
    [
        pytest.param(0, False, True, id="in force"),
        pytest.param(30, False, True, id="from next month"),
        pytest.param(0, True, False, id="free of charge"),
    ],
)
def test_a_priced_kind_of_charge_needs_a_vat_treatment_before_the_first_one_is_charged(
    world: World, days: int, free: bool, is_said: bool
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    made = charging_policy(version=2, valid_from=day, prices={})
    price(policy=made, kind=ChargeKind.ATTENDANCE, amount=None if free else "90.00")
    VatRow.objects.filter(kind="attendance").delete()
    page = page_as(world.harbour.finance).get(reverse("finance")).content.decode()
    sentence = "Finance has not yet set a VAT treatment for attendance fees."
    assert (sentence in page) == is_said


def test_an_agency_without_an_address_is_left_out_of_the_run_and_named(world: World) -> None:
    school = world.harbour.school
    [charge] = ready_charges(school)
    ready_charges(world.harbour.other_agency, arose_on=charge.arose_on)
    Agency.objects.filter(pk=school.pk).update(address="")
    run = prepare_run(month=charge.arose_on, by=world.harbour.finance, at=timezone.now())
    finance = page_as(world.harbour.finance)
    page = finance.get(reverse("invoice_run", args=[run.pk]))
    assert [draft.agency for draft in page.context["drafts"]] == ["Harbour Care Homes"]
    assert "Left out: no address" in page.content.decode()
    assert "to agencies without an address" in finance.get(reverse("finance")).content.decode()
    details = reverse("billing_details", args=[school.reference])
    finance.post(details, {"address": "1 School Lane", "postcode": "AB1 2CD"})
    page = finance.get(reverse("invoice_run", args=[run.pk]))
    assert len(page.context["drafts"]) == 2


def test_the_rules_of_order_number_and_address_say_the_same_in_sql(world: World) -> None:
    """NO_ORDER_NUMBER and NO_ADDRESS are order_number_missing and customer_reasons, said to the database."""
    profile = BillingProfile.objects.get()
    for address in ("", " ", "\n", "1 High Street", " a"):
        for number in ("", "PO1"):
            for required in (True, False):
                each = agency(
                    address=address, purchase_order=number, purchase_order_required=required
                )
                ready_charges(each)
    charges = Charge.objects.filter(state=ChargeState.APPROVED).with_order()
    for charge in charges.select_related("agency"):
        of_it = Charge.objects.filter(pk=charge.pk).with_order()
        owner = charge.agency
        without_number = order_number_missing(owner.purchase_order_required, owner.purchase_order)
        without_address = bool(customer_reasons(parties_of(profile, owner)))
        assert of_it.filter(NO_ORDER_NUMBER).exists() is without_number
        assert of_it.filter(NO_ADDRESS).exists() is without_address
        assert charge.awaits_purchase_order is without_number
        ready = not without_number and not without_address
        assert of_it.ready_to_invoice().exists() is ready
