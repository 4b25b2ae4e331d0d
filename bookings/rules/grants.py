"""Grants: money set aside for employers that could not pay, by a code that they enter or without one.

A grant takes something off the charges of some kinds for a number of places (docs/domain/rules.md, grants). What was
agreed is kept with the booking, so a grant that ends or changes later changes nothing for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bookings.rules.fees import Price
from bookings.rules.money import percent_of, pounds
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.states import HOLDS_A_PLACE, BookingState
from govuk.rules.phrases import counted, short_date
from partnerships.rules.reasons import Kind, Reason

# Bookings that have used a place of their grant. One that is cancelled in time gives it back; so does one that a
# colleague takes over, because that booking has it then.
USES_A_GRANT = HOLDS_A_PLACE | {BookingState.LATE_CANCELLED}
OR_EMPTY = "Check it, or leave the box empty to book without it."


@dataclass(frozen=True)
class GrantTerms:
    """What a grant takes off: a percentage, or at most an amount in pounds, of each charge of these kinds."""

    name: str
    kinds: frozenset[ChargeKind]
    percent: Decimal | None = None
    amount: Decimal | None = None

    def taken_off(self, price: Price, kind: ChargeKind) -> Price:
        """The price that is left. What a person decides is only said, so that they take it off."""
        if kind not in self.kinds or price.outcome is FeeOutcome.FREE:
            return price
        told = price.explanation
        if price.outcome is FeeOutcome.DECISION:
            step = f"The grant “{self.name}” takes {self.in_words} off what is decided."
            return replace(price, explanation=replace(told, steps=(*told.steps, step)))
        off = self._off(price.amount)
        left = price.amount - off
        less = f"less grant “{self.name}” {pounds(off)}"
        step = f"{pounds(price.amount)} {less} comes to {pounds(left)}."
        return replace(
            price,
            outcome=FeeOutcome.AMOUNT if left else FeeOutcome.FREE,
            amount=left,
            explanation=replace(told, amount=left, steps=(*told.steps, step)),
        )

    def _off(self, amount: Decimal) -> Decimal:
        if self.percent is not None:
            return min(amount, percent_of(amount, self.percent))
        return min(amount, self.amount or Decimal(0))

    @property
    def in_words(self) -> str:
        """“50%”, or “£40.00”."""
        if self.percent is not None:
            return f"{self.percent.normalize():f}%"
        return pounds(self.amount or Decimal(0))

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; numbers are text, because JSON numbers lose pence."""
        return {
            "name": self.name,
            "kinds": sorted(self.kinds),
            "percent": None if self.percent is None else str(self.percent),
            "amount": None if self.amount is None else str(self.amount),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> GrantTerms | None:
        """The terms that :meth:`to_json` wrote; None for a booking without a grant."""
        if not data:
            return None
        percent, amount = data["percent"], data["amount"]
        return cls(
            name=data["name"],
            kinds=frozenset(ChargeKind(kind) for kind in data["kinds"]),
            percent=None if percent is None else Decimal(percent),
            amount=None if amount is None else Decimal(amount),
        )


@dataclass(frozen=True)
class GrantOffered:
    """A grant of the partnership: for whom, from when until when (both included), and for how many places.

    ``code`` is empty if it is given without being asked for. ``agencies`` are ids, ``payer_classes`` codes; with
    neither it is for every employer. ``pk`` tells grants apart.
    """

    pk: int
    code: str
    terms: GrantTerms
    places: int
    valid_from: date
    valid_until: date | None = None
    agencies: frozenset[int] = frozenset()
    payer_classes: frozenset[str] = frozenset()

    def is_for(self, agency: int, payer_class: str) -> bool:
        """Whether an employer can have it."""
        if not self.agencies and not self.payer_classes:
            return True
        return agency in self.agencies or payer_class in self.payer_classes

    def holds_on(self, today: date) -> bool:
        """Whether a place that is booked today can have it."""
        return self.valid_from <= today and (self.valid_until is None or today <= self.valid_until)


@dataclass(frozen=True)
class GrantSought:
    """Who asks: the employer, the day of booking, and the code that was typed; ``used`` counts places by grant."""

    agency: int
    payer_class: str
    today: date
    code: str = ""
    used: Mapping[int, int] | None = None

    def left(self, grant: GrantOffered) -> int:
        """Places of the grant that no one has taken."""
        return grant.places - (self.used or {}).get(grant.pk, 0)


def bare_code(code: str) -> str:
    """As codes are compared: people type small letters, spaces and hyphens."""
    return re.sub(r"[\s\-–]", "", code).upper()


def grant_found(grants: Iterable[GrantOffered], sought: GrantSought) -> GrantOffered | None:
    """The grant that a place gets: that of the code if it can be used, otherwise one that needs no code.

    Of several, the one that ends first.
    """
    known = tuple(grants)
    typed = _by_code(known, sought.code)
    if typed is not None and code_reason(known, sought) is None:
        return typed
    fitting = [one for one in known if not one.code and _why_not(one, sought) is None]
    return min(fitting, key=lambda one: (one.valid_until or date.max, one.pk), default=None)


def code_reason(grants: Iterable[GrantOffered], sought: GrantSought) -> Reason | None:
    """Why a code that was typed cannot be used; None if it can, or if there is none."""
    if not bare_code(sought.code):
        return None
    grant = _by_code(grants, sought.code)
    if grant is None:
        sentence = f"We do not know the code “{sought.code.strip()}”."
        return Reason(Kind.BLOCKS, "grant_code", sentence, OR_EMPTY)
    why = _why_not(grant, sought)
    return None if why is None else Reason(Kind.BLOCKS, "grant_code", why, OR_EMPTY)


def _by_code(grants: Iterable[GrantOffered], code: str) -> GrantOffered | None:
    bare = bare_code(code)
    return next((one for one in grants if bare and bare_code(one.code) == bare), None)


def _why_not(grant: GrantOffered, sought: GrantSought) -> str | None:
    """The sentence that says why someone cannot have a grant."""
    name = f"The grant “{grant.terms.name}”"
    if not grant.is_for(sought.agency, sought.payer_class):
        return f"{name} is not for this employer."
    if sought.today < grant.valid_from:
        return f"{name} starts on {short_date(grant.valid_from)}."
    if grant.valid_until is not None and sought.today > grant.valid_until:
        return f"{name} ended on {short_date(grant.valid_until)}."
    if sought.left(grant) < 1:
        return f"{name} was for {counted(grant.places, 'place')}, and none is left."
    return None
