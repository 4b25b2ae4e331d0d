"""The shape of a sweep: a short idempotent function over the rows that are due.

A row that fails does not hold up the others: the runner sets it aside and the sweep goes on without it. For this,
a sweep gets its row from :func:`take` (or :func:`choose`, or does several with :func:`in_hand`), which skip what
is set aside and remember what the sweep is working on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.db import models, transaction

from outbox.models import SetAside
from outbox.rules.retrying import fault_in_words, pause_after

FIRST_PAUSE = timedelta(minutes=1)
RowT = TypeVar("RowT", bound=models.Model)
QuerySetT = TypeVar("QuerySetT", bound="models.QuerySet[Any]")


class Work(Protocol):
    """Does what is due at an instant; returns how many effects it had."""

    def __call__(self, *, now: datetime) -> int: ...


@dataclass(frozen=True)
class Sweep:
    """A named piece of work for one partnership.

    ``run`` is called inside ``activate(partnership)`` with the instant as of which it acts and returns how many
    effects it had. It must be safe to run twice, concurrently or late. ``batch`` sweeps handle one row per call
    and are called again, in a transaction of their own, until they return 0: a kill loses one row's work.
    """

    name: str
    run: Work
    batch: bool = False


@dataclass
class Turn:
    """One run of a sweep in one partnership: what it passes over and what it is working on.

    Keys are (model, id). ``retried`` have waited long enough and are tried again in this turn.
    """

    sweep: str
    now: datetime
    passed_over: set[tuple[str, int]] = field(default_factory=set)
    retried: set[tuple[str, int]] = field(default_factory=set)
    row: models.Model | None = None
    is_read: bool = False

    @contextmanager
    def call(self) -> Iterator[None]:
        """One call of the sweep. A row that was set aside earlier and succeeds now is no longer set aside."""
        self.begin()
        token = _turn.set(self)
        try:
            yield
        finally:
            _turn.reset(token)
        if self.row is not None and key_of(self.row) in self.retried:
            self.forget(key_of(self.row))

    def put_down(self) -> None:
        """Nothing is in hand."""
        self.row = None

    def begin(self) -> None:
        """The first time, read what earlier turns set aside in this partnership."""
        if self.is_read:
            return
        for row in SetAside.objects.filter(sweep=self.sweep):
            keys = self.passed_over if row.try_again_at > self.now else self.retried
            keys.add((row.model, row.row))
        self.is_read = True

    def pass_over(self, row: models.Model, error: Exception) -> None:
        """Record that a row failed and when to try again, and skip it for the rest of this turn."""
        model, pk = key_of(row)
        self.retried.discard((model, pk))
        self.passed_over.add((model, pk))
        kept, _ = SetAside.objects.select_for_update().get_or_create(
            sweep=self.sweep,
            model=model,
            row=pk,
            defaults={"failed_at": self.now, "try_again_at": self.now},
        )
        kept.attempts += 1
        kept.title, kept.error = title_of(row), fault_in_words(error)
        kept.failed_at, kept.try_again_at = (
            self.now,
            self.now + pause_after(kept.attempts, FIRST_PAUSE),
        )
        kept.save()

    def end(self) -> None:
        """Everything that is due has been tried. Forget rows set aside that were not taken: they are no longer due."""
        for key in list(self.retried):
            self.forget(key)

    def forget(self, key: tuple[str, int]) -> None:
        """The row has been done, or is no longer needed."""
        self.retried.discard(key)
        model, pk = key
        SetAside.objects.filter(sweep=self.sweep, model=model, row=pk).delete()


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


def take(rows: models.QuerySet[RowT]) -> RowT | None:
    """The first of the rows that is neither set aside nor held by another worker, locked until the transaction ends."""
    return choose(rows.select_for_update(of=("self",), skip_locked=True))


def choose(rows: models.QuerySet[RowT]) -> RowT | None:
    """As :func:`take`, for rows that something else locks."""
    row = not_set_aside(rows).first()
    work_on(row)
    return row


def work_on(row: models.Model | None) -> None:
    """Tell the runner which row it is, in case the rest of the transaction fails."""
    turn = _turn.get()
    if turn is not None:
        turn.row = row


def leave(row: models.Model) -> None:
    """Nothing can be done for the row now, and nothing failed: skip it for the rest of this turn."""
    turn = _turn.get()
    if turn is not None:
        turn.passed_over.add(key_of(row))


def not_set_aside(rows: QuerySetT) -> QuerySetT:
    """The rows that the running sweep may try; all of them outside any."""
    turn = _turn.get()
    label = rows.model._meta.label
    passed_over = {pk for model, pk in turn.passed_over if model == label} if turn else set()
    return rows.exclude(pk__in=passed_over) if passed_over else rows


@contextmanager
def in_hand(row: models.Model) -> Iterator[None]:
    """For a sweep that does many rows in one transaction: this row is done completely or not at all."""
    turn = _turn.get()
    try:
        with transaction.atomic():
            yield
    except Exception as error:
        if turn is None:
            raise
        turn.pass_over(row, error)
    else:
        if turn is not None and key_of(row) in turn.retried:
            turn.forget(key_of(row))


def key_of(row: models.Model) -> tuple[str, int]:
    """How a row is named among those set aside."""
    return row._meta.label, row.pk


def title_of(row: models.Model) -> str:
    """The row as people know it. A broken row may not even have a title."""
    try:
        return str(row)[:200]
    except Exception:  # whatever is wrong with it, it has a number
        return f"{row._meta.verbose_name} {row.pk}"
