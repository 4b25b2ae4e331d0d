"""Pence, VAT, document numbers, due dates, what the law wants on an invoice, debt."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bookings.rules.debt import (
    Account,
    AgeBand,
    Settlement,
    age_band,
    amount_reasons,
    balance,
    day_reasons,
    settlement,
)
from bookings.rules.invoicing import (
    Parties,
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
from bookings.rules.money import percent_of, pounds, to_pence
from bookings.rules.numbering import (
    LONGEST,
    format_number,
    number_reasons,
    prefix_reasons,
    shared_prefix_reasons,
)
from bookings.rules.states import DocumentKind
from bookings.rules.vat import (
    VatCode,
    VatTreatment,
    registration_reasons,
    split_vat,
    treatment_reasons,
    untreated_reasons,
    vat_number_in_print,
    vat_number_reasons,
    vat_wording,
)
from courses.rules.prices import ChargeKind
from partnerships.rules.reasons import codes
from partnerships.rules.working_days import WorkingCalendar

D = Decimal
EXEMPT = VatTreatment(VatCode.EXEMPT, reason="Training by an eligible body")
OUTSIDE = VatTreatment(VatCode.OUTSIDE_SCOPE, reason="Compensation")
ADDED = VatTreatment(VatCode.STANDARD, D(20))
INCLUDED = VatTreatment(VatCode.STANDARD, D("20.0"), prices_include_vat=True)


@pytest.mark.parametrize(
    ("amount", "pence"),
    [("0.005", "0.01"), ("0.015", "0.02"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("50", "50.00")],
)
def test_halves_are_rounded_up(amount: str, pence: str) -> None:
    assert str(to_pence(D(amount))) == pence


@pytest.mark.parametrize(
    ("amount", "words"),
    [("1234.5", "£1,234.50"), ("-50", "-£50.00"), ("0", "£0.00"), ("-0.001", "£0.00")],
)
def test_pounds_in_words(amount: str, words: str) -> None:
    assert pounds(D(amount)) == words


def test_per_cent() -> None:
    assert percent_of(D("75.01"), D(50)) == D("37.51")


@pytest.mark.parametrize(
    ("treatment", "net", "vat", "gross"),
    [
        pytest.param(EXEMPT, "50.00", "0.00", "50.00", id="W48 exempt"),
        pytest.param(OUTSIDE, "50.00", "0.00", "50.00", id="W48 outside the scope"),
        pytest.param(ADDED, "50.00", "10.00", "60.00", id="W48 fee net"),
        pytest.param(INCLUDED, "41.67", "8.33", "50.00", id="W48 fee gross"),
    ],
)
def test_vat_of_fifty_pounds(treatment: VatTreatment, net: str, vat: str, gross: str) -> None:
    split = split_vat(D(50), treatment)
    assert (split.net, split.vat, split.gross) == (D(net), D(vat), D(gross))


@pytest.mark.parametrize("treatment", [EXEMPT, ADDED, INCLUDED])
def test_net_and_vat_always_add_up(treatment: VatTreatment) -> None:
    for pence in range(1, 2000, 7):
        split = split_vat(D(pence) / 100, treatment)
        assert split.net + split.vat == split.gross


def test_vat_in_words() -> None:
    assert vat_wording(INCLUDED) == "VAT at 20%"
    assert vat_wording(EXEMPT) == "Exempt from VAT: Training by an eligible body"


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        (EXEMPT, set()),
        (ADDED, set()),
        (VatTreatment(VatCode.ZERO, reason="Printed matter"), set()),
        (VatTreatment(VatCode.EXEMPT, reason=" "), {"vat_reason"}),
        (VatTreatment(VatCode.EXEMPT, D(20), "No"), {"vat_rate"}),
        (VatTreatment(VatCode.STANDARD), {"vat_rate"}),
        (VatTreatment(VatCode.STANDARD, D(101)), {"vat_rate"}),
    ],
)
def test_which_treatments_make_sense(treatment: VatTreatment, expected: set[str]) -> None:
    assert codes(treatment_reasons(treatment)) == expected


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
    ("number", "printed"),
    [
        ("GB123456782", "GB 123 4567 82"),
        ("gb 980 7806 84", "GB 980 7806 84"),
        ("980780684", "GB 980 7806 84"),
        ("GB 980 7806 84 001", "GB 980 7806 84 001"),
        ("GBGD001", "GB GD001"),
        ("HA 500", "GB HA500"),
    ],
)
def test_vat_numbers(number: str, printed: str) -> None:
    assert not vat_number_reasons(number)
    assert vat_number_in_print(number) == printed


@pytest.mark.parametrize(
    "number",
    [
        "rubbish",
        "123456789",
        "GB12345678",
        "FR12345678901",
        "GD999",
        "HA001",
        "000000000",
        "GB",
    ],
)
def test_what_is_no_vat_number(number: str) -> None:
    assert codes(vat_number_reasons(number)) == {"vat_number"}


@pytest.mark.parametrize(
    ("number", "charged", "expected"),
    [
        ("", ["exempt", "zero"], set()),
        ("", ["exempt", "standard"], {"vat_number_missing"}),
        ("GB123456782", ["standard"], set()),
    ],
)
def test_who_charges_vat_is_registered(number: str, charged: list[str], expected: set[str]) -> None:
    assert codes(registration_reasons(number, charged)) == expected


def test_kinds_without_a_vat_treatment_are_named() -> None:
    assert not untreated_reasons(["no_show"], ["no_show", "attendance"])
    [reason] = untreated_reasons(["no_show", "late_cancellation"], ["attendance"])
    assert reason.sentence == (
        "Finance has not yet set a VAT treatment for late cancellation fees and non-attendance fees."
    )
    assert {kind.value for kind in ChargeKind} >= {"no_show", "late_cancellation"}


@pytest.mark.parametrize(
    ("days", "allowed"),
    [(0, False), (6, False), (7, True), (30, True), (60, True), (61, False), (32767, False)],
)
def test_payment_terms_are_neither_nothing_nor_for_ever(days: int, allowed: bool) -> None:
    assert (not terms_reasons(days)) is allowed


WHOLE = Parties(
    issuer_name="Harbour Council",
    issuer_address="Civic Centre",
    issuer_email="invoices@example.org",
    vat_number="",
    customer_name="Hill School",
    customer_address="1 Hill Road",
)


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


DUE = date(2025, 12, 28)


@pytest.mark.parametrize(
    ("credited", "paid", "written_off", "today", "expected"),
    [
        pytest.param(0, 0, 0, DUE, Settlement.OPEN, id="the due date is in time"),
        pytest.param(0, 0, 0, date(2025, 12, 29), Settlement.OVERDUE, id="the day after"),
        pytest.param(0, 60, 0, DUE, Settlement.PART_PAID, id="part"),
        pytest.param(0, 60, 0, date(2026, 1, 1), Settlement.OVERDUE, id="part and late"),
        pytest.param(50, 100, 0, date(2026, 1, 1), Settlement.PAID, id="the rest paid"),
        pytest.param(60, 150, 0, date(2026, 1, 1), Settlement.HELD, id="paid, then credited"),
        pytest.param(150, -60, 0, DUE, Settlement.OPEN, id="refunded, then the payment reversed"),
        pytest.param(150, 0, 0, DUE, Settlement.CREDITED, id="credited"),
        pytest.param(0, 50, 100, DUE, Settlement.WRITTEN_OFF, id="bad debt"),
    ],
)
def test_how_an_invoice_stands(
    credited: int, paid: int, written_off: int, today: date, expected: Settlement
) -> None:
    found = settlement(D(150), D(credited), D(paid), D(written_off), DUE, today)
    assert found is expected


def test_an_invoice_over_nothing_is_paid() -> None:
    assert settlement(D(0), D(0), D(0), D(0), DUE, DUE) is Settlement.PAID


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 12, 28), AgeBand.NOT_DUE),
        (date(2025, 12, 29), AgeBand.TO_30),
        (date(2026, 1, 27), AgeBand.TO_30),
        (date(2026, 1, 28), AgeBand.TO_60),
        (date(2026, 3, 28), AgeBand.TO_90),
        (date(2026, 3, 29), AgeBand.OVER_90),
    ],
)
def test_aged_debt(today: date, expected: AgeBand) -> None:
    assert age_band(DUE, today) is expected


def test_w49_an_invoice_of_150_with_50_credited_leaves_100() -> None:
    assert balance(D(150), D(50), D(0), D(0)) == 100


@pytest.mark.parametrize(
    ("balances", "owed", "held", "to_pay", "net"),
    [
        ([], 0, 0, 0, 0),
        ([100, 20, 0], 120, 0, 120, 120),
        ([-60], 0, 60, 0, -60),
        ([320, -60], 320, 60, 260, 260),
        ([50, -60], 50, 60, 0, -10),
    ],
)
def test_what_is_owed_and_what_is_held_are_two_sums(
    balances: list[int], owed: int, held: int, to_pay: int, net: int
) -> None:
    account = Account.of(map(D, balances))
    assert (account.owed, account.held, account.to_pay, account.net) == (owed, held, to_pay, net)


@pytest.mark.parametrize(
    ("amount", "most", "sentence"),
    [
        ("50", "50", ""),
        ("0.01", "50", ""),
        ("50.01", "50", "Only £50.00 is held."),
        ("0", "50", "Only £50.00 is held."),
        ("-1", "50", "Only £50.00 is held."),
        ("10", "0", "Nothing is held."),
    ],
)
def test_amounts_that_can_be_entered(amount: str, most: str, sentence: str) -> None:
    found = amount_reasons(D(amount), D(most), "is held")
    assert [reason.sentence for reason in found] == ([sentence] if sentence else [])


def test_nothing_is_entered_for_a_day_that_has_not_come() -> None:
    assert not day_reasons(DUE, DUE, "received_on")
    assert codes(day_reasons(DUE, date(2025, 12, 27), "received_on")) == {"received_on"}
