"""Pence, VAT, amounts that can be entered, debt."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.rules.money import percent_of, pounds, to_pence
from bookings.rules.prices import ChargeKind
from finance.rules.debt import (
    Account,
    AgeBand,
    InvoiceStatus,
    age_band,
    amount_reasons,
    balance,
    day_reasons,
    invoice_status,
)
from finance.rules.vat import (
    VatCode,
    VatTreatment,
    registration_reasons,
    split_vat,
    treatment_reasons,
    untreated_reasons,
    vat_wording,
)
from partnerships.rules.reasons import codes
from partnerships.rules.vat_numbers import vat_number_in_print, vat_number_reasons

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


@given(
    st.lists(st.integers(1, 99_999).map(lambda pence: D(pence) / 100), max_size=9),
    st.sampled_from([EXEMPT, OUTSIDE, ADDED, INCLUDED]),
)
def test_the_lines_of_an_invoice_sum_to_its_totals(
    amounts: list[D], treatment: VatTreatment
) -> None:
    """Each line is rounded by itself, so nothing is left over."""
    lines = [split_vat(amount, treatment) for amount in amounts]
    net, vat, gross = (
        sum((getattr(line, part) for line in lines), D(0)) for part in ("net", "vat", "gross")
    )
    assert net + vat == gross == to_pence(gross)
    said = sum(amounts, D(0))
    assert (gross if treatment.prices_include_vat else net) == said


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


DUE = date(2025, 12, 28)


@pytest.mark.parametrize(
    ("credited", "paid", "written_off", "today", "expected"),
    [
        pytest.param(0, 0, 0, DUE, InvoiceStatus.OPEN, id="the due date is in time"),
        pytest.param(0, 0, 0, date(2025, 12, 29), InvoiceStatus.OVERDUE, id="the day after"),
        pytest.param(0, 60, 0, DUE, InvoiceStatus.PART_PAID, id="part"),
        pytest.param(0, 60, 0, date(2026, 1, 1), InvoiceStatus.OVERDUE, id="part and late"),
        pytest.param(50, 100, 0, date(2026, 1, 1), InvoiceStatus.PAID, id="the rest paid"),
        pytest.param(60, 150, 0, date(2026, 1, 1), InvoiceStatus.HELD, id="paid, then credited"),
        pytest.param(
            150, -60, 0, DUE, InvoiceStatus.OPEN, id="refunded, then the payment reversed"
        ),
        pytest.param(150, 0, 0, DUE, InvoiceStatus.CREDITED, id="credited"),
        pytest.param(0, 50, 100, DUE, InvoiceStatus.WRITTEN_OFF, id="bad debt"),
        pytest.param(0, "0.01", 0, DUE, InvoiceStatus.PART_PAID, id="a penny paid"),
        pytest.param("149.99", "0.01", 0, DUE, InvoiceStatus.PAID, id="all credited but a penny"),
        pytest.param(0, "149.99", "0.01", DUE, InvoiceStatus.WRITTEN_OFF, id="a penny bad"),
    ],
)
def test_how_an_invoice_stands(
    credited: int | str,
    paid: int | str,
    written_off: int | str,
    today: date,
    expected: InvoiceStatus,
) -> None:
    found = invoice_status(D(150), D(credited), D(paid), D(written_off), DUE, today)
    assert found is expected


def test_an_invoice_over_nothing_is_paid() -> None:
    assert invoice_status(D(0), D(0), D(0), D(0), DUE, DUE) is InvoiceStatus.PAID


def test_a_small_invoice_that_was_credited_was_not_paid() -> None:
    assert invoice_status(D("0.50"), D("0.50"), D(0), D(0), DUE, DUE) is InvoiceStatus.CREDITED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 12, 28), AgeBand.NOT_DUE),
        (date(2025, 12, 29), AgeBand.TO_30),
        (date(2026, 1, 27), AgeBand.TO_30),
        (date(2026, 1, 28), AgeBand.TO_60),
        (date(2026, 2, 26), AgeBand.TO_60),
        (date(2026, 2, 27), AgeBand.TO_90),
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
        (["0.50", "-0.20"], "0.50", "0.20", "0.30", "0.30"),
    ],
)
def test_what_is_owed_and_what_is_held_are_two_sums(
    balances: list[int | str], owed: int | str, held: int | str, to_pay: int | str, net: int | str
) -> None:
    account = Account.of(map(D, balances))
    expected = tuple(D(one) for one in (owed, held, to_pay, net))
    assert (account.owed, account.held, account.to_pay, account.net) == expected


def test_where_nothing_is_owed_that_can_be_said_in_pounds() -> None:
    account = Account.of([])
    assert {pounds(one) for one in (account.owed, account.held, account.net)} == {"£0.00"}


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
