"""Turns a bound form field into what its template needs: kind, ids, classes, errors, the input itself."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from govuk.items import NO_MARKUP, Item, item_from, item_html
from govuk.widgets import CharacterCount, DateInput, PrefixedInput

# Widget classes, most special first, and the kind of markup each needs.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateInput, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.MultiWidget, "several"),
)
WIDGET_CLASSES = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
}
NOTHING_REVEALED: Mapping[str, SafeString] = {}
# No one wants "(optional)" on a single checkbox: leaving it empty is an answer.
NEVER_MARKED = frozenset({"checkbox", "hidden"})


@dataclass(frozen=True)
class Options:
    """What a template may say about one field; None keeps the form's own words."""

    heading: str = ""
    label: str | None = None
    hint: str | None = None
    optional: bool | None = None
    classes: str = ""


@dataclass(frozen=True)
class Part:
    """One box of a date, or one part of another composed input."""

    id: str
    name: str
    label: str
    value: str
    classes: str
    wrong: bool


def kind_of(bound: BoundField) -> str:
    """The kind of markup a field needs."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "input")


def base_id(bound: BoundField) -> str:
    """The id all others of this field are made from."""
    return str(bound.field.widget.attrs.get("id") or bound.auto_id or f"id_{bound.html_name}")


def wrong_parts(bound: BoundField) -> frozenset[str]:
    """The boxes of a date that its errors are about; all of them when the errors don't say."""
    named: set[str] = set()
    for error in bound.errors.as_data():
        params = getattr(error, "params", None) or {}
        named.update(params.get("parts", ()))
    if bound.errors and not named:
        named.update(DateInput.PARTS)
    return frozenset(named)


def focus_id(bound: BoundField) -> str:
    """The id of the element that a link in the error summary puts the cursor into."""
    kind, base = kind_of(bound), base_id(bound)
    if kind == "date":
        wrong = wrong_parts(bound)
        return f"{base}_{next((part for part in DateInput.PARTS if part in wrong), 'day')}"
    if kind in {"radios", "checkboxes"}:
        return next((item.id for _, items in item_groups(bound) for item in items), base)
    if kind == "several":
        return next((part.id for part in several_parts(bound)), base)
    return base


def described_by(bound: BoundField, *, hint: object, counted: bool = False) -> str:
    """The ids of the texts that a screen reader adds to the input."""
    base = base_id(bound)
    texts = [(counted, "info"), (bool(hint), "hint"), (bool(bound.errors), "error")]
    return " ".join(f"{base}-{name}" for present, name in texts if present)


def classes_for(bound: BoundField, kind: str, extra: str) -> str:
    """The classes of the input: the component's, its error state, the developer's."""
    component = WIDGET_CLASSES.get(kind, "govuk-input")
    own = str(bound.field.widget.attrs.get("class", ""))
    names = [component, own, extra]
    if bound.errors:
        names.append(f"{component}--error")
    if kind == "password":
        names.append("govuk-password-input__input govuk-js-password-input-input")
    if count_limit(bound):
        names.append("govuk-js-character-count")
    return " ".join(name for name in names if name)


def prepared_widget(bound: BoundField) -> forms.Widget:
    """A copy of the widget without what browsers do badly: number spinners and silent cutting off."""
    widget: forms.Widget = copy.deepcopy(bound.field.widget)
    if isinstance(widget, forms.NumberInput):
        whole = isinstance(bound.field, forms.IntegerField) and not isinstance(
            bound.field, (forms.DecimalField, forms.FloatField)
        )
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)
        widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
        widget.attrs.setdefault("class", "govuk-input--width-5")
        widget.input_type = "text"
    # A placeholder vanishes on typing and is too pale to read: labels and hints do its work.
    for name in ("maxlength", "minlength", "placeholder"):
        widget.attrs.pop(name, None)
    return widget


def input_html(bound: BoundField, kind: str, *, hint: object, classes: str) -> SafeString:
    """The input, select or textarea element."""
    widget = prepared_widget(bound)
    extra = widget.attrs.get("class", "") if isinstance(widget, forms.NumberInput) else ""
    attrs: dict[str, Any] = {
        "id": base_id(bound),
        "class": classes_for(bound, kind, f"{classes} {extra}".strip()),
    }
    limit = count_limit(bound)
    if description := described_by(bound, hint=hint, counted=bool(limit)):
        attrs["aria-describedby"] = description
    if kind == "password":
        attrs.update(spellcheck="false", autocapitalize="none")
    if kind == "input" and isinstance(bound.field, forms.EmailField):
        attrs["spellcheck"] = "false"
    return SafeString(bound.as_widget(widget=widget, attrs=attrs))


