"""`{% load govuk_email %}`: the few shapes an HTML email needs. Mail programs read inline styles only."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

BUTTON = (
    "display:inline-block;padding:12px 20px;background:#0f7a52;color:#ffffff;"
    "font-weight:bold;text-decoration:none;"
)


@register.simple_tag
def email_button(text: str, url: str) -> SafeString:
    """`{% email_button "Confirm your place" url %}`, with the address in plain sight below it."""
    return format_html(
        '<p style="margin:24px 0 8px;"><a href="{}" style="{}">{}</a></p>'
        '<p style="margin:0 0 16px;font-size:14px;word-break:break-all;">{}</p>',
        url,
        BUTTON,
        text,
        url,
    )
