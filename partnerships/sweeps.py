"""The shape of a sweep: a short idempotent function over the rows that are due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sweep:
    """A named piece of work for one partnership.

    ``run`` is called inside ``activate(partnership)`` with the instant as of which it acts and returns how many
    effects it had. It must be safe to run twice, concurrently or late. ``batch`` sweeps handle one row a call
    and are called again, in a transaction of their own, until they return 0: a kill loses one row's work.
    """

    name: str
    run: Callable[[datetime], int]
    batch: bool = False