def count_limit(bound: BoundField) -> int | None:
    """The limit that a text area counts down to, or None when it has none."""
    widget = bound.field.widget
    if not isinstance(widget, forms.Textarea):
        return None
    limit = getattr(bound.field, "max_length", None)
    if limit is None and isinstance(widget, CharacterCount):
        limit = widget.max_length
    return limit


def item_groups(bound: BoundField) -> list[tuple[str, list[Item]]]:
    """Radio buttons or checkboxes, by the name of their group ("" outside any group)."""
    widget = bound.field.widget
    hints = {str(value): text for value, text in getattr(widget, "hints", {}).items()}
    base = base_id(bound)
    context = widget.get_context(
        bound.html_name, bound.value(), bound.build_widget_attrs({"id": base}, widget)
    )
    groups = []
    for name, options, _ in context["widget"]["optgroups"]:
        items = [item_from(option, hints) for option in options]
        groups.append((str(name or ""), items))
    return groups


def date_parts(bound: BoundField) -> list[Part]:
    value = bound.value()
    texts = value if isinstance(value, (list, tuple)) else DateInput().decompress(value)
    wrong, base = wrong_parts(bound), base_id(bound)
    parts = []
    for name, text in zip(DateInput.PARTS, texts, strict=True):
        classes = f"govuk-input--width-{4 if name == 'year' else 2}"
        if name in wrong:
            classes += " govuk-input--error"
        label = name.capitalize()
        parts.append(
            Part(f"{base}_{name}", f"{bound.html_name}_{name}", label, text, classes, name in wrong)
        )
    return parts


def several_parts(bound: BoundField) -> list[Part]:
    """The parts of any other composed input, labelled by number."""
    context = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": base_id(bound)})
    parts = []
    for index, part in enumerate(context["widget"]["subwidgets"]):
        classes = "govuk-input--width-10" + (" govuk-input--error" if bound.errors else "")
        identity = str(part["attrs"].get("id", f"{base_id(bound)}_{index}"))
        label = f"{bound.label} part {index + 1}"
        parts.append(
            Part(
                identity, part["name"], label, str(part["value"] or ""), classes, bool(bound.errors)
            )
        )
    return parts


def marked_optional(bound: BoundField, kind: str, wish: bool | None) -> bool:
    """Whether the label says "(optional)"."""
    if bound.field.required or kind in NEVER_MARKED or "(optional)" in str(bound.label):
        return False
    return bool(getattr(bound.form, "mark_optional", True)) if wish is None else wish


def look_of(bound: BoundField) -> dict[str, Any]:
    """What special widgets say about how they look."""
    widget = bound.field.widget
    return {
        "scale": getattr(widget, "scale", 0),
        "small": getattr(widget, "small", False),
        "prefix": widget.prefix if isinstance(widget, PrefixedInput) else "",
        "suffix": widget.suffix if isinstance(widget, PrefixedInput) else "",
        "threshold": getattr(widget, "threshold", 75),
    }


def field_context(
    bound: BoundField, options: Options, revealed: Mapping[str, SafeString] = NOTHING_REVEALED
) -> dict[str, Any]:
    """Everything the field's template reads; ``revealed`` are other fields, by the answer that they belong to."""
    kind = kind_of(bound)
    hint = bound.help_text if options.hint is None else options.hint
    context: dict[str, Any] = {
        "bound": bound,
        "kind": kind,
        "id": base_id(bound),
        "label": bound.label if options.label is None else options.label,
        "hint": hint,
        "heading": options.heading,
        "optional": marked_optional(bound, kind, options.optional),
        "errors": list(bound.errors),
        "limit": count_limit(bound),
        "described_by": described_by(bound, hint=hint),
        **look_of(bound),
    }
    if kind in {"radios", "checkboxes"}:
        context["groups"] = [
            (name, [item_html(one, kind, revealed.get(str(one.value), NO_MARKUP)) for one in items])
            for name, items in item_groups(bound)
        ]
    elif kind == "date":
        context["parts"] = date_parts(bound)
    elif kind == "several":
        context["parts"] = several_parts(bound)
    elif kind == "checkbox":
        widget = bound.field.widget
        context["checked"] = isinstance(widget, forms.CheckboxInput) and widget.check_test(
            bound.value()
        )
    elif kind != "hidden":
        context["input"] = input_html(bound, kind, hint=hint, classes=options.classes)
    return context
