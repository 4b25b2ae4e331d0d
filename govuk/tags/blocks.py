"""Tags that wrap a piece of the page: `{% inset %}...{% endinset %}` and the like."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


def wrap(name: str, content: str, **words: Any) -> SafeString:
    """Render a component's template around content that the page's template produced."""
    return render_to_string(f"govuk/components/{name}.html", {"content": content, **words})


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Text that stands out from what surrounds it."""
    return wrap("inset", content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Something with consequences."""
    return wrap("warning", content)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """`{% details "Help with dates" %}...{% enddetails %}`."""
    return wrap("details", content, summary=summary, open=open)


@register.simple_block_tag
def notification(content: str, title: str = "Important", type: str = "") -> SafeString:
    """`{% notification "Success" type="success" %}...{% endnotification %}`."""
    return wrap(
        "notification",
        content,
        title=title,
        type=type,
        title_id=f"notice-{crc32(content.encode()):x}",
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """The green panel of a confirmation page; its title is the page's h1."""
    return wrap("panel", content, title=title)


@register.simple_block_tag
def button_group(content: str) -> SafeString:
    """Buttons and links side by side."""
    return wrap("button_group", content)


@register.simple_block_tag
def govuk_table(
    content: str, caption: str, size: str = "m", hide_caption: bool = False
) -> SafeString:
    """`{% govuk_table "Courses" %}<thead>...</thead><tbody>...</tbody>{% endgovuk_table %}`."""
    return wrap("table_frame", content, caption=caption, size=size, hide_caption=hide_caption)
