"""How a search text is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.rules.searching import MOST_WORDS, plain, search_words, text_query
from partnerships.rules.sites import site_reasons


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("County Lines", ("county", "lines")),
        ("parents'", ("parents",)),
        ("parents’ rights", ("parents", "rights")),
        ("O’Brien", ("obrien",)),
        ("multi-agency", ("multi", "agency")),
        ("NS-102", ("ns", "102")),
        ("snake_case", ("snake", "case")),
        ("ＦＵＬＬ", ("full",)),
        ("a & b | !c:* <-> (d)", ("a", "b", "c", "d")),
        ("…'", ()),
        ("", ()),
    ],
)
def test_a_search_text_is_its_words(typed: str, words: tuple[str, ...]) -> None:
    assert search_words(typed) == words


def test_nobody_makes_the_database_look_for_a_thousand_words() -> None:
    assert len(search_words("neglect " * 1000)) == MOST_WORDS


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (("county", "lines"), "county:* & lines:*"),
        (("gp",), "gp"),
        (("gps",), "gps:*"),
        ((), ""),
    ],
)
def test_all_words_are_asked_for_and_longer_ones_may_go_on(
    words: tuple[str, ...], query: str
) -> None:
    assert text_query(words) == query


@given(st.text())
def test_no_text_reaches_the_database_as_more_than_words(typed: str) -> None:
    assert not set("&|!:*<>()'\\ ː") & set("".join(search_words(typed)))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoë", "zoe"), ("Zoe\u0308", "ZOE"), ("O’Brien", "o'brien"), ("José", "jose")],
)
def test_names_are_compared_without_accents_and_apostrophes(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("site", "is_one"),
    [
        ("https://www.example.org", True),
        ("https://training.my-council.gov.uk:8443", True),
        ("http://www.example.org", False),
        ("https://www.example.org/", False),
        ("https://www.example.org/page", False),
        ("https://*.example.org", False),
        ("https://example.org; script-src *", False),
        ("https://example.org https://other.org", False),
        ("https://localhost", False),
        ("*", False),
        ("https://www.example.org\n", False),
    ],
)
def test_a_site_is_one_host_and_nothing_that_a_header_could_mean(site: str, is_one: bool) -> None:
    assert (not site_reasons(site)) is is_one
