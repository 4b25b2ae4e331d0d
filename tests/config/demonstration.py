"""What tests of the demonstration share: digests of its rows, and the keys of its files that are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db.models import Model

from bookings.models import Attendance, Booking, BookingTransition, WaitingListEntry
from courses.models import TrainingRecord
from evaluation.models import Answer, Certificate, SurveyInvitation
from finance.models import Charge, CreditNote, Invoice, Payment
from partnerships.models import Partnership
from tenancy import activate
from tools.demo import reader


def through(link: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{link}__{column}" for column in columns)


# What must be the same whenever the same day is loaded: never an id, nor what operations draw by lot (references and
# codes of certificates).
OF_BOOKING = ("event__reference", "membership__user__email")
DIGESTED: dict[type[Model], tuple[str, ...]] = {
    Booking: (*OF_BOOKING, "state", "booked_at", "free_until", "quote"),
    BookingTransition: (*through("booking", OF_BOOKING), "from_state", "to_state", "at", "why"),
    WaitingListEntry: (*OF_BOOKING, "state", "joined_at"),
    Attendance: (*through("booking", OF_BOOKING), "session__position", "mark", "minutes_late"),
    Charge: (*through("booking", OF_BOOKING), "kind", "state", "amount", "explanation"),
    Invoice: ("number", "agency__name", "issued_at", "gross"),
    CreditNote: ("number", "invoice__number", "gross", "issued_at"),
    Payment: ("invoice__number", "amount", "received_on"),
    SurveyInvitation: (*OF_BOOKING, "stage", "state", "sent_on"),
    Answer: (*through("response__invitation", OF_BOOKING), "question__key", "number", "text"),
    Certificate: (*through("booking", OF_BOOKING), "issued_at", "holder_name"),
    TrainingRecord: ("membership__user__email", "title", "completed_on", "minutes"),
}


def digest(slug: str) -> dict[str, str]:
    """One digest a table, of its rows in an order of their own."""
    found = {}
    with activate(Partnership.objects.get(slug=slug)):
        for model, columns in DIGESTED.items():
            rows = sorted(map(str, model.objects.values_list(*columns)))  # type: ignore[attr-defined]
            assert rows, model
            found[model.__name__] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


class Noted(dict[str, Any]):
    """A table that notes which of its keys were read."""

    def __init__(self, where: str, table: dict[str, Any], read_keys: set[str]) -> None:
        self.where, self.read_keys = where, read_keys
        super().__init__(
            {key: noted(f"{where}.{key}", value, read_keys) for key, value in table.items()}
        )

    def __getitem__(self, key: str) -> Any:
        self.read_keys.add(f"{self.where}.{key}")
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.read_keys.add(f"{self.where}.{key}")
        return super().get(key, default)


def noted(where: str, value: Any, read_keys: set[str]) -> Any:
    if isinstance(value, dict):
        return Noted(where, value, read_keys)
    return [noted(where, each, read_keys) for each in value] if isinstance(value, list) else value


def keys_of(where: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in dict.items(value):
            yield f"{where}.{key}"
            yield from keys_of(f"{where}.{key}", inner)
    elif isinstance(value, list):
        for each in value:
            yield from keys_of(where, each)


@dataclass
class Keys:
    """The keys of all files that were opened, and those of them that were asked for."""

    known: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)

    @property
    def unread(self) -> list[str]:
        return sorted(self.known - self.read)


def watched_keys(patch: pytest.MonkeyPatch) -> Keys:
    """From now on, what the demonstration reads of its files."""
    keys, table = Keys(), reader._table

    def noting(path: Any) -> Any:
        found = table(path)
        keys.known.update(keys_of(path.stem, found))
        return noted(path.stem, found, keys.read)

    patch.setattr(reader, "_table", noting)
    return keys
