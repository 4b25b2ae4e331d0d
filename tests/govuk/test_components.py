"""The pieces that pages are made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from govuk.components import Column, SummaryRow, summary_row

HOSTILE = '<script>"'


def test_pagination_keeps_the_rest_of_the_query(draw: Callable[..., str]) -> None:
    request = RequestFactory().get("/courses/", {"q": "neglect & harm", "page": "2"})
    html = draw("{% pagination page %}", page=Paginator(range(100), 10).page(2), request=request)
    assert 'href="?q=neglect+%26+harm&amp;page=3"' in html
    assert 'href="?q=neglect+%26+harm&amp;page=1"' in html
    assert "page=2&amp;page" not in html
    assert 'aria-current="page"' in html


def test_pagination_of_a_single_page_is_nothing(draw: Callable[..., str]) -> None:
    request = RequestFactory().get("/")
    assert (
        draw("{% pagination page %}", page=Paginator([1], 10).page(1), request=request).strip()
        == ""
    )


def test_pagination_past_a_thousand_has_no_commas(draw: Callable[..., str]) -> None:
    request = RequestFactory().get("/")
    html = draw(
        "{% pagination page %}", page=Paginator(range(20000), 10).page(1500), request=request
    )
    assert 'href="?page=1501"' in html
    assert "&ctdot;" in html


@pytest.mark.parametrize(
    "source",
    [
        "{% button text %}",
        "{% link_button text url %}",
        "{% tag text %}",
        "{% inset %}{{ text }}{% endinset %}",
        "{% warning %}{{ text }}{% endwarning %}",
        "{% details text %}{{ text }}{% enddetails %}",
        "{% notification text %}{{ text }}{% endnotification %}",
        "{% panel text %}{{ text }}{% endpanel %}",
        "{% back_link url text %}",
        "{% breadcrumbs text url text %}",
        "{% summary_list rows %}",
        "{% table text headings cells %}",
        "{% post_button text url %}",
        "{% govuk_table text %}{% endgovuk_table %}",
    ],
)
def test_every_component_escapes_what_it_is_given(draw: Callable[..., str], source: str) -> None:
    html = draw(
        source,
        text=HOSTILE,
        url="/?a=1&b=" + HOSTILE,
        rows=[(HOSTILE, HOSTILE), SummaryRow(HOSTILE, HOSTILE, href=HOSTILE)],
        headings=[HOSTILE, Column(HOSTILE, numeric=True)],
        cells=[[HOSTILE, HOSTILE]],
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "style=" not in html


def test_a_table_heads_its_rows_and_sets_numbers_right(draw: Callable[..., str]) -> None:
    words = {"headings": ["Course", Column("Fee", numeric=True)], "rows": [["Neglect", "£30"]]}
    html = draw('{% table "Fees" headings rows %}', **words)
    assert '<th scope="row" class="govuk-table__header">Neglect</th>' in html
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">£30</td>' in html
    assert ">Fees</caption>" in html


def test_an_empty_table_says_so(draw: Callable[..., str]) -> None:
    html = draw(
        '{% table "Fees" headings rows empty="No fees yet." %}', headings=["Course"], rows=[]
    )
    assert "No fees yet." in html
    assert "<table" not in html


def test_a_row_must_fit_its_columns(draw: Callable[..., str]) -> None:
    with pytest.raises(ValueError):
        draw('{% table "Fees" headings rows %}', headings=["Course"], rows=[["a", "b"]])


def test_an_unknown_tag_colour_is_left_out(draw: Callable[..., str]) -> None:
    assert "govuk-tag--green" in draw('{% tag "Confirmed" "green" %}')
    assert "govuk-tag--" not in draw('{% tag "Confirmed" "pink" %}')


def test_summary_rows_come_as_tuples_or_dicts() -> None:
    assert (
        summary_row(("a", "b")) == summary_row({"key": "a", "value": "b"}) == SummaryRow("a", "b")
    )
    with pytest.raises(TypeError):
        summary_row(3)


def test_a_change_link_names_what_it_changes(draw: Callable[..., str]) -> None:
    html = draw("{% summary_list rows %}", rows=[SummaryRow("Venue", "Town hall", href="/x")])
    assert 'Change<span class="govuk-visually-hidden"> Venue</span>' in html


@pytest.mark.parametrize("layout", ["base", "two_thirds", "wide", "sidebar"])
def test_layouts_hold_nothing_inline(layout: str) -> None:
    context = {
        "site_name": HOSTILE,
        "service_navigation": [{"text": HOSTILE, "href": "/", "current": True}],
        "account_navigation": [{"text": "Sign out", "href": "/out", "post": True}],
        "footer_links": [{"text": "Accessibility statement", "href": "/a"}],
        "theme_url": "/theme.css",
        "csrf_token": "token",
    }
    html = render_to_string(f"govuk/{layout}.html", context)
    assert "style=" not in html
    assert "<script>" not in html
    assert " on" + "click" not in html
    assert html.count("<main") == 1
    assert 'href="/theme.css"' in html
    assert 'href="#main-content"' in html
    assert 'method="post" action="/out"' in html


def test_mail_layout_has_the_site_and_the_content() -> None:
    html = render_to_string("govuk/email/base.html", {"site_name": "Northvale & District"})
    assert "Northvale &amp; District" in html
    assert "<script" not in html
    text = render_to_string("govuk/email/base.txt", {"site_name": "Northvale & District"})
    assert "Northvale & District" in text
