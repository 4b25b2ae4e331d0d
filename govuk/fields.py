"""The three-box date field."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.widgets import DateInput, FilesInput

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Four digits catch "26" typed for "2026"; the bounds catch slips like "2206" and keep arithmetic with years safe.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


class DateField(forms.Field):
    """A date typed as day, month and year; cleans to `datetime.date`.

    Errors name the field and the missing part in plain words. `min_value` and `max_value` are dates,
    both allowed themselves.
    """

    widget = DateInput
    default_error_messages = {
        "incomplete": "%(label)s must include a %(missing)s",
        "invalid": "%(label)s must be a real date",
        "year": "%(label)s must have a year between 1900 and 2199, with 4 numbers",
        "min_value": "%(label)s must be on or after %(limit)s",
        "max_value": "%(label)s must be on or before %(limit)s",
    }

    def __init__(
        self, *, min_value: date | None = None, max_value: date | None = None, **kwargs: Any
    ) -> None:
        self.min_value = min_value
        self.max_value = max_value
        super().__init__(**kwargs)

    def problem(self, code: str, *parts: str, **words: str) -> ValidationError:
        """An error whose `parts` name the boxes to correct. A question is no name for a date."""
        label = str(self.label or "Date")
        name = "The date" if label.rstrip().endswith("?") else label
        params = {"label": name, "parts": parts, **words}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        """What the widget is given: the typed texts as they are, dates as dates."""
        return value

    def to_python(self, value: Any) -> date | None:
        """The date, None when all three boxes are empty; anything else is an error."""
        if isinstance(value, date):
            return value
        texts = [tidy(text) for text in (value or ["", "", ""])]
        if not any(texts):
            return None
        missing = [name for name, text in zip(DateInput.PARTS, texts, strict=True) if not text]
        if missing:
            raise self.problem("incomplete", *missing, missing=" and ".join(missing))
        return self.whole_date(*texts)

    def whole_date(self, day_text: str, month_text: str, year_text: str) -> date:
        """Three texts, none of them empty, as a date."""
        day, month, year = number(day_text), month_number(month_text), number(year_text)
        if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise self.problem("year", "year")
        wrong = [
            name
            for name, found in zip(DateInput.PARTS, (day, month, year), strict=True)
            if found is None
        ]
        if day is None or month is None or year is None:
            raise self.problem("invalid", *wrong)
        try:
            return date(year, month, day)
        except ValueError as error:
            part = "month" if not 1 <= month <= 12 else "day"
            raise self.problem("invalid", part) from error

    def validate(self, value: date | None) -> None:
        """Present when it must be, and inside its limits."""
        super().validate(value)
        if value is None:
            return
        if self.min_value and value < self.min_value:
            raise self.problem("min_value", "day", limit=in_words(self.min_value))
        if self.max_value and value > self.max_value:
            raise self.problem("max_value", "day", limit=in_words(self.max_value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, so that "01" instead of "1" is no change."""
        try:
            return self.to_python(data) != (
                self.to_python(DateInput().decompress(initial)) if initial else None
            )
        except ValidationError:
            return True


def tidy(text: Any) -> str:
    """The typed text without spaces around it, in ordinary digits."""
    return unicodedata.normalize("NFKC", str(text)).strip()


def number(text: str) -> int | None:
    """A whole number of at most four digits, else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def month_number(text: str) -> int | None:
    """A month as its number or its English name; None for anything else."""
    lowered = text.lower()
    if len(lowered) >= 3 and lowered[:3] in MONTHS:
        return MONTHS.index(lowered[:3]) + 1
    return number(text)


def in_words(day: date) -> str:
    """A date as people write it: 1 April 2026."""
    return f"{day.day} {day:%B %Y}"


class FilesField(forms.FileField):
    """Several files in one field; cleans to a list of uploads, empty if there are none."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself; an empty one is the caller's to refuse."""
        sent = [one for one in data or [] if one]
        if not sent and self.required:
            super().clean(None, initial)
        return sent
