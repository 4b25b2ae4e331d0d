"""What happens in a year, each thing in its hour: one act of one person after the other, as it would have been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from tenancy import rulebook

Act = Callable[[datetime], object]


class Diary:
    """Acts to come, by their instants. An act may enter others that follow from it."""

    def __init__(self) -> None:
        self._entries: list[tuple[datetime, int, Act]] = []
        self._order = count()  # of two acts at the same instant the one entered first comes first

    def note(self, at: datetime, act: Act) -> None:
        """``act`` happens at ``at``, which it is told."""
        heappush(self._entries, (at, next(self._order), act))

    def live(self, until: datetime) -> None:
        """Everything before ``until`` happens, in order; what would come later never does."""
        while self._entries and self._entries[0][0] < until:
            at, _, act = heappop(self._entries)
            with rulebook():
                act(at)
