"""Brand colours, slugs and e-mail domains."""

import pytest

from partnerships.rules.contrast import colour_reasons, contrast_ratio, contrast_sentence
from partnerships.rules.people import belongs_to_domains, email_domain
from partnerships.rules.reasons import codes
from partnerships.rules.slugs import LONGEST, RESERVED, slug_reasons


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#FF0000", 4.0)],
)
def test_contrast_follows_wcag(colour: str, ratio: float) -> None:
    assert contrast_ratio(colour) == pytest.approx(ratio, abs=0.005)


def test_contrast_has_no_direction() -> None:
    assert contrast_ratio("#1d70b8", "#000000") == contrast_ratio("#000000", "#1d70b8")


@pytest.mark.parametrize(
    ("colour", "code"),
    [
        ("#767676", set()),
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
    assert "4.4 to 1, too hard" in contrast_sentence("#777777")
    assert "21.0 to 1, easy enough" in contrast_sentence("#000000")


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("northshire", set()),
        ("north-shire-2", set()),
        ("a", {"slug_length"}),
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
