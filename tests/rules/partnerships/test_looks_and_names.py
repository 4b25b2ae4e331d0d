"""Brand colours, slugs and e-mail domains."""

import pytest

from partnerships.rules.contrast import colour_reasons, contrast_ratio, contrast_sentence
from partnerships.rules.people import belongs_to_domains, email_domain
from partnerships.rules.reasons import Kind, Reason, codes
from partnerships.rules.slugs import LONGEST, RESERVED, slug_reasons


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [
        *[("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48)],
        *[("#FF0000", 4.0), ("#0a0a0a", 19.80), ("#0b0b0b", 19.68)],
    ],
)
def test_contrast_follows_wcag(colour: str, ratio: float) -> None:
    assert contrast_ratio(colour) == pytest.approx(ratio, abs=0.005)


def test_contrast_has_no_direction() -> None:
    assert contrast_ratio("#1d70b8", "#000000") == contrast_ratio("#000000", "#1d70b8")


@pytest.mark.parametrize(
    ("colour", "code"),
    [
        ("#767676", set()),
        ("#abcdef", {"colour_too_pale"}),
        ("#ABCDEF", {"colour_too_pale"}),
        ("#777777", {"colour_too_pale"}),
        ("blue", {"colour_malformed"}),
        ("#12345", {"colour_malformed"}),
        ("#1234567", {"colour_malformed"}),
        ("#000000\n", {"colour_malformed"}),
    ],
)
def test_a_brand_colour_must_be_readable(colour: str, code: set[str]) -> None:
    assert codes(colour_reasons(colour)) == code


def test_the_finding_never_flatters() -> None:
    assert contrast_sentence("#777777") == (
        "#777777 on white has a contrast of 4.4 to 1, too hard to read (4.5 is needed)."
    )
    assert contrast_sentence("#000000") == (
        "#000000 on white has a contrast of 21.0 to 1, easy enough to read (4.5 is needed)."
    )


def test_why_a_colour_cannot_be_used_in_words() -> None:
    assert colour_reasons("blue") == (
        Reason(Kind.BLOCKS, "colour_malformed", "A colour is # and six digits, such as #1d70b8."),
    )
    assert colour_reasons("#ffffff") == (
        Reason(
            Kind.BLOCKS,
            "colour_too_pale",
            "#ffffff on white has a contrast of 1.0 to 1, too hard to read (4.5 is needed).",
            "Choose a darker colour.",
        ),
    )


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("northshire", set()),
        ("north-shire-2", set()),
        ("a", {"slug_length"}),
        ("ab", set()),
        ("a" * LONGEST, set()),
        ("a" * (LONGEST + 1), {"slug_length"}),
        ("2shires", {"slug_malformed"}),
        ("North", {"slug_malformed"}),
        ("north--shire", {"slug_malformed"}),
        ("north/shire", {"slug_malformed"}),
        ("", {"slug_malformed"}),
        *((word, {"slug_reserved"}) for word in ("accounts", "admin", "static", "health")),
    ],
)
def test_slugs(slug: str, code: set[str]) -> None:
    assert codes(slug_reasons(slug)) == code


@pytest.mark.parametrize(
    ("slug", "code", "sentence", "next_step"),
    [
        (
            *("North Shire", "slug_malformed"),
            "Use lower case letters, numbers and single hyphens, and start with a letter.",
            "",
        ),
        ("a", "slug_length", "Use between 2 and 50 characters.", ""),
        (
            *("help", "slug_reserved", "“help” is reserved for the platform’s own pages."),
            "Choose another word.",
        ),
    ],
)
def test_why_a_word_cannot_name_a_partnership(
    slug: str, code: str, sentence: str, next_step: str
) -> None:
    assert slug_reasons(slug) == (Reason(Kind.BLOCKS, code, sentence, next_step),)


def test_every_reserved_word_is_refused() -> None:
    assert all(slug_reasons(word) for word in RESERVED)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("ada@hill.example.org", True, id="same domain"),
        pytest.param("Ada@HILL.Example.ORG ", True, id="any case"),
        pytest.param("ada@sub.hill.example.org", False, id="subdomain proves nothing"),
        pytest.param("ada@example.org", False, id="parent proves nothing"),
        pytest.param("ada@nothill.example.org", False, id="a longer name"),
        pytest.param("hill.example.org", False, id="no address"),
        pytest.param("a@evil.example.org@hill.example.org", True, id="the last at sign counts"),
    ],
)
def test_an_address_speaks_for_its_exact_domain(address: str, expected: bool) -> None:
    assert belongs_to_domains(address, ["@hill.example.org", ""]) is expected


def test_no_domains_match_nobody() -> None:
    assert belongs_to_domains("ada", [""]) is False
    assert email_domain("ada") == ""
