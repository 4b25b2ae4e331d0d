"""Every address of the site, filled with one partnership's own ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """A page: its pattern, such as ``events/<str:reference>/``, its name and who it says may come."""

    pattern: str
    name: str
    access: str

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(PARAMETER.findall(self.pattern))

    def filled(self, values: dict[str, str]) -> str:
        """The path with each parameter replaced; the value for this page wins over the general one."""

        def value(match: re.Match[str]) -> str:
            own = f"{self.name}.{match.group(1)}"
            return values.get(own) or values[match.group(1)]

        return PARAMETER.sub(value, self.pattern)


def every_address() -> list[Address]:
    """The pages of a partnership, the admin's and the account pages among them."""
    return sorted(walk(get_resolver("config.tenant_urls")), key=lambda address: address.pattern)


def walk(resolver: Any, prefix: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern).lstrip("^").replace("\\Z", "")
        if isinstance(entry, URLResolver):
            yield from walk(entry, pattern)
        elif isinstance(entry, URLPattern) and "(?P" not in pattern:
            yield Address(pattern, entry.name or "", access_of(entry.callback))


def access_of(view: Any) -> str:
    """What the view says; ``manage`` for the admin, ``account`` for the pages of allauth."""
    if hasattr(view, "access"):
        return str(view.access)
    if hasattr(view, "admin_site") or hasattr(view, "model_admin"):
        return "manage"
    return "account"


def admin_ids(rows: list[models.Model]) -> dict[str, str]:
    """Ids of rows for the admin's pages, by the name of the page."""
    ids = {}
    for row in rows:
        stem = f"{row._meta.app_label}_{row._meta.model_name}"
        for page in ("change", "history", "delete"):
            ids[f"{stem}_{page}.object_id"] = str(row.pk)
    return ids
