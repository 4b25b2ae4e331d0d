"""Every address of the site says who may come; nothing is open by omission."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# Pages of libraries that guard themselves.
GUARDED_BY_THEMSELVES = ("allauth.", "django.views.i18n")


def patterns(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address under a resolver, with its view."""
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def addresses(urlconf: str) -> list[tuple[str, Any]]:
    return list(patterns(get_resolver(urlconf)))


def says_who_may_come(view: Any) -> bool:
    """Our own decorators, the admin's wrapper around ``ManageSite.admin_view``, or a library's own guard."""
    return (
        hasattr(view, "access")
        or hasattr(view, "admin_site")
        or hasattr(view, "model_admin")
        or view.__module__.startswith(GUARDED_BY_THEMSELVES)
    )


@pytest.mark.parametrize("urlconf", ["config.urls", "config.tenant_urls"])
def test_every_view_says_who_may_come(urlconf: str) -> None:
    silent = {address for address, view in addresses(urlconf) if not says_who_may_come(view)}
    # These two only send on to the account pages.
    assert silent <= {"manage/records/login/", "manage/records/logout/"}


def test_the_admin_has_no_shortcut_to_rows_by_content_type() -> None:
    """Django's ``r/<content type>/<id>/`` looks rows up without a partnership."""
    assert not [address for address, _ in addresses("config.tenant_urls") if "/r/" in address]
