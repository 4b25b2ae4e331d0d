"""Which invoices a payment probably pays, and why we think so. A person decides; nothing is entered by this alone.

First the invoice number in the reference, then the agency's name with the amount, then the order number. For money that
was paid out, the same with what is held for agencies.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations, takewhile
from typing import NamedTuple

from bookings.rules.money import NOTHING, pounds
from finance.rules.open_amounts import OpenAmounts, OpenGroup
from finance.rules.payment_rows import PaymentRow
from govuk.rules.phrases import counted, listed

Share = tuple[str, Decimal]  # an invoice's number, and how much of a payment goes to it
Shares = tuple[Share, ...]

NO_NAMES = frozenset({"the", "of", "and", "for", "ltd", "limited", "plc", "cic", "llp"})
SHORTEST_ORDER, SHORTEST_DIGITS = 4, 6
SHORTEST_CUT = 10  # letters of a name that a bank has cut off
MOST_NAMED = 6  # numbers in one sentence
MOST_TOGETHER, MOST_COMBINED = 3, 12  # invoices paid by one transfer, of so many that are open


@dataclass(frozen=True)
class Claim:
    """An invoice as it is now: ``owed`` can be paid, ``held`` can be paid back, both in pounds."""

    number: str
    agency: int
    names: tuple[str, ...]
    due: date
    order: str = ""
    owed: Decimal = NOTHING
    held: Decimal = NOTHING


@dataclass(frozen=True)
class Suggestion:
    """What a payment could be for and why; without shares, why nothing was found.

    ``sure``: words and amount agree. ``excess`` is what is more than owed, in pounds: it would be held for the agency.
    """

    why: str
    shares: Shares = ()
    sure: bool = False
    excess: Decimal = NOTHING


class Name(NamedTuple):
    """A name of an agency, as banks write it and in words."""

    compact: str
    agency: int
    words: frozenset[str]


NO_MATCH = Suggestion("No invoice number, agency or order number was found.")


class Matcher:
    """Suggests for one payment after the other: what one of them pays is no longer open for the next."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = {claim.number: claim for claim in claims}
        self._owed = self._open_amounts(lambda claim: claim.owed)
        self._held = self._open_amounts(lambda claim: claim.held)

    def suggest(self, row: PaymentRow) -> Suggestion:
        """The first rule that finds something; its shares count as used."""
        found = next(
            (
                one
                for rule in (self._by_number, self._by_agency, self._by_order)
                if (one := rule(row))
            ),
            NO_MATCH,
        )
        for number, amount in found.shares:
            self._owed.take(number, amount)
            self._held.take(number, amount)
        return found

    def open_on(self, number: str, row: PaymentRow) -> Decimal:
        """Pounds of an invoice that this payment could be for."""
        return self._open_for(row).on(number)

    def _open_amounts(self, amount: Callable[[Claim], Decimal]) -> OpenAmounts:
        """By agency, whose key is a number, and by order, whose key is a text."""
        return OpenAmounts(
            (self._age(claim.number), amount(claim), (claim.agency, compact(claim.order)))
            for claim in self.claims.values()
        )

    def _open_for(self, row: PaymentRow) -> OpenAmounts:
        """What this payment could be for."""
        return self._owed if row.amount > 0 else self._held

    # --- the rules ----------------------------------------------------------------------------------
    def _by_number(self, row: PaymentRow) -> Suggestion | None:
        numbers, whole = self._numbers_in(f"{row.reference} {row.payer}")
        if not numbers:
            return None
        verb = "is" if whole and len(numbers) == 1 else "are"
        what = in_short(numbers) if whole else f"the digits of {in_short(numbers)}"
        words = f"{what[0].upper()}{what[1:]} {verb} in the reference"
        if not any(self.open_on(one, row) for one in numbers):
            nothing = "nothing is owed on" if row.amount > 0 else "nothing is held on"
            return Suggestion(f"{words}, but {nothing} {'it' if len(numbers) == 1 else 'them'}.")
        return self._divided(row, numbers, words, whole)

    def _by_agency(self, row: PaymentRow) -> Suggestion | None:
        agency = self._agency_in(row)
        if agency is None:
            return None
        group, name = self._open_for(row).of(agency), self._named[agency]
        chosen, alone = self._adding_up(group, row)
        if not chosen:
            return Suggestion(f"{name} is named, but {why_not(group, row)}")
        amount = "the amount of" if alone else "the amount of more than one invoice; the oldest is"
        why = f"{name} is named, and this is {amount} {in_short(chosen)}."
        shares = tuple((number, self.open_on(number, row)) for number in chosen)
        return Suggestion(why, shares, sure=alone)

    def _by_order(self, row: PaymentRow) -> Suggestion | None:
        order = self._order_in(compact(f"{row.reference} {row.payer}"))
        if not order:
            return None
        words = f"Order number {self._orders[order]} is in the reference"
        group = self._open_for(row).of(order)
        if not group:
            return Suggestion(f"{words}, but nothing is open on its invoices.")
        exact, how_many = group.with_exactly(abs(row.amount))
        return self._divided(row, [exact] if exact else group, words, how_many == 1)

    # --- how the money is divided --------------------------------------------------------------------
    def _divided(
        self, row: PaymentRow, numbers: Iterable[str], words: str, sure: bool
    ) -> Suggestion:
        """The payment over these invoices in turn; what is too much goes to the last and is held."""
        left, shares, in_full = abs(row.amount), [], True
        for number in numbers:
            part = min(left, self.open_on(number, row))
            in_full = part == self.open_on(number, row)
            left -= part
            if part:
                shares.append((number, part))
            if not in_full:
                break
        if left and row.amount < 0:
            return Suggestion(f"{words}, but less than this is held for the agency.")
        if left:
            number, part = shares[-1]
            shares[-1] = (number, part + left)
            return Suggestion(
                f"{words}. {pounds(left)} is more than is owed.", tuple(shares), excess=left
            )
        state = "owed" if row.amount > 0 else "held"
        if in_full:
            why = f"{words}, and the amount is what is {state}."
            return Suggestion(why, tuple(shares), sure=sure)
        return Suggestion(f"{words}. The amount is part of what is {state}.", tuple(shares))

    def _adding_up(self, group: OpenGroup, row: PaymentRow) -> tuple[tuple[str, ...], bool]:
        """Invoices that one transfer may pay together, and if no others would do: one, all, two or three."""
        wanted = abs(row.amount)
        single, how_many = group.with_exactly(wanted)
        if single:
            return (single,), how_many == 1
        if group.total == wanted:
            return tuple(group), True
        numbers = group.first(MOST_COMBINED)
        for size in range(2, MOST_TOGETHER + 1):
            sets = [
                found
                for found in combinations(numbers, size)
                if sum(self.open_on(one, row) for one in found) == wanted
            ]
            if sets:
                return sets[0], len(sets) == 1
        return (), False

    # --- what the words say --------------------------------------------------------------------------
    def _numbers_in(self, text: str) -> tuple[list[str], bool]:
        """Numbers of invoices in a text, the oldest first, and whether with the letters they begin with.

        Spaces and signs within a number do not matter. Without its letters, a number has to be long.
        """
        pieces = re.findall(r"[A-Z]+|[0-9]+", text.upper())
        whole: set[str] = set()
        digits_only: set[str] = set()
        for first, piece in enumerate(pieces):
            if not piece.isdigit():
                continue
            before, digits = (pieces[first - 1] if first else ""), ""
            for more in pieces[first : first + 3]:
                if not more.isdigit():
                    break
                digits += more
                for number in self._by_digits.get(digits, ()):
                    letters = re.split(r"\d", number[: -len(digits)])[-1]
                    if before.endswith(letters):
                        whole.add(number)
                    elif len(digits) >= SHORTEST_DIGITS:
                        digits_only.add(number)
        found = whole or (digits_only if len(digits_only) == 1 else set())
        return sorted(found, key=self._age), bool(whole)

    def _agency_in(self, row: PaymentRow) -> int | None:
        """The agency that a payment names; None if it names none or cannot be told from another."""
        said = words_of(f"{row.payer} {row.reference}")
        by_word = (name for word in said for name in self._names_by_word.get(word, ()))
        fitting = [name for name in by_word if name.words <= said]
        payer = compact(row.payer)
        if len(payer) >= SHORTEST_CUT:
            begin = bisect_left(self._names, payer, key=lambda name: name.compact)
            later = (self._names[at] for at in range(begin, len(self._names)))
            fitting.extend(takewhile(lambda name: name.compact.startswith(payer), later))
        longest = max((len(name.compact) for name in fitting), default=0)
        agencies = {name.agency for name in fitting if len(name.compact) == longest}
        return agencies.pop() if len(agencies) == 1 else None

    def _order_in(self, said: str) -> str:
        """The longest order number within a text; empty if there is none."""
        found = (
            said[start : start + length]
            for start in range(len(said))
            for length in self._lengths_by_start.get(said[start : start + SHORTEST_ORDER], ())
        )
        return max((one for one in found if one in self._orders), key=len, default="")

    def _age(self, number: str) -> tuple[date, str]:
        return (self.claims[number].due, number)

    @cached_property
    def _by_digits(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for number in self.claims:
            match = re.search(r"[0-9]+\Z", number)
            if match:
                found[match.group()].append(number)
        return dict(found)

    @cached_property
    def _orders(self) -> dict[str, str]:
        """Order numbers that can be recognised, each as the oldest of its invoices writes it."""
        found: dict[str, str] = {}
        for claim in sorted(self.claims.values(), key=lambda claim: self._age(claim.number)):
            order = compact(claim.order)
            if len(order) >= SHORTEST_ORDER and any(sign.isdigit() for sign in order):
                found.setdefault(order, claim.order)
        return found

    @cached_property
    def _lengths_by_start(self) -> dict[str, set[int]]:
        """How long the order numbers are that begin with the same signs."""
        found = defaultdict(set)
        for order in self._orders:
            found[order[:SHORTEST_ORDER]].add(len(order))
        return dict(found)

    @cached_property
    def _names(self) -> list[Name]:
        """Names of agencies, by how banks write them."""
        named = {(name, claim.agency) for claim in self.claims.values() for name in claim.names}
        return sorted(Name(compact(name), agency, words_of(name)) for name, agency in named)

    @cached_property
    def _names_by_word(self) -> dict[str, list[Name]]:
        """Each name once, by the word of it that fewest names have."""
        common = Counter(word for name in self._names for word in name.words)
        found = defaultdict(list)
        for name in self._names:
            if name.words:
                found[min(name.words, key=lambda word: (common[word], word))].append(name)
        return dict(found)

    @cached_property
    def _named(self) -> dict[int, str]:
        return {claim.agency: claim.names[0] for claim in self.claims.values()}


def why_not(group: OpenGroup, row: PaymentRow) -> str:
    """Why no invoices of an agency fit an amount."""
    if not group:
        return "it owes nothing." if row.amount > 0 else "nothing is held for it."
    total, on = pounds(group.total), counted(len(group), "invoice")
    said = f"It owes {total} on {on}." if row.amount > 0 else f"{total} is held for it on {on}."
    return f"no invoices come to this amount. {said}"


def in_short(numbers: Sequence[str]) -> str:
    """A few numbers, or the first of many and how many more."""
    if len(numbers) <= MOST_NAMED:
        return listed(numbers)
    return listed([*numbers[: MOST_NAMED - 1], f"{len(numbers) - MOST_NAMED + 1} more"])


def compact(text: str) -> str:
    """Letters and digits only, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def words_of(text: str) -> frozenset[str]:
    """The words of a name that tell it apart."""
    return (
        frozenset(re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", "")))
        - NO_NAMES
    )
