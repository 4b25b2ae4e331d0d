"""Issuing: number, snapshot, VAT, due date, PDF, mail; once, and never changed again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from bookings.rules.prices import ChargeKind
from finance.models import BillingProfile, Charge, Invoice, VatRow
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.issue_invoice import issue_invoice
from finance.operations.open_mitigation import open_mitigation
from finance.rules.states import ChargeState
from finance.rules.vat import VatCode
from outbox.models import Message
from outbox.operations.send_next_message import send_next_message
from partnerships.rules.refused import Refused
from tests.finance.money import invoice_for, ready_charges
from tests.world import World

NOW = timezone.now
REGISTERED = "GB123456782"
NOVEMBER = datetime(2025, 11, 28, 12, tzinfo=ZoneInfo("Europe/London"))


def text_of(pdf: bytes | memoryview) -> str:
    """Everything that a PDF says, on one line."""
    pages = PdfReader(BytesIO(bytes(pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_numbers_follow_one_another_without_a_gap(world: World) -> None:
    school = world.harbour.school
    numbers = [invoice_for(world, ready_charges(school), at=NOVEMBER).number for _ in range(3)]
    assert numbers == ["INV20250001", "INV20250002", "INV20250003"]


def test_a_failed_issue_gives_its_number_back(world: World) -> None:
    first = ready_charges(world.harbour.school)
    VatRow.objects.all().delete()
    with pytest.raises(Refused, match="VAT treatment"), transaction.atomic():
        invoice_for(world, first, at=NOVEMBER)
    VatRow.objects.create(
        kind="no_show", code=VatCode.OUTSIDE_SCOPE, reason="Not a business activity"
    )
    assert invoice_for(world, first, at=NOVEMBER).number == "INV20250001"


def test_each_year_and_each_kind_of_document_counts_by_itself(world: World) -> None:
    old = invoice_for(world, ready_charges(world.harbour.school), at=NOVEMBER)
    later = NOVEMBER.replace(year=2026)
    new = invoice_for(world, ready_charges(world.harbour.school), at=later)
    note = issue_credit_note(
        line=new.lines.get(),
        amount=Decimal("10"),
        reason="Agreed",
        agreed_on=later.date(),
        by=world.harbour.finance,
        at=later,
    )
    assert [old.number, new.number, note.number] == ["INV20250001", "INV20260001", "CN20260001"]


def test_the_invoice_is_due_in_calendar_days(world: World) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school), at=NOVEMBER)
    assert made.due_on == date(2025, 12, 28)  # a Sunday, and not moved (W44)


@pytest.mark.parametrize(
    ("treatment", "net", "vat", "gross"),
    [
        ({"code": VatCode.EXEMPT, "reason": "Vocational training"}, "50.00", "0.00", "50.00"),
        ({"code": VatCode.STANDARD, "rate": 20, "reason": ""}, "50.00", "10.00", "60.00"),
        (
            {"code": VatCode.STANDARD, "rate": 20, "reason": "", "prices_include_vat": True},
            "41.67",
            "8.33",
            "50.00",
        ),
    ],
)
def test_vat_is_the_partnerships_choice(
    world: World, treatment: dict[str, Any], net: str, vat: str, gross: str
) -> None:
    VatRow.objects.filter(kind="no_show").update(**treatment)
    BillingProfile.objects.update(vat_number=REGISTERED)
    made = invoice_for(world, ready_charges(world.harbour.school))
    assert (made.net, made.vat, made.gross) == (Decimal(net), Decimal(vat), Decimal(gross))
    assert (treatment["reason"] or "VAT at 20%") in text_of(made.pdf)


def test_a_line_names_its_treatment_where_there_is_more_than_one(world: World) -> None:
    VatRow.objects.filter(kind="no_show").update(code=VatCode.STANDARD, rate=20, reason="")
    BillingProfile.objects.update(vat_number=REGISTERED)
    late, stayed_away = ready_charges(world.harbour.school, number=2)
    Charge.objects.filter(pk=late.pk).update(kind=ChargeKind.LATE_CANCELLATION)
    late.refresh_from_db()
    said = text_of(invoice_for(world, [late, stayed_away]).pdf)
    assert said.count("VAT at 20%") == 2  # on its line and in the summary
    assert said.count("Outside the scope of VAT: Not a business activity") == 2


def test_the_document_says_all_that_a_payer_asks_for(world: World) -> None:
    school = world.harbour.school
    school.address, school.postcode, school.purchase_order = "1 School Lane", "AB1 4XY", "PO-778"
    school.save()
    [charge] = ready_charges(school)
    made = invoice_for(world, [charge], at=NOVEMBER)
    said = text_of(made.pdf)
    for part in (
        "INV20250001",
        "28 November 2025",
        "28 December 2025",
        "PO-778",
        school.name,
        "1 School Lane",
        "AB1 4XY",
        "Harbour Council",
        "00-00-00",
        "£50.00",
        "Outside the scope of VAT: Not a business activity",
        charge.booking.reference,
        charge.why.clause,
        "30 days",
    ):
        assert part in said


def test_the_document_is_tagged_for_screen_readers(world: World) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school))
    reader = PdfReader(BytesIO(bytes(made.pdf)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Invoice {made.number}"
    assert b"pdfuaid" in bytes(made.pdf) or "pdfuaid" in str(reader.xmp_metadata.stream.get_data())  # type: ignore[union-attr]


def test_what_people_typed_cannot_make_the_server_fetch_anything(world: World) -> None:
    school = world.harbour.school
    school.address = '<img src="http://localhost/x"><style>@import "file:///etc/passwd"</style>'
    school.save()
    made = invoice_for(world, ready_charges(school))
    assert "<img src=" in text_of(made.pdf)


def test_an_issued_invoice_remembers_the_names_of_its_day(world: World) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school))
    world.harbour.school.name = "Renamed School"
    world.harbour.school.save()
    BillingProfile.objects.update(issuer_name="Another Council")
    made = Invoice.objects.get(pk=made.pk)
    assert made.customer_name == "Harbour Primary School"
    assert made.issuer["name"] == "Harbour Council"


def test_a_charge_is_invoiced_once(world: World) -> None:
    charges = ready_charges(world.harbour.school)
    invoice_for(world, charges)
    with pytest.raises(Refused, match="no longer ready"):
        invoice_for(world, charges)
    assert Invoice.objects.count() == 1
    assert Charge.objects.get().state == ChargeState.INVOICED


def test_charges_of_another_agency_are_not_taken(world: World) -> None:
    charges = ready_charges(world.harbour.school)
    with pytest.raises(Refused, match="no longer ready"):
        issue_invoice(
            agency=world.harbour.council,
            charges=[charges[0].pk],
            by=world.harbour.finance,
            at=NOW(),
        )


@pytest.mark.parametrize("state", sorted(set(ChargeState) - {ChargeState.APPROVED}))
def test_only_approved_charges_are_invoiced(world: World, state: ChargeState) -> None:
    charges = ready_charges(world.harbour.school, state=state)
    with pytest.raises(Refused, match="no longer ready"):
        invoice_for(world, charges)


def test_an_open_request_holds_the_invoice_up(world: World) -> None:
    [charge] = ready_charges(world.harbour.school)
    open_mitigation(
        charge=charge, reason="Ill", evidence="", by=charge.booking.membership, at=NOW()
    )
    with pytest.raises(Refused, match="no longer ready"):
        invoice_for(world, [charge])


def test_an_agency_that_wants_an_order_number_is_not_invoiced_without(world: World) -> None:
    school = world.harbour.school
    school.purchase_order_required = True
    school.save()
    charges = ready_charges(school)
    with pytest.raises(Refused, match="purchase order"):
        invoice_for(world, charges)
    school.purchase_order = "PO-1"
    school.save()
    charges[0].agency = school
    assert invoice_for(world, charges).purchase_order == "PO-1"


def test_without_a_billing_profile_nothing_is_issued(world: World) -> None:
    BillingProfile.objects.all().delete()
    with pytest.raises(Refused, match="who issues invoices"):
        invoice_for(world, ready_charges(world.harbour.school))


def test_the_agencys_finance_office_gets_the_very_document(world: World) -> None:
    school = world.harbour.school
    school.finance_email = "accounts@school.example.org"
    school.save()
    made = invoice_for(world, ready_charges(school))
    message = Message.objects.get(about=made.number)
    assert message.to_email == "accounts@school.example.org"
    assert made.number in message.text
    while send_next_message(now=NOW()):
        pass
    [sent] = [one for one in mail.outbox if made.number in one.subject]
    name, content, kind = sent.attachments[0]
    assert (name, kind) == (f"{made.number}.pdf", "application/pdf")
    assert content == bytes(made.pdf)


def test_an_agency_without_a_finance_address_gets_no_mail(world: World) -> None:
    world.harbour.school.finance_email = ""
    world.harbour.school.save()
    made = invoice_for(world, ready_charges(world.harbour.school))
    assert not Message.objects.filter(about=made.number).exists()
