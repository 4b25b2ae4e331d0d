"""What the service's forms are built from: `GovukForm`, or `GovukFormMixin` before a ModelForm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.forms.utils import pretty_name

from govuk.addresses import validate_deliverable
from govuk.fields import DateField, FilesField
from govuk.text import many_lines, one_line
from govuk.widgets import (
    CharacterCount,
    Checkboxes,
    DateInput,
    DateTimeInput,
    PrefixedInput,
    Radios,
    TimeInput,
)
from govuk.wording import LARGEST_INTEGER, LONGEST_TEXT, is_whole, use_plain_words

__all__ = [
    "CharacterCount",
    "Checkboxes",
    "DateField",
    "DateInput",
    "DateTimeInput",
    "FilesField",
    "GovukForm",
    "GovukFormMixin",
    "PrefixedInput",
    "Radios",
    "TimeInput",
    "limit_text",
    "tidy_text",
]


class GovukFormMixin:
    """Plain-word errors and sane limits for every field.

    The server says what is wrong, in an error summary: browsers' own bubbles are not used, so the
    form is sent with `novalidate` and inputs carry no `required` attribute. `mark_optional` writes
    "(optional)" after the label of a field that may stay empty; filter forms turn it off.
    """

    use_required_attribute = False
    mark_optional = True
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            finish_field(name, field)


class GovukForm(GovukFormMixin, forms.Form):
    def say(self, **hidden: str) -> None:
        """Change hidden fields of what was sent, for the page that is shown again."""
        self.data = {**self.data.dict(), **hidden}  # type: ignore[attr-defined]


def finish_field(name: str, field: forms.Field) -> None:
    """Give one field its label, its limits and its words."""
    if field.label is None:
        field.label = pretty_name(name)
    limit_text(field)
    limit_number(field)
    tidy_text(field)
    use_plain_words(field, str(field.label))


def tie_errors(bound: forms.BoundField) -> None:
    """Make every input of a composed control refer to its list of errors."""
    widget: Any = bound.field.widget
    widget = getattr(widget, "widget", widget)  # within the admin's wrapper
    if widget.use_fieldset:
        for part in getattr(widget, "widgets", (widget,)):
            part.attrs["aria-describedby"] = f"{bound.auto_id}_error"


def tidy_text(field: forms.Field) -> None:
    """Turn control characters into spaces, and refuse addresses that no email can reach.

    Passwords are taken as they are.
    """
    if not isinstance(field, forms.CharField) or isinstance(field.widget, forms.PasswordInput):
        return
    tidy = many_lines if isinstance(field.widget, forms.Textarea) else one_line
    read = field.to_python
    field.to_python = lambda value: read(tidy(value) if isinstance(value, str) else value)  # type: ignore[method-assign]
    if isinstance(field, forms.EmailField):
        field.validators.append(validate_deliverable)


def limit_text(field: forms.Field) -> None:
    """Refuse text so long that only a program would send it, if the field sets no limit itself."""
    if isinstance(field, forms.UUIDField):
        return  # has one length, and is no text once it has been read
    if isinstance(field, forms.CharField) and field.max_length is None:
        field.validators.append(validators.MaxLengthValidator(LONGEST_TEXT))


def limit_number(field: forms.Field) -> None:
    """Refuse whole numbers that a database column can't hold, instead of failing on saving."""
    if not isinstance(field, forms.IntegerField) or not is_whole(field):
        return
    if field.max_value is None:
        field.validators.append(validators.MaxValueValidator(LARGEST_INTEGER))
    if field.min_value is None:
        field.validators.append(validators.MinValueValidator(-LARGEST_INTEGER))
