"""Pence, VAT, document numbers, due dates, consolidation, debt and interest."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from bookings.rules.debt import (
    AgeBand,
    Settlement,
    age_band,
    balance,
    late_interest,
    settlement,
)
from bookings.rules.invoicing import (
    ChargeLine,
    consolidate,
    credit_note_by,
    credit_reasons,
    due_on,
    first_reminder_on,
    one_by_one,
    statutory_last_day,
)
from bookings.rules.money import percent_of, pounds, to_pence
from bookings.rules.numbering import LONGEST, format_number, number_reasons, prefix_reasons
from bookings.rules.vat import VatCode, VatTreatment, split_vat, treatment_reasons, vat_wording
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
    ("invoice", "credit_note", "expected"),
    [
        ("INV", "CN", set()),
        ("INV", "INVC", set()),
        ("N2S", "CN", set()),
        ("INV", "INV", {"prefix_shared"}),
        ("INV", "", {"prefix_malformed"}),
        ("INV2", "CN", {"prefix_malformed"}),
        ("INV-", "CN", {"prefix_malformed"}),
        ("A" * 13, "CN", {"prefix_malformed"}),
    ],
)
def test_prefixes(invoice: str, credit_note: str, expected: set[str]) -> None:
    assert codes(prefix_reasons(invoice, credit_note)) == expected


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


def test_w44_due_dates_are_not_moved_but_reminders_wait_for_a_working_day() -> None:
    due = due_on(date(2025, 11, 28))
    assert due == date(2025, 12, 28)
    assert first_reminder_on(due, WorkingCalendar()) == date(2025, 12, 29)
    bank_holiday = WorkingCalendar(frozenset({date(2025, 12, 29)}))
    assert first_reminder_on(due, bank_holiday) == date(2025, 12, 30)


def test_w45_the_day_of_receipt_counts() -> None:
    assert statutory_last_day(date(2025, 12, 1)) == date(2025, 12, 30)


def test_w46_a_credit_note_within_fourteen_days() -> None:
    assert credit_note_by(date(2025, 3, 3)) == date(2025, 3, 16)


MAY = [ChargeLine(number, "hill-school", date(2025, 5, number), D(50)) for number in (6, 13, 20)]
JUNE = ChargeLine(30, "hill-school", date(2025, 6, 1), D(50))
POLICE = ChargeLine(31, "police", date(2025, 5, 6), D(25))


def test_w49_one_school_one_month_one_invoice_then_a_credit_note() -> None:
    (draft,) = consolidate(MAY)
    assert draft.total == 150
    assert not credit_reasons(D(50), D(0), D(50))
    assert balance(draft.total, D(50), D(0)) == 100


def test_consolidation_keeps_agencies_and_months_apart_in_any_order() -> None:
    for order in permutations([*MAY, JUNE, POLICE]):
        drafts = consolidate(order)
        assert [(one.agency, one.month, one.total) for one in drafts] == [
            ("hill-school", date(2025, 5, 1), D(150)),
            ("hill-school", date(2025, 6, 1), D(50)),
            ("police", date(2025, 5, 1), D(25)),
        ]
        assert drafts[0].lines == tuple(MAY)


def test_one_by_one() -> None:
    drafts = one_by_one([POLICE, *MAY])
    assert [one.lines[0].charge for one in drafts] == [6, 13, 20, 31]
    assert consolidate([]) == one_by_one([]) == ()


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
        pytest.param(0, 160, 0, DUE, Settlement.PAID, id="paid too much"),
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


def test_w50_the_rounding_of_interest_is_stated() -> None:
    assert late_interest(D(1000), D("8.5"), 50) == D("11.50")
    assert late_interest(D(1000), D("8.5"), 50, daily_to_pence=False) == D("11.64")
