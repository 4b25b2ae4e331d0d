"""Electronic addresses: check digits, both parts or neither, and how programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.electronic_addresses import (
    AddressScheme,
    address_reasons,
    compact_address,
    is_gln,
)
from partnerships.rules.reasons import Kind, Reason, codes

GLN, DUNS, VAT = AddressScheme.GLN, AddressScheme.DUNS, AddressScheme.GB_VAT


@pytest.mark.parametrize(
    ("scheme", "identifier", "wrong"),
    [
        pytest.param("", "", set(), id="none"),
        pytest.param("", "  ", set(), id="only a space"),
        pytest.param("", "5000000000005", {"electronic_scheme"}, id="no kind"),
        pytest.param(GLN, "", {"electronic_address"}, id="no identifier"),
        pytest.param(GLN, "5000000000005", set(), id="GLN"),
        pytest.param(GLN, "500 0000-00000 5", set(), id="GLN with spaces"),
        pytest.param(GLN, "5000000000006", {"electronic_address"}, id="GLN with a wrong digit"),
        pytest.param(GLN, "500000000000", {"electronic_address"}, id="GLN too short"),
        pytest.param(GLN, "50000000000050", {"electronic_address"}, id="GLN too long"),
        pytest.param(GLN, "500000000000٥", {"electronic_address"}, id="GLN in other digits"),
        pytest.param(DUNS, "21-444-0000", set(), id="DUNS"),
        pytest.param(DUNS, "21444000", {"electronic_address"}, id="DUNS too short"),
        pytest.param(DUNS, "21444000A", {"electronic_address"}, id="DUNS with a letter"),
        pytest.param(VAT, "GB 123 4567 82", set(), id="VAT"),
        pytest.param(VAT, "123456782", set(), id="VAT without GB"),
        pytest.param(VAT, "GB123456783", {"electronic_address"}, id="VAT with a wrong digit"),
        pytest.param(VAT, "", {"electronic_address"}, id="VAT empty"),
    ],
)
def test_what_can_be_an_electronic_address(scheme: str, identifier: str, wrong: set[str]) -> None:
    assert codes(address_reasons(scheme, identifier)) == wrong


@pytest.mark.parametrize(
    ("scheme", "identifier", "written"),
    [
        (GLN, "500 0000-00000 5", "5000000000005"),
        (DUNS, "21-444-0000", "214440000"),
        (VAT, "gb 123 4567 82", "GB123456782"),
        (VAT, "123.4567.82", "GB123456782"),
        (VAT, "", ""),
        ("", "", ""),
    ],
)
def test_how_programs_write_it(scheme: str, identifier: str, written: str) -> None:
    assert compact_address(scheme, identifier) == written


@pytest.mark.parametrize(
    ("scheme", "identifier", "sentence"),
    [
        (
            GLN,
            "12",
            "A GLN has 13 digits, and the last one checks the others. “12” is not one. Copy it from the"
            " organisation’s own papers, such as 9520000000004.",
        ),
        (
            DUNS,
            "",
            "A DUNS number has 9 digits. Copy it from the organisation’s own papers, such as 21-444-0000.",
        ),
        (
            VAT,
            "1",
            "A UK VAT registration number has 9 digits, and the last two check the others. “1” is not one. Copy it"
            " from the organisation’s own papers, such as GB 123 4567 82.",
        ),
        (
            DUNS,
            "1",
            "A DUNS number has 9 digits. “1” is not one. Copy it from the organisation’s own papers, such as"
            " 21-444-0000.",
        ),
        ("", "1", "Select what kind of electronic address this is."),
    ],
)
def test_what_people_read(scheme: str, identifier: str, sentence: str) -> None:
    assert [str(reason) for reason in address_reasons(scheme, identifier)] == [sentence]


def test_both_parts_are_needed() -> None:
    assert address_reasons("", "1") == (
        Reason(Kind.BLOCKS, "electronic_scheme", "Select what kind of electronic address this is."),
    )
    assert address_reasons(DUNS, "") == (
        Reason(
            Kind.BLOCKS,
            "electronic_address",
            "A DUNS number has 9 digits.",
            "Copy it from the organisation’s own papers, such as 21-444-0000.",
        ),
    )


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        # 1 + 3*2 + 3 + 3*4 + 5 + 3*6 + 7 + 3*8 + 9 + 3*0 + 1 + 3*2 + 8 = 100
        ("1234567890128", True),
        ("9520000000004", True),
        ("2134567890128", False),
        ("1234567890218", False),
        ("0000000000000", True),
    ],
)
def test_the_last_digit_of_a_gln_checks_the_others(digits: str, is_one: bool) -> None:
    assert is_gln(digits) is is_one


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_exactly_one_last_digit_makes_a_gln(digits: str) -> None:
    assert sum(is_gln(f"{digits}{last}") for last in range(10)) == 1
