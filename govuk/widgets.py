"""Widgets of the design system. Django's own widgets are rendered in the same look without any of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

Attrs = dict[str, Any] | None


class Radios(forms.RadioSelect):
    """Radio buttons, with a hint under an item (`hints`: value to text), small, or as a scale.

    `reveals` names the fields that only belong to one answer (value to names). They stand under it, and the
    stylesheet hides them while it is not chosen, without a script: the one of the design system adds an attribute that
    radio buttons must not have. Where it cannot, they are there, so their labels say what they belong to.
    """

    def __init__(self, attrs: Attrs = None, choices: Any = (), **look: Any) -> None:
        """`look` may hold hints, reveals, small, and scale: this many numbers per row, on a phone too."""
        self.hints: Mapping[Any, str] = look.pop("hints", {})
        self.reveals: Mapping[Any, Sequence[str]] = look.pop("reveals", {})
        self.scale: int = look.pop("scale", 0)
        self.small: bool = look.pop("small", False)
        super().__init__(attrs, choices, **look)


class Checkboxes(forms.CheckboxSelectMultiple):
    """Several checkboxes for one question; `hints` and `small` as for radios."""

    def __init__(self, attrs: Attrs = None, choices: Any = (), **look: Any) -> None:
        """`look` may hold hints and small."""
        self.hints: Mapping[Any, str] = look.pop("hints", {})
        self.small: bool = look.pop("small", False)
        super().__init__(attrs, choices, **look)


class CharacterCount(forms.Textarea):
    """A text area that says how many characters are left.

    `threshold` is the percentage of the limit at which the count appears; 0 shows it always.
    The limit is the field's max_length, or `max_length` here when the field has none.
    """

    def __init__(
        self, attrs: Attrs = None, *, threshold: int = 0, max_length: int | None = None
    ) -> None:
        self.threshold = threshold
        self.max_length = max_length
        super().__init__(attrs)


class PrefixedInput(forms.TextInput):
    """A text input with a unit before or after it: pounds, percent, hours."""

    def __init__(
        self, attrs: Attrs = None, *, prefix: str = "", suffix: str = "", decimal: bool = True
    ) -> None:
        """`decimal` asks a phone for the number keyboard with a point."""
        self.prefix = prefix
        self.suffix = suffix
        mode = {"inputmode": "decimal"} if decimal else {}
        super().__init__({**mode, "class": "govuk-input--width-5", **(attrs or {})})


class TimeInput(forms.TimeInput):
    """A time of day, with the browser's own control."""

    input_type = "time"

    def __init__(self, attrs: Attrs = None) -> None:
        """Hours and minutes, as browsers send them."""
        super().__init__({"class": "govuk-input--width-5", **(attrs or {})}, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """A day and a time, with the browser's own control."""

    input_type = "datetime-local"

    def __init__(self, attrs: Attrs = None) -> None:
        """Minutes are enough: the format is the one browsers send."""
        super().__init__(
            {"class": "govuk-input--width-20", **(attrs or {})}, format="%Y-%m-%dT%H:%M"
        )


class FilesInput(forms.FileInput):
    """Choose several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> list[Any]:
        """All of them, without those that no one chose."""
        return files.getlist(name)


class DateInput(forms.MultiWidget):
    """Three boxes: day, month, year. A whole ISO date under the plain name is understood as well,

    so that `?from=2026-04-01` works in an address typed or linked by hand.
    """

    PARTS = ("day", "month", "year")

    def __init__(self, attrs: Attrs = None) -> None:
        """`autocomplete` "bday" is for the reader's own date of birth only; leave it out otherwise."""
        super().__init__({part: forms.TextInput() for part in self.PARTS}, attrs)

    def decompress(self, value: Any) -> list[str]:
        """A date, or its ISO text, as three texts."""
        if isinstance(value, str):
            value = parse_iso(value)
        if not isinstance(value, date):
            return ["", "", ""]
        return [str(value.day), str(value.month), str(value.year)]

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> list[str]:
        """Three texts, empty where nothing was sent."""
        whole = data.get(name)
        if whole:
            return self.decompress(whole) if parse_iso(whole) else [str(whole), "", ""]
        return [str(data.get(f"{name}_{part}") or "") for part in self.PARTS]

    def value_omitted_from_data(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Whether the form that was sent had no such field at all."""
        return not any(key in data for key in (name, *(f"{name}_{part}" for part in self.PARTS)))


def parse_iso(value: Any) -> date | None:
    """The date a text like 2026-04-01 stands for, or None."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
