"""Which invoices a payment probably pays, and why we think so. A person decides; nothing is entered by this alone.

First the invoice number in the reference, then the agency's name with the amount, then the order number. For money that
was paid out, the same with what is held for agencies.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from bookings.rules.money import NOTHING, pounds
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


NO_MATCH = Suggestion("No invoice number, agency or order number was found.")


class Matcher:
    """Suggests for one payment after the other: what one of them pays is no longer open for the next."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = {claim.number: claim for claim in claims}
        self.used: dict[str, Decimal] = defaultdict(Decimal)

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
            self.used[number] += amount
        return found

    def open_on(self, number: str, row: PaymentRow) -> Decimal:
        """Pounds of an invoice that this payment could be for."""
        claim = self.claims[number]
        return max((claim.owed if row.amount > 0 else claim.held) - self.used[number], NOTHING)

    # --- the rules ----------------------------------------------------------------------------------
    def _by_number(self, row: PaymentRow) -> Suggestion | None:
        numbers, whole = self._numbers_in(f"{row.reference} {row.payer}")
        if not numbers:
            return None
        verb = "is" if len(numbers) == 1 else "are"
        what = in_short(numbers) if whole else f"the digits of {in_short(numbers)}"
        return self._divided(
            row, numbers, f"{what[0].upper()}{what[1:]} {verb} in the reference", whole
        )

    def _by_agency(self, row: PaymentRow) -> Suggestion | None:
        agency = self._agency_in(row)
        if agency is None:
            return None
        numbers = self._open_of(agency, row)
        name = self._named[agency]
        sets = [
            found
            for found in self._sets(numbers)
            if sum(self.open_on(one, row) for one in found) == abs(row.amount)
        ]
        if not sets:
            return Suggestion(f"{name} is named, but {self._why_not(numbers, row)}")
        chosen = sets[0]
        alone = len([one for one in sets if len(one) == len(chosen)]) == 1
        amount = "the amount of" if alone else "the amount of more than one invoice; the oldest is"
        why = f"{name} is named, and this is {amount} {in_short(chosen)}."
        return Suggestion(why, self._in_full(chosen, row), sure=alone)

    def _by_order(self, row: PaymentRow) -> Suggestion | None:
        said = compact(f"{row.reference} {row.payer}")
        orders = {order for order in self._orders if order in said}
        if not orders:
            return None
        order = max(orders, key=len)
        numbers = [one for one in self._orders[order] if self.open_on(one, row)]
        name = self.claims[self._orders[order][0]].order
        words = f"Order number {name} is in the reference"
        if not numbers:
            return Suggestion(f"{words}, but nothing is open on its invoices.")
        exact = [one for one in numbers if self.open_on(one, row) == abs(row.amount)]
        return self._divided(row, exact[:1] or numbers, words, len(exact) == 1)

    # --- how the money is divided --------------------------------------------------------------------
    def _divided(
        self, row: PaymentRow, numbers: Sequence[str], words: str, sure: bool
    ) -> Suggestion:
        """The payment over these invoices in turn; what is too much goes to the last and is held."""
        left, shares = abs(row.amount), []
        payable = [one for one in numbers if self.open_on(one, row)]
        if not payable:
            nothing = "nothing is owed on" if row.amount > 0 else "nothing is held on"
            return Suggestion(f"{words}, but {nothing} {'it' if len(numbers) == 1 else 'them'}.")
        for number in payable:
            part = min(left, self.open_on(number, row))
            left -= part
            if part:
                shares.append((number, part))
        if left and row.amount < 0:
            return Suggestion(f"{words}, but less than this is held for the agency.")
        if left:
            number, part = shares[-1]
            shares[-1] = (number, part + left)
            return Suggestion(
                f"{words}. {pounds(left)} is more than is owed.", tuple(shares), excess=left
            )
        paid = sum((self.open_on(one, row) for one in numbers), NOTHING) == abs(row.amount)
        if paid:
            return Suggestion(
                f"{words}, and the amount is what is {self._state(row)}.", tuple(shares), sure=sure
            )
        return Suggestion(
            f"{words}. The amount is part of what is {self._state(row)}.", tuple(shares)
        )

    def _in_full(self, numbers: Iterable[str], row: PaymentRow) -> Shares:
        return tuple((number, self.open_on(number, row)) for number in numbers)

    def _sets(self, numbers: Sequence[str]) -> Iterable[tuple[str, ...]]:
        """Invoices that one transfer may pay together: one, then all, then two or three; the oldest first."""
        yield from ((one,) for one in numbers)
        if len(numbers) > 1:
            yield tuple(numbers)
        if len(numbers) <= MOST_COMBINED:
            for size in range(2, min(MOST_TOGETHER, len(numbers) - 1) + 1):
                yield from combinations(numbers, size)

    def _why_not(self, numbers: Sequence[str], row: PaymentRow) -> str:
        """Why no invoices of an agency fit an amount."""
        if not numbers:
            return "it owes nothing." if row.amount > 0 else "nothing is held for it."
        total = pounds(sum((self.open_on(one, row) for one in numbers), NOTHING))
        on = counted(len(numbers), "invoice")
        said = f"It owes {total} on {on}." if row.amount > 0 else f"{total} is held for it on {on}."
        return f"no invoices come to this amount. {said}"

    @staticmethod
    def _state(row: PaymentRow) -> str:
        return "owed" if row.amount > 0 else "held"

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
        payer = compact(row.payer)
        best: dict[int, int] = {}
        for agency, words, name in self._names:
            cut = len(payer) >= SHORTEST_CUT and name.startswith(payer)
            if cut or (words and words <= said):
                best[agency] = max(best.get(agency, 0), len(name))
        longest = [agency for agency, size in best.items() if size == max(best.values())]
        return longest[0] if len(longest) == 1 else None

    def _open_of(self, agency: int, row: PaymentRow) -> list[str]:
        return [one for one in self._of_agency[agency] if self.open_on(one, row)]

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
    def _orders(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for claim in sorted(self.claims.values(), key=lambda claim: self._age(claim.number)):
            order = compact(claim.order)
            if len(order) >= SHORTEST_ORDER and any(sign.isdigit() for sign in order):
                found[order].append(claim.number)
        return dict(found)

    @cached_property
    def _names(self) -> list[tuple[int, frozenset[str], str]]:
        """Names of agencies, in words and as banks write them."""
        named = {(claim.agency, name) for claim in self.claims.values() for name in claim.names}
        return [(agency, words_of(name), compact(name)) for agency, name in sorted(named)]

    @cached_property
    def _named(self) -> dict[int, str]:
        return {claim.agency: claim.names[0] for claim in self.claims.values()}

    @cached_property
    def _of_agency(self) -> dict[int, list[str]]:
        """Numbers of each agency's invoices, the oldest first."""
        found = defaultdict(list)
        for claim in sorted(self.claims.values(), key=lambda claim: self._age(claim.number)):
            found[claim.agency].append(claim.number)
        return dict(found)


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
