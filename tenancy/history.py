"""Changes that the database recorded, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from govuk.rules.phrases import clock, short_date
from tenancy.models import Change

LONGEST = 300


@dataclass(frozen=True)
class Detail:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of one row: when, who, what."""

    at: datetime
    who: str
    action: str
    details: tuple[Detail, ...]


class History(Sequence[Entry]):
    """The changes of a row, put into words only for the page that is shown."""

    def __init__(self, row: models.Model, hide: Iterable[str] = ()) -> None:
        self.model = type(row)
        self.changes: Any = Change.objects.of(row)
        self.hide = {"id", "partnership_id", *hide}

    def __len__(self) -> int:
        count: int = self.changes.count()
        return count

    @overload
    def __getitem__(self, key: int) -> Entry: ...
    @overload
    def __getitem__(self, key: slice) -> list[Entry]: ...
    def __getitem__(self, key: int | slice) -> Entry | list[Entry]:
        if isinstance(key, slice):
            return [self.entry(change) for change in self.changes[key]]
        return self.entry(self.changes[key])

    def entry(self, change: Change) -> Entry:
        """One change in words."""
        who = str(change.user) if change.user else "The system"
        details = tuple(self.details(change.before or {}, change.after or {}))
        return Entry(change.at, who, change.get_action_display(), details)

    def details(self, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Detail]:
        """Columns in the order of the model, without those that were empty and stayed empty."""
        columns = [str(field.column) for field in self.model._meta.concrete_fields]
        for column in sorted({*before, *after} - self.hide, key=lambda name: order(columns, name)):
            field = field_of(self.model, column)
            detail = Detail(
                label(field, column),
                in_words(field, before.get(column)),
                in_words(field, after.get(column)),
            )
            if detail.before or detail.after:
                yield detail


def history_of(row: models.Model, hide: Iterable[str] = ()) -> History:
    """Everything that happened to a row, the newest first, without the columns in ``hide``."""
    return History(row, hide)


def order(columns: list[str], name: str) -> int:
    """The position of a column; one that the model no longer has comes last."""
    return columns.index(name) if name in columns else len(columns)


def field_of(model: type[models.Model], column: str) -> Any:
    """The model's field for a column; None if the model no longer has it."""
    try:
        return model._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def label(field: Any, column: str) -> str:
    """A column as people call it."""
    words = str(field.verbose_name) if field is not None else column.replace("_", " ")
    return words[:1].upper() + words[1:]


def in_words(field: Any, value: Any) -> str:
    """A stored value as people would say it."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, models.JSONField):
        return "; ".join(lines_in(value))
    if isinstance(value, list):
        base = getattr(field, "base_field", None)
        return ", ".join(in_words(base, each) for each in value)
    if isinstance(field, models.ForeignKey):
        return referred(field, value)
    if isinstance(field, models.DateTimeField):
        return local(str(value))
    if isinstance(field, models.DateField):
        return short_date(date.fromisoformat(str(value)))
    choices = {str(key): words for key, words in getattr(field, "flatchoices", None) or []}
    return shortened(str(choices.get(str(value), value)))


def shortened(text: str) -> str:
    """As much of a text as a list of changes can show."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def lines_in(value: Any, name: str = "") -> Iterator[str]:
    """The contents of a JSON column, such as how an amount was worked out: each plain value with its name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lines_in(inner, str(key).replace("_", " "))
    elif isinstance(value, list):
        plain = [str(each) for each in value if not isinstance(each, dict | list)]
        if plain:
            yield from lines_in(", ".join(plain), name)
        for each in value:
            if isinstance(each, dict | list):
                yield from lines_in(each, name)
    elif value is not None and value != "":
        yield shortened(f"{name}: {value}" if name else str(value))


def referred(field: Any, key: int) -> str:
    """What a foreign key points to, if it is still there."""
    found = field.related_model._default_manager.filter(pk=key).first()
    return str(found) if found is not None else f"deleted entry {key}"


def local(text: str) -> str:
    """An instant in the partnership's time."""
    instant = parse_datetime(text)
    if instant is None:
        return text
    at = timezone.localtime(instant)
    return f"{short_date(at.date())}, {clock(at.time())}"
