"""What finance is told is wrong, word for word: with documents, VAT, amounts and days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance.rules.debt import amount_reasons, day_reasons
from finance.rules.invoicing import (
    agreed_on_reasons,
    credit_reasons,
    customer_reasons,
    issuer_reasons,
    lateness_of_credit,
    terms_reasons,
)
from finance.rules.numbering import number_reasons, prefix_reasons, shared_prefix_reasons
from finance.rules.states import DocumentKind
from finance.rules.vat import (
    VatCode,
    VatTreatment,
    registration_reasons,
    treatment_reasons,
    untreated_reasons,
)
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.vat_numbers import vat_number_reasons
from tests.rules.finance.parties import WHOLE

D = Decimal
ON_FINANCE_PAGE = "Enter it on the finance page under “Who issues invoices and on what terms”."


def no(code: str, sentence: str, next_step: str = "") -> tuple[Reason]:
    """The one reason that stands in the way."""
    return (Reason(Kind.BLOCKS, code, sentence, next_step),)


def test_a_number_that_payers_refuse() -> None:
    assert number_reasons("INV-2025/00 1") == no(
        "number_characters",
        "A document number can only contain digits and capital letters, not a space, “-” and “/”.",
        "Leave those characters out.",
    )
    assert number_reasons("") == no(
        "number_length", "A document number has 1 to 30 characters; this one has 0."
    )
    assert number_reasons("A" * 31) == no(
        "number_length", "A document number has 1 to 30 characters; this one has 31."
    )
    assert number_reasons("A") == ()


@pytest.mark.parametrize("prefix", ["", "INV2", "inv", "A" * 13])
def test_a_prefix_that_cannot_be_one(prefix: str) -> None:
    assert prefix_reasons(prefix, DocumentKind.INVOICE, {}) == no(
        "prefix_malformed",
        "A prefix can be up to 12 capital letters and digits, and must end with a letter, such as INV.",
    )


def test_a_prefix_of_twelve_characters_is_short_enough() -> None:
    assert prefix_reasons("A" * 12, DocumentKind.INVOICE, {}) == ()


@pytest.mark.parametrize(
    ("owner", "kind", "sentence"),
    [
        (
            *("invoice", DocumentKind.CREDIT_NOTE),
            "INV is the prefix of invoices already issued and stays with them,"
            " so that no two documents ever have the same number.",
        ),
        (
            *("credit_note", DocumentKind.INVOICE),
            "INV is the prefix of credit notes already issued and stays with them,"
            " so that no two documents ever have the same number.",
        ),
    ],
)
def test_a_prefix_that_is_taken(owner: str, kind: DocumentKind, sentence: str) -> None:
    assert prefix_reasons("INV", kind, {"INV": owner}) == no(
        "prefix_taken", sentence, "Choose another prefix."
    )


def test_one_prefix_for_both_kinds() -> None:
    assert shared_prefix_reasons("INV", "INV") == no(
        "prefix_shared",
        "Credit notes need a different prefix from invoices.",
        "Use CN, for example.",
    )


@pytest.mark.parametrize("days", [6, 61])
def test_terms_that_are_too_short_or_too_long(days: int) -> None:
    assert terms_reasons(days) == no(
        "payment_terms_days",
        "Payment terms are 7 to 60 days.",
        "Most public bodies pay within 30. Fewer than 7 gives an accounts office no time, and more than 60 is"
        " longer than businesses can usually agree on.",
    )


def test_an_issuer_who_has_not_said_everything() -> None:
    nobody = replace(WHOLE, issuer_name="", issuer_address=" ", issuer_email="", vat_number="GB1")
    incomplete, no_number = issuer_reasons(nobody, ["standard"])
    assert incomplete == Reason(
        Kind.BLOCKS,
        "issuer_incomplete",
        "An invoice must show the issuer’s name, address and email address.",
        ON_FINANCE_PAGE,
    )
    assert no_number.code == "vat_number"


@pytest.mark.parametrize("change", [{"customer_address": "\n"}, {"customer_address": ""}])
def test_a_customer_without_an_address(change: dict[str, str]) -> None:
    assert customer_reasons(replace(WHOLE, **change)) == no(
        "customer_address",
        "An invoice must show the customer’s address, and Hill School has none.",
        "Enter it on the agency’s statement page under “Invoices go to”.",
    )


def test_a_customer_without_a_name_is_not_invoiced() -> None:
    [reason] = customer_reasons(replace(WHOLE, customer_name=" "))
    assert reason.code == "customer_address"


def test_a_credit_note_that_comes_too_late() -> None:
    assert lateness_of_credit(date(2025, 3, 3), date(2025, 3, 17)) == (
        "The law required it by 16 March 2025, 14 days starting with the day the reduction was agreed"
        " (VAT Regulations 1995, regulation 15C). Note the reason for the delay in your VAT records."
    )


@pytest.mark.parametrize("agreed_on", [date(2025, 2, 28), date(2025, 3, 4)])
def test_a_reduction_agreed_on_another_day(agreed_on: date) -> None:
    assert agreed_on_reasons(agreed_on, date(2025, 3, 1), date(2025, 3, 3)) == no(
        "agreed_on",
        "The reduction must have been agreed between the day of the invoice, 1 March 2025, and today.",
        "Enter the day it was agreed.",
    )


@pytest.mark.parametrize("amount", ["20.01", "0", "-1"])
def test_a_credit_that_the_line_does_not_hold(amount: str) -> None:
    assert credit_reasons(D(50), D(30), D(amount)) == no(
        "amount", "£20.00 of this line can still be credited.", "Enter an amount up to £20.00."
    )


def test_a_penny_can_be_credited() -> None:
    assert credit_reasons(D(50), D(30), D("0.01")) == ()


@pytest.mark.parametrize(
    ("amount", "most", "expected"),
    [
        ("10", "0", no("amount", "Nothing is held.")),
        ("10", "-5", no("amount", "Nothing is held.")),
        (
            *("10", "0.50"),
            no("amount", "Only £0.50 is held.", "Enter an amount above £0, up to £0.50."),
        ),
        (
            *("0", "1234.5"),
            no("amount", "Only £1,234.50 is held.", "Enter an amount above £0, up to £1,234.50."),
        ),
    ],
)
def test_an_amount_that_is_not_there(amount: str, most: str, expected: tuple[Reason]) -> None:
    assert amount_reasons(D(amount), D(most), "is held") == expected


def test_a_day_that_has_not_come() -> None:
    assert day_reasons(date(2025, 12, 28), date(2025, 12, 27), "received_on") == no(
        "received_on", "The date must be today or in the past."
    )


RATE = no("vat_rate", "Only the standard rate has a percentage, and it must be between 0 and 100.")


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        (VatTreatment(VatCode.STANDARD, D("0.5")), ()),
        (VatTreatment(VatCode.STANDARD, D(100)), ()),
        (VatTreatment(VatCode.STANDARD, D("100.5")), RATE),
        (VatTreatment(VatCode.STANDARD), RATE),
        (VatTreatment(VatCode.ZERO, D("0.5"), "Printed matter"), RATE),
        (
            VatTreatment(VatCode.ZERO, reason=" "),
            no("vat_reason", "Say why no VAT is charged. The invoice will show this."),
        ),
    ],
)
def test_a_treatment_that_makes_no_sense(
    treatment: VatTreatment, expected: tuple[Reason, ...]
) -> None:
    assert treatment_reasons(treatment) == expected


def test_what_is_no_vat_number() -> None:
    assert vat_number_reasons("gb 12") == no(
        "vat_number",
        "“gb 12” is not a UK VAT registration number.",
        "Copy it from the VAT certificate: GB and 9 digits, such as GB 123 4567 82.",
    )


def test_vat_is_charged_under_a_registration() -> None:
    assert registration_reasons("", ["standard"]) == no(
        "vat_number_missing",
        "Invoices that charge VAT must show a VAT registration number, and none has been entered.",
        ON_FINANCE_PAGE,
    )


def test_kinds_of_charge_without_a_treatment() -> None:
    assert untreated_reasons(["no_show"], ["attendance"]) == no(
        "vat_missing",
        "Finance has not yet set a VAT treatment for non-attendance fees.",
        "Set it on the finance page under “VAT for each kind of charge”.",
    )


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        # 8·1 + 7·2 + 6·3 + 5·4 + 4·5 + 3·6 + 2·7 = 112, and the check digits bring it to a multiple of 97.
        pytest.param("123456782", True, id="112 + 82 = 2 · 97"),
        pytest.param("123456740", True, id="112 + 40 = 97 + 55, the later series"),
        pytest.param("123456727", True, id="112 + 27 = 97 + 42, the later series"),
        pytest.param("123456728", False, id="112 + 28 = 97 + 43"),
        pytest.param("123456741", False, id="112 + 41 = 97 + 56"),
        # 7·1 + 6·2 + 5·3 + 4·4 + 3·5 + 2·6 = 77
        pytest.param("012345620", True, id="77 + 20 = 97"),
        pytest.param("012345621", False, id="77 + 21 = 97 + 1"),
        pytest.param("012345662", False, id="77 + 62 = 97 + 42, but it begins with 0"),
        pytest.param("012345675", False, id="77 + 75 = 97 + 55, but it begins with 0"),
    ],
)
def test_the_last_two_digits_check_the_others(number: str, valid: bool) -> None:
    assert (not vat_number_reasons(number)) is valid
