"""Open amounts of invoices, arranged so that a file of payments is compared with all of them in well under a second.

A question takes about as long among ten thousand invoices as among ten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush

from bookings.rules.money import NOTHING

Age = tuple[date, str]  # the day an invoice is due, and its number: sorts the oldest first


class OpenGroup:
    """The invoices of one agency, or under one order number, on which something is open; amounts in pounds."""

    def __init__(self) -> None:
        self.total = NOTHING
        self._left: dict[Age, Decimal] = {}
        self._number_of: Counter[Decimal] = Counter()
        self._of_amount: dict[Decimal, list[Age]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._left)

    def __iter__(self) -> Iterator[str]:
        """Their numbers, the oldest first."""
        return (number for _, number in self._left)

    def open(self, age: Age, amount: Decimal) -> None:
        """Add an invoice, or change what is open on one. Invoices are added from the oldest on."""
        self.total += amount - self._left.get(age, NOTHING)
        if age in self._left:
            self._number_of[self._left[age]] -= 1
        if not amount:
            self._left.pop(age, None)
            return
        self._left[age] = amount
        self._number_of[amount] += 1
        heappush(self._of_amount[amount], age)

    def with_exactly(self, amount: Decimal) -> tuple[str, int]:
        """The oldest on which exactly this is open, and how many such there are; ``("", 0)`` if none."""
        if not self._number_of[amount]:
            return "", 0
        heap = self._of_amount[amount]
        while self._left.get(heap[0]) != amount:  # changed since
            heappop(heap)
        return heap[0][1], self._number_of[amount]

    def first(self, most: int) -> list[str]:
        """Their numbers if there are no more than ``most``; empty otherwise."""
        return list(self) if len(self) <= most else []


class OpenAmounts:
    """What can be paid on invoices, or paid back: on each, and by group. What a payment takes is no longer open."""

    def __init__(self, invoices: Iterable[tuple[Age, Decimal, Iterable[Hashable]]]) -> None:
        """``invoices``: each with what is open on it and the groups that it is in."""
        self._left: dict[str, Decimal] = {}
        self._of: dict[str, tuple[Age, tuple[Hashable, ...]]] = {}
        self._groups: dict[Hashable, OpenGroup] = defaultdict(OpenGroup)
        for age, amount, groups in sorted(invoices, key=lambda one: one[0]):
            self._of[age[1]] = age, tuple(groups)
            self._set(age[1], amount)

    def on(self, number: str) -> Decimal:
        """What is open on an invoice."""
        return self._left[number]

    def of(self, group: Hashable) -> OpenGroup:
        """What is open in a group."""
        return self._groups[group]

    def take(self, number: str, amount: Decimal) -> None:
        """So much of an invoice is no longer open; the rest of a larger amount is nobody's here."""
        self._set(number, max(self._left[number] - amount, NOTHING))

    def _set(self, number: str, amount: Decimal) -> None:
        self._left[number] = amount
        age, groups = self._of[number]
        for group in groups:
            self._groups[group].open(age, amount)
