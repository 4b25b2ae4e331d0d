"""After issue: credits, requests to waive, payments, write-offs, reminders, statements."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pypdf import PdfReader

from finance.models import (
    BillingProfile,
    Charge,
    CreditNote,
    Invoice,
    MitigationCase,
    Payment,
    VatRow,
)
from finance.operations.approve_charges import approve_charges
from finance.operations.decide_charge import decide_charge
from finance.operations.decide_mitigation import decide_mitigation
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.open_mitigation import open_mitigation
from finance.operations.record_payment import record_payment
from finance.operations.remind_next_debtor import remind_next_debtor
from finance.operations.write_off import write_off
from finance.reports.debt import aged_debt, status_on, with_status
from finance.rules.debt import AgeBand, InvoiceStatus
from finance.rules.states import ChargeState, MitigationState
from finance.terms.debt import standing_invoice, standing_invoices
from outbox.models import Message, MessageState
from partnerships.rules.refused import Refused
from tests.finance.money import invoice_for, ready_charges
from tests.world import World

NOW = timezone.now
LONDON = ZoneInfo("Europe/London")
NOVEMBER = datetime(2025, 11, 28, 12, tzinfo=LONDON)


def credited(
    world: World, invoice: Invoice, amount: str, position: int = 1, **said: object
) -> CreditNote:
    """Credit a line."""
    return issue_credit_note(
        line=invoice.lines.get(position=position),
        amount=Decimal(amount),
        reason="Agreed",
        agreed_on=timezone.localdate(),
        by=world.harbour.finance,
        at=NOW(),
        **said,  # type: ignore[arg-type]
    )


def paid(world: World, invoice: Invoice, amount: str, **said: object) -> Payment:
    """Enter a payment."""
    return record_payment(
        invoice=invoice,
        amount=Decimal(amount),
        received_on=timezone.localdate(),
        reference="BACS",
        by=world.harbour.finance,
        at=NOW(),
        **said,  # type: ignore[arg-type]
    )


def test_one_school_three_no_shows_one_waived_after_issue(world: World) -> None:
    """W49: one invoice of £150, a credit note of £50 naming invoice and line, £100 owed."""
    charges = ready_charges(world.harbour.school, 3, arose_on=date(2026, 5, 12))
    invoice = invoice_for(world, charges)
    assert invoice.gross == Decimal(150)
    case = open_mitigation(
        charge=charges[1],
        reason="Called out to an emergency",
        evidence="Rota",
        by=world.harbour.agency_lead,
        at=NOW(),
    )
    decide_mitigation(
        case=case,
        outcome=MitigationState.GRANTED,
        decision="Rota seen",
        by=world.harbour.finance,
        at=NOW(),
    )
    note = CreditNote.objects.get()
    assert (note.gross, note.invoice, note.line.charge) == (Decimal(50), invoice, charges[1])
    said = " ".join(PdfReader(BytesIO(bytes(note.pdf))).pages[0].extract_text().split())
    for part in (note.number, invoice.number, f"line {note.line.position}", "£50.00", "Rota seen"):
        assert part in said
    assert standing_invoice(invoice).balance == Decimal(100)
    assert Invoice.objects.get().gross == Decimal(150)
    assert Charge.objects.get(pk=charges[1].pk).state == ChargeState.INVOICED


def test_a_line_is_credited_in_parts_and_never_beyond(world: World) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    credited(world, invoice, "20")
    with pytest.raises(Refused, match=r"£30\.00 of this line"):
        credited(world, invoice, "30.01")
    credited(world, invoice, "30")
    assert status_on(standing_invoice(invoice), timezone.localdate()) is InvoiceStatus.CREDITED


def test_the_pence_of_partial_credits_add_up(world: World) -> None:
    BillingProfile.objects.update(vat_number="GB123456782")
    VatRow.objects.update(code="standard", rate=20, reason="", prices_include_vat=True)
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    for amount in ("16.67", "16.67", "16.66"):
        credited(world, invoice, amount)
    notes = CreditNote.objects.all()
    line = invoice.lines.get()
    assert sum(note.net for note in notes) == line.net
    assert sum(note.vat for note in notes) == line.vat


def test_a_credit_form_sent_twice_credits_once(world: World) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    key = uuid4()
    numbers = {credited(world, invoice, "10", entry_key=key).number for _ in range(2)}
    assert len(numbers) == CreditNote.objects.count() == 1


@pytest.mark.parametrize(
    ("charge_state", "case_state", "word"),
    [
        (ChargeState.WAIVED, MitigationState.GRANTED, "has been waived"),
        (ChargeState.APPROVED, MitigationState.REFUSED, "stands"),
    ],
)
def test_a_request_before_the_invoice(
    world: World, charge_state: ChargeState, case_state: MitigationState, word: str
) -> None:
    [charge] = ready_charges(world.harbour.school)
    for _ in range(2):
        case = open_mitigation(
            charge=charge, reason="Ill", evidence="", by=world.harbour.agency_lead, at=NOW()
        )
    assert MitigationCase.objects.count() == 1
    decide_mitigation(
        case=case, outcome=case_state, decision="Seen", by=world.harbour.coordinator, at=NOW()
    )
    charge.refresh_from_db()
    case.refresh_from_db()
    assert (charge.state, case.state) == (charge_state, case_state)
    assert word in Message.objects.get(key=f"mitigation:{case.pk}").subject
    with pytest.raises(Refused, match="already decided"):
        decide_mitigation(
            case=case,
            outcome=MitigationState.GRANTED,
            decision="Again",
            by=world.harbour.finance,
            at=NOW(),
        )


def test_a_waived_charge_cannot_be_asked_about(world: World) -> None:
    [charge] = ready_charges(world.harbour.school, state=ChargeState.WAIVED)
    with pytest.raises(Refused, match="already been waived"):
        open_mitigation(
            charge=charge, reason="Ill", evidence="", by=world.harbour.agency_lead, at=NOW()
        )


def test_finance_decides_what_the_policy_leaves_open(world: World) -> None:
    free, dear = ready_charges(
        world.harbour.school, 2, state=ChargeState.NEEDS_DECISION, amount="0"
    )
    said = {"by": world.harbour.finance, "at": NOW(), "reason": "Small charity"}
    decide_charge(charge=free, amount=Decimal(0), **said)  # type: ignore[arg-type]
    decide_charge(charge=dear, amount=Decimal("30"), **said)  # type: ignore[arg-type]
    states = {row.pk: (row.state, row.amount) for row in Charge.objects.all()}
    assert states == {
        free.pk: (ChargeState.WAIVED, Decimal(0)),
        dear.pk: (ChargeState.APPROVED, Decimal(30)),
    }
    with pytest.raises(Refused, match="already"):
        decide_charge(charge=dear, amount=Decimal(1), **said)  # type: ignore[arg-type]


def test_approving_passes_over_what_needs_a_decision(world: World) -> None:
    school = world.harbour.school
    reviewed = ready_charges(school, 2, state=ChargeState.TO_REVIEW)
    undecided = ready_charges(school, state=ChargeState.NEEDS_DECISION)
    everything = [charge.pk for charge in reviewed + undecided]
    said = {"by": world.harbour.finance, "at": NOW()}
    assert len(approve_charges(charges=everything, **said)) == 2  # type: ignore[arg-type]
    assert len(approve_charges(charges=everything, **said)) == 0  # type: ignore[arg-type]
    undecided[0].refresh_from_db()
    assert undecided[0].state == ChargeState.NEEDS_DECISION


@pytest.mark.parametrize(
    ("credit", "payments", "off", "days", "state"),
    [
        (None, [], False, 0, InvoiceStatus.OPEN),
        (None, ["20"], False, 0, InvoiceStatus.PART_PAID),
        (None, ["20", "30"], False, 0, InvoiceStatus.PAID),
        (None, [], False, 31, InvoiceStatus.OVERDUE),
        (None, ["20"], False, 31, InvoiceStatus.OVERDUE),
        ("50", [], False, 31, InvoiceStatus.CREDITED),
        ("10", ["40"], False, 0, InvoiceStatus.PAID),
        ("10", ["50"], False, 31, InvoiceStatus.HELD),
        ("10", ["20"], True, 31, InvoiceStatus.WRITTEN_OFF),
    ],
)
def test_how_an_invoice_stands(
    world: World,
    credit: str | None,
    payments: list[str],
    off: bool,
    days: int,
    state: InvoiceStatus,
) -> None:
    at = NOW() - timedelta(days=days)
    invoice = invoice_for(world, ready_charges(world.harbour.school), at=at)
    for amount in payments:
        paid(world, invoice, amount)
    if credit:
        credited(world, invoice, credit)
    if off:
        write_off(invoice=invoice, reason="Closed", by=world.harbour.finance, at=NOW())
    today = timezone.localdate()
    assert status_on(standing_invoice(invoice), today) is state
    found = [each for each in InvoiceStatus if with_status(each, today).exists()]
    assert found == [state]


def test_a_payment_form_sent_twice_counts_once(world: World) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    key = uuid4()
    for _ in range(2):
        paid(world, invoice, "20", entry_key=key)
    assert standing_invoice(invoice).balance == Decimal(30)


@pytest.mark.parametrize("amount", ["0", "-1", "50.01"])
def test_some_amounts_are_no_payment(world: World, amount: str) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    with pytest.raises(Refused):
        paid(world, invoice, amount)


def test_writing_off_twice_is_refused(world: World) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    said = {"invoice": invoice, "reason": "Closed", "by": world.harbour.finance, "at": NOW()}
    assert write_off(**said).amount == Decimal(50)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Nothing"):
        write_off(**said)  # type: ignore[arg-type]


def test_debts_are_told_by_agency_and_age(world: World) -> None:
    harbour = world.harbour
    for agency, days in ((harbour.school, 0), (harbour.school, 45), (harbour.other_agency, 150)):
        at = NOW() - timedelta(days=days)
        invoice_for(world, ready_charges(agency), at=at)
    found = {
        debtor.agency: {band: amount for band, amount in debtor.bands.items() if amount}
        for debtor in aged_debt(timezone.localdate())
    }
    assert found == {
        harbour.school: {AgeBand.NOT_DUE: Decimal(50), AgeBand.TO_30: Decimal(50)},
        harbour.other_agency: {AgeBand.OVER_90: Decimal(50)},
    }


def reminded(day: date, hour: int = 9) -> int:
    """Run the sweep as of a day until it has nothing to do."""
    total = 0
    while remind_next_debtor(now=datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)):
        total += 1
    return total


def test_the_first_reminder_waits_for_a_working_day_and_the_second_two_weeks(world: World) -> None:
    """W44: due on Sunday 28 December 2025, so the first goes on Monday 29 December."""
    school = world.harbour.school
    school.finance_email = "accounts@school.example.org"
    school.save()
    invoice = invoice_for(world, ready_charges(school), at=NOVEMBER)
    assert reminded(date(2025, 12, 28)) == 0
    assert reminded(date(2025, 12, 29)) == 1
    assert reminded(date(2025, 12, 29), hour=15) == 0
    assert reminded(date(2026, 1, 11)) == 0
    assert reminded(date(2026, 1, 12)) == 1
    assert reminded(date(2026, 3, 1)) == 0
    assert Message.objects.filter(key__startswith=f"invoice-reminder:{invoice.number}").count() == 2


def test_nobody_is_reminded_of_what_is_paid(world: World) -> None:
    school = world.harbour.school
    school.finance_email = "accounts@school.example.org"
    school.save()
    first = invoice_for(world, ready_charges(school), at=NOVEMBER)
    paid(world, first, "50")
    second = invoice_for(world, ready_charges(school), at=NOVEMBER)
    assert reminded(date(2026, 1, 5)) == 1
    paid(world, second, "50")
    message = Message.objects.get(key=f"invoice-reminder:{second.number}:1")
    assert message.state == MessageState.CANCELLED


def test_lists_of_invoices_leave_the_documents_in_the_database(world: World) -> None:
    invoice_for(world, ready_charges(world.harbour.school))
    assert "pdf" in standing_invoices().get().get_deferred_fields()
