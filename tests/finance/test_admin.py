"""The admin of bookings and money: what may be edited, what only looked at, by whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.reports.attention import attention
from finance.models import BillingProfile, Invoice, VatRow
from finance.reports.attention import attention as money_that_waits
from tests.finance.money import invoice_for, ready_charges
from tests.world import World, booking, charge, event, in_days, page_as

LOOKED_AT = ["charge", "mitigationcase", "invoice", "creditnote", "payment", "invoicerun"]
EDITED = ["billingprofile", "vatrow"]


def address(model: str, page: str = "changelist", *args: object) -> str:
    """A page of a table."""
    return reverse(f"admin:finance_{model}_{page}", args=args)


@pytest.mark.parametrize("model", LOOKED_AT + EDITED)
def test_money_is_looked_at_by_finance(world: World, model: str) -> None:
    invoice_for(world, ready_charges(world.harbour.school))
    for part, status in (("finance", 200), ("administrator", 200), ("coordinator", 403)):
        assert page_as(world.harbour.cast[part]).get(address(model)).status_code == status


@pytest.mark.parametrize("model", LOOKED_AT)
def test_what_was_issued_cannot_be_edited(world: World, model: str) -> None:
    finance = page_as(world.harbour.finance)
    assert finance.get(address(model, "add")).status_code == 403
    if model == "invoice":
        made = invoice_for(world, ready_charges(world.harbour.school))
        page = address(model, "change", made.pk)
        assert finance.get(page).status_code == 200
        assert finance.post(page, {"gross": "1.00"}).status_code == 403
        assert Invoice.objects.get().gross == made.gross


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"invoice_prefix": "INV-2025/"}, "can only contain|up to 12 capital"),
        ({"credit_note_prefix": "INV"}, "a different prefix"),
    ],
)
def test_prefixes_that_payers_refuse_are_not_saved(
    world: World, change: dict[str, str], sentence: str
) -> None:
    profile = BillingProfile.objects.get()
    fields = ("issuer_name", "issuer_address", "issuer_email", "payment_terms_days")
    said: dict[str, Any] = {name: getattr(profile, name) for name in fields}
    said |= {"invoice_prefix": "INV", "credit_note_prefix": "CN", **change}
    page = page_as(world.harbour.finance).post(
        address("billingprofile", "change", profile.pk), said
    )
    assert any(part in page.content.decode() for part in sentence.split("|"))
    profile.refresh_from_db()
    assert profile.invoice_prefix == "INV"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "exempt", "rate": "0", "reason": ""}, "Say why no VAT is charged"),
        ({"code": "standard", "rate": "0", "reason": ""}, "Only the standard rate"),
        ({"code": "exempt", "rate": "20", "reason": "Training"}, "Only the standard rate"),
    ],
)
def test_a_vat_treatment_must_hold_together(
    world: World, change: dict[str, str], sentence: str
) -> None:
    row = VatRow.objects.get(kind="no_show")
    page = page_as(world.harbour.finance).post(
        address("vatrow", "change", row.pk), {"kind": "no_show", **change}
    )
    assert sentence in page.content.decode()


def test_there_is_one_billing_profile(world: World) -> None:
    assert page_as(world.harbour.finance).get(address("billingprofile", "add")).status_code == 403


def test_what_waits_is_told_to_those_who_deal_with_it(world: World) -> None:
    over = event(starts_at=in_days(-2))
    charge(booking=booking(person=world.harbour.practitioner, event=over))
    now = timezone.now()
    told = {
        part: [
            item.text
            for provider in (attention, money_that_waits)
            for item in provider(now, world.harbour.cast[part])
        ]
        for part in ("coordinator", "finance", "practitioner", "administrator")
    }
    assert told == {
        "coordinator": ["1 register to close"],
        "finance": ["1 charge to review"],
        "practitioner": [],
        "administrator": ["1 register to close", "1 charge to review"],
    }
