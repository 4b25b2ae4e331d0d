"""The links next to the account pages: those that the installation has switched on."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse

register = template.Library()

PAGES = (
    ("account_email", "Email addresses"),
    ("account_change_password", "Password"),
    ("mfa_index", "Two-step sign-in"),
    ("usersessions_list", "Where you are signed in"),
    ("own_events", "Sign-ins and changes"),
    ("account_logout", "Sign out"),
)


@register.simple_tag
def account_links() -> list[dict[str, str]]:
    """`{% account_links as links %}`: text and href of each page there is."""
    links = []
    for name, text in PAGES:
        try:
            links.append({"text": text, "href": reverse(name)})
        except NoReverseMatch:
            continue
    return links
