"""One radio button or checkbox: what Django's widget says about it, as the markup of the design system."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ITEM = """<div class="govuk-{kind}__item">
  <input class="govuk-{kind}__input" id="{id}" name="{name}" type="{type}" value="{value}"{more}>
  <label class="govuk-label govuk-{kind}__label" for="{id}">{label}</label>
  {hint}
</div>"""
REVEALED = """
<div class="govuk-{kind}__conditional">{fields}</div>"""
HINT = '<div id="{id}-hint" class="govuk-hint govuk-{kind}__hint">{hint}</div>'

NO_MARKUP = SafeString("")


@dataclass(frozen=True)
class Item:
    """One radio button or checkbox."""

    id: str
    name: str
    value: Any
    label: Any
    hint: str
    checked: bool
    attrs: dict[str, Any] = field(default_factory=dict)


def item_from(option: dict[str, Any], hints: dict[str, str]) -> Item:
    """One item, from what Django's widget says about it."""
    attrs = {
        key: value
        for key, value in option["attrs"].items()
        if key in {"disabled", "form"} and value
    }
    value = option["value"]
    return Item(
        id=str(option["attrs"]["id"]),
        name=option["name"],
        value=value,
        label=option["label"],
        hint=hints.get(str(value), ""),
        checked=bool(option["selected"]),
        attrs=attrs,
    )


def item_html(item: Item, kind: str, revealed: SafeString = NO_MARKUP) -> SafeString:
    """One item as markup. Not a template: a questionnaire has dozens, and each would look up a dozen names.

    ``revealed`` are the fields that belong to this answer.
    """
    attrs = [(name, value) for name, value in item.attrs.items() if value is not True]
    bare = [name for name, value in item.attrs.items() if value is True]
    return format_html(
        ITEM,
        kind=kind,
        type="radio" if kind == "radios" else "checkbox",
        id=item.id,
        name=item.name,
        value="" if item.value is None else str(item.value),
        more=format_html_join("", ' {}="{}"', attrs)
        + format_html_join("", " {}", ((name,) for name in [*["checked"] * item.checked, *bare]))
        + (format_html(' aria-describedby="{}-hint"', item.id) if item.hint else NO_MARKUP),
        label=item.label,
        hint=format_html(HINT, id=item.id, kind=kind, hint=item.hint) if item.hint else "",
    ) + (format_html(REVEALED, kind=kind, fields=revealed) if revealed else NO_MARKUP)
