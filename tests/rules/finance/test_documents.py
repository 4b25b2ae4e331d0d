"""Document numbers, what the law wants on an invoice, due dates, credit notes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance.rules.invoicing import (
    agreed_on_reasons,
    credit_note_by,
    credit_reasons,
    customer_reasons,
    due_on,
    first_reminder_on,
    issuer_reasons,
    lateness_of_credit,
    order_number_missing,
    terms_reasons,
)
from finance.rules.numbering import (
    LONGEST,
    format_number,
    number_reasons,
    prefix_reasons,
    shared_prefix_reasons,
)
from finance.rules.states import DocumentKind
from partnerships.rules.reasons import codes
from partnerships.rules.working_days import WorkingCalendar
from tests.rules.finance.parties import WHOLE

D = Decimal


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param("INV-2025/0001", {"number_characters"}, id="W47 refused"),
        pytest.param("INV20250001", set(), id="W47 accepted"),
        pytest.param("CN20250001", set(), id="W47 credit note"),
        pytest.param("inv1", {"number_characters"}, id="small letters"),
        pytest.param("INV 1", {"number_characters"}, id="space"),
        pytest.param("INV1\n", {"number_characters"}, id="line end"),
        pytest.param("ÅB1", {"number_characters"}, id="other letters"),
        pytest.param("١٢", {"number_characters"}, id="other digits"),
        pytest.param("", {"number_length"}, id="empty"),
        pytest.param("A" * LONGEST, set(), id="thirty"),
        pytest.param("A" * (LONGEST + 1), {"number_length"}, id="thirty-one"),
    ],
)
def test_numbers_every_payer_accepts(number: str, expected: set[str]) -> None:
    assert codes(number_reasons(number)) == expected


def test_the_sentence_names_the_signs() -> None:
    assert number_reasons("INV-2025/00 1")[0].sentence.endswith("not a space, “-” and “/”.")


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("INV", set()),
        ("N2S", set()),
        ("", {"prefix_malformed"}),
        ("INV2", {"prefix_malformed"}),
        ("INV-", {"prefix_malformed"}),
        ("A" * 13, {"prefix_malformed"}),
    ],
)
def test_prefixes_end_with_a_letter(prefix: str, expected: set[str]) -> None:
    assert codes(prefix_reasons(prefix, DocumentKind.INVOICE, {})) == expected


def test_a_prefix_once_used_stays_with_its_kind() -> None:
    used = {"INV": "invoice", "CN": "credit_note"}
    assert not prefix_reasons("INV", DocumentKind.INVOICE, used)
    assert not prefix_reasons("NEW", DocumentKind.CREDIT_NOTE, used)
    [taken] = prefix_reasons("INV", DocumentKind.CREDIT_NOTE, used)
    assert taken.sentence.startswith("INV is the prefix of invoices already issued")
    assert codes(prefix_reasons("CN", DocumentKind.INVOICE, used)) == {"prefix_taken"}


def test_the_two_kinds_never_share_a_prefix() -> None:
    assert not shared_prefix_reasons("INV", "INVC")
    assert codes(shared_prefix_reasons("INV", "INV")) == {"prefix_shared"}


def test_making_a_number() -> None:
    assert format_number("INV", 1, 2025) == "INV20250001"
    assert format_number("CN", 12345) == "CN12345"
    assert format_number("CN", 7, width=6) == "CN000007"


def test_two_good_prefixes_never_make_one_number() -> None:
    prefixes = ("INV", "INVC", "I", "I2A", "CN", "CNA")
    numbers = [
        format_number(prefix, number, year)
        for prefix in prefixes
        for year in (None, 2025)
        for number in (1, 9999, 10000)
    ]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("days", "allowed"),
    [(0, False), (6, False), (7, True), (30, True), (60, True), (61, False), (32767, False)],
)
def test_payment_terms_are_neither_nothing_nor_for_ever(days: int, allowed: bool) -> None:
    assert (not terms_reasons(days)) is allowed


@pytest.mark.parametrize(
    ("change", "charged", "issuer", "customer"),
    [
        ({}, ["exempt"], set(), set()),
        ({}, ["standard"], {"vat_number_missing"}, set()),
        ({"vat_number": "rubbish"}, ["exempt"], {"vat_number"}, set()),
        ({"vat_number": "GB123456782"}, ["standard"], set(), set()),
        ({"issuer_name": " "}, ["exempt"], {"issuer_incomplete"}, set()),
        ({"issuer_address": "", "issuer_email": ""}, ["exempt"], {"issuer_incomplete"}, set()),
        ({"customer_address": " \n"}, ["exempt"], set(), {"customer_address"}),
    ],
)
def test_what_the_law_wants_on_an_invoice(
    change: dict[str, str], charged: list[str], issuer: set[str], customer: set[str]
) -> None:
    parties = replace(WHOLE, **change)
    assert codes(issuer_reasons(parties, charged)) == issuer
    assert codes(customer_reasons(parties)) == customer


def test_the_sentence_names_everything_that_is_missing() -> None:
    parties = replace(WHOLE, issuer_address="", issuer_email="")
    [reason] = issuer_reasons(parties, [])
    assert reason.sentence == "An invoice must show the issuer’s address and email address."
    assert "finance page" in reason.next_step


@pytest.mark.parametrize(
    ("required", "number", "missing"),
    [(True, "", True), (True, "PO1", False), (False, "", False), (False, "PO1", False)],
)
def test_when_an_order_number_is_missing(required: bool, number: str, missing: bool) -> None:
    assert order_number_missing(required, number) is missing


def test_w44_due_dates_are_not_moved_but_reminders_wait_for_a_working_day() -> None:
    due = due_on(date(2025, 11, 28), 30)
    assert due == date(2025, 12, 28)
    assert first_reminder_on(due, WorkingCalendar()) == date(2025, 12, 29)
    bank_holiday = WorkingCalendar(frozenset({date(2025, 12, 29)}))
    assert first_reminder_on(due, bank_holiday) == date(2025, 12, 30)


def test_w46_a_credit_note_within_fourteen_days() -> None:
    assert credit_note_by(date(2025, 3, 3)) == date(2025, 3, 16)


@pytest.mark.parametrize(
    ("issued", "late"),
    [(date(2025, 3, 3), False), (date(2025, 3, 16), False), (date(2025, 3, 17), True)],
)
def test_a_late_credit_note_is_told_of_with_its_last_day(issued: date, late: bool) -> None:
    said = lateness_of_credit(date(2025, 3, 3), issued)
    assert ("by 16 March 2025" in said) is late
    assert bool(said) is late


@pytest.mark.parametrize(
    ("agreed", "allowed"),
    [
        (date(2025, 2, 28), False),
        (date(2025, 3, 1), True),
        (date(2025, 3, 3), True),
        (date(2025, 3, 4), False),
    ],
)
def test_a_reduction_is_agreed_between_the_invoice_and_today(agreed: date, allowed: bool) -> None:
    assert (not agreed_on_reasons(agreed, date(2025, 3, 1), date(2025, 3, 3))) is allowed


@pytest.mark.parametrize(
    ("credited", "amount", "allowed"),
    [(0, 50, True), (0, 51, False), (30, 20, True), (30, 21, False), (0, 0, False), (0, -1, False)],
)
def test_a_line_is_never_credited_twice(credited: int, amount: int, allowed: bool) -> None:
    assert (not credit_reasons(D(50), D(credited), D(amount))) is allowed
