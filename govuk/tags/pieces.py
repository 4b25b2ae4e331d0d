"""Tags for single pieces: buttons, status tags, summary lists, tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from govuk.components import cells_from, columns_from, summary_row

register = template.Library()

TAG_COLOURS = frozenset(
    {"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"}
)


@register.filter
def breaks_at_sign(address: str) -> SafeString:
    """An email address that can break before its @ and nowhere else, if it is too long for the column."""
    name, _, domain = address.partition("@")
    return format_html("<span class='app-address'>{}<wbr>@{}</span>", name, domain)


@register.inclusion_tag("govuk/components/button.html")
def button(text: str, **said: Any) -> dict[str, Any]:
    """`{% button "Save" name="x" value="y" variant="secondary" form="id" hidden_text="for ..." id="..." %}`.

    ``formaction`` sends the form to another address than its own.
    """
    return {"text": text, "type": "submit", **said}


@register.inclusion_tag("govuk/components/link_button.html")
def link_button(text: str, url: str, **said: Any) -> dict[str, Any]:
    """`{% link_button "Book" url variant="start" hidden_text="Adult safeguarding" %}`."""
    return {"text": text, "url": url, **said}


@register.inclusion_tag("govuk/components/post_button.html", takes_context=True)
def post_button(context: Context, text: str, url: str, **said: Any) -> dict[str, Any]:
    """`{% post_button "Accept" url variant="warning" %}`: a form of one button, for things that change data.

    ``shown`` goes back with it: what the page showed of the consequences.
    """
    return {"text": text, "url": url, "csrf_token": context.get("csrf_token"), **said}


@register.inclusion_tag("govuk/components/summary_list.html")
def summary_list(rows: Iterable[Any], *, borders: bool = True) -> dict[str, Any]:
    """`{% summary_list rows %}`: rows are SummaryRow, dicts or tuples."""
    drawn = [summary_row(row) for row in rows]
    return {"rows": drawn, "borders": borders, "any_action": any(row.href for row in drawn)}


@register.inclusion_tag("govuk/components/tag.html")
def tag(text: str, colour: str = "") -> dict[str, Any]:
    """`{% tag "Confirmed" "green" %}`; an unknown colour falls back to the usual one."""
    return {"text": text, "colour": colour if colour in TAG_COLOURS else ""}


@register.inclusion_tag("govuk/components/table.html")
def table(
    caption: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]], **said: Any
) -> dict[str, Any]:
    """`{% table "Courses" headings rows empty="No courses yet" size="m" row_headings=True %}`."""
    columns = columns_from(headings)
    heads = bool(said.pop("row_headings", True))
    body = [cells_from(columns, row, first_heads_row=heads) for row in rows]
    return {"caption": caption, "columns": columns, "body": body, "size": "m", **said}
