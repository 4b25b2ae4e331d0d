"""What no form expects, and every way in which it reaches the admin."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator

from django.urls import reverse

from partnerships.admin.base import TenantAdmin
from partnerships.admin.site import manage_site

# One value for each way in which a value can be impossible: too large, no number, no day, no text at all.
RUBBISH = (
    "",
    "-1",
    "9" * 22,
    str(2**63),
    "1e400",
    "NaN",
    "\x00",
    "a\x00b",
    "\x0b",
    "\U0001f600",
    "2026-02-30",
    "9999-12-31",
    "None",
    "١٢٣",
    "a" * 5000,
    "=1+1",
    "99:99",
)
BROKEN_ROWS: tuple[dict[str, str | None], ...] = (
    {"TOTAL_FORMS": None, "INITIAL_FORMS": None},
    {"TOTAL_FORMS": "x", "INITIAL_FORMS": "\x00"},
    {"INITIAL_FORMS": "-1"},
    {"TOTAL_FORMS": "9" * 22, "INITIAL_FORMS": "9" * 22},
    {"TOTAL_FORMS": "0", "INITIAL_FORMS": "5"},
)
CONTROL = re.compile(r"<(?:input|select|textarea)\b[^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


def every_admin() -> list[TenantAdmin]:
    """Those that are registered, in the order of their names."""
    found = [each for each in manage_site._registry.values() if isinstance(each, TenantAdmin)]
    assert len(found) == len(manage_site._registry), "an admin outside the common base"
    return sorted(found, key=lambda each: str(each.opts))


def address(its_admin: TenantAdmin, page: str, *args: object) -> str:
    opts = its_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


def controls(content: str) -> dict[str, str]:
    """Every control of a page that has a name, as a browser would send it untouched."""
    found: dict[str, str] = {}
    for tag in CONTROL.findall(content):
        parts = {key: html.unescape(value) for key, value in ATTRIBUTE.findall(tag)}
        if parts.get("name") and parts.get("type") not in {"submit", "checkbox"}:
            found[parts["name"]] = parts.get("value", "")
    return found


def turns(times: int) -> Iterator[itertools.cycle[str]]:
    """The rubbish from another beginning each time, so that every field gets several kinds in a few requests."""
    for turn in range(times):
        start = turn * len(RUBBISH) // times
        yield itertools.cycle(RUBBISH[start:] + RUBBISH[:start])


def fillings(content: str) -> Iterator[dict[str, str]]:
    """What to send to the form of a page: rubbish in all of its fields, then each broken number of rows."""
    given = controls(content)
    fixed = {name: value for name, value in given.items() if name.endswith("_FORMS")}
    free = [name for name in given if name not in fixed and name != "csrfmiddlewaretoken"]
    for turn in turns(3):
        yield dict(zip(free, turn, strict=False)) | fixed
    rows = {name.rpartition("-")[0] for name in fixed}
    for broken in BROKEN_ROWS if rows else ():
        data = given.copy()
        for prefix in rows:
            for name, wrong in broken.items():
                data.pop(f"{prefix}-{name}", None)
                if wrong is not None:
                    data[f"{prefix}-{name}"] = wrong
        yield data


# What every list takes beside its own filters.
COMMON = ("q", "o", "p", "all", "e", "_to_field", "_popup", "_facets", "no_such_thing")
