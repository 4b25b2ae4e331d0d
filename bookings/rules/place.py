"""What a rule of a charging policy can name, and which of several rules applies: the most specific one.

Policies differ by course, kind of employer, sector, area, group, type of event, way of delivery and length
(docs/domain/rules.md, fees). A rule names only what it depends on. A rule for one course beats any general
one, then one for the payer's class, and so on down :data:`NAMED`; a rule for lengths beats one for any length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Protocol, TypeVar

from courses.rules.catalogue import half_days
from partnerships.rules.payers import Payer

# What a rule can name, the most specific first.
NAMED = ("course", "payer_class", "sector", "area", "group", "event_type", "delivery")
Labels = tuple[tuple[str, str], ...]
HALF_DAY_MINUTES = (
    240  # the longest session that counts as half a day, unless the policy says otherwise
)


@dataclass(frozen=True)
class Place:
    """A place at an event for one employer: everything that its price and its deadline depend on.

    The first seven are codes, empty if not known or for everyone. ``sittings`` are the minutes of each session,
    ``list_price`` the course's own price in pounds. ``labels`` is what people here call all that; it decides nothing.
    """

    course: str = ""
    payer_class: str = ""
    sector: str = ""
    area: str = ""
    group: str = ""
    event_type: str = ""
    delivery: str = ""
    sittings: tuple[int, ...] = ()
    list_price: Decimal | None = None
    half_day_minutes: int = HALF_DAY_MINUTES
    labels: Labels = field(default=(), compare=False)

    def for_payer(self, payer: Payer) -> Place:
        """The same place for an employer."""
        codes = {name: getattr(payer, name).code for name in ("payer_class", "sector", "area")}
        return replace(self, **codes)

    @property
    def minutes(self) -> int:
        """The event's length."""
        return sum(self.sittings)

    @property
    def half_days(self) -> int:
        """Each session is one half day or two."""
        return half_days(self.sittings, self.half_day_minutes)

    @property
    def days(self) -> int:
        """Two half days are a day, and so is one that is left over."""
        return (self.half_days + 1) // 2


@dataclass(frozen=True)
class AppliesTo:
    """The places that a rule is for. None means any; the lengths in minutes are both included."""

    course: str | None = None
    payer_class: str | None = None
    sector: str | None = None
    area: str | None = None
    group: str | None = None
    event_type: str | None = None
    delivery: str | None = None
    shortest: int | None = None
    longest: int | None = None

    def fits(self, place: Place) -> bool:
        """Whether everything that the rule names matches."""
        for name in NAMED:
            wanted = getattr(self, name)
            if wanted is not None and wanted != getattr(place, name):
                return False
        return (self.shortest or 0) <= place.minutes and (
            self.longest is None or place.minutes <= self.longest
        )

    @property
    def is_by_length(self) -> bool:
        """Whether it names a length."""
        return self.shortest is not None or self.longest is not None

    @property
    def rank(self) -> tuple[bool, ...]:
        """A bigger rank is more specific."""
        return (*(getattr(self, name) is not None for name in NAMED), self.is_by_length)


EVERYWHERE = AppliesTo()


class Scoped(Protocol):
    """A rule for some places."""

    @property
    def scope(self) -> AppliesTo: ...


R = TypeVar("R", bound=Scoped)


def most_specific(rules: Iterable[R], place: Place) -> R | None:
    """The rule that applies to a place; of two that are equally specific the first one; None if none fits."""
    fitting = [rule for rule in rules if rule.scope.fits(place)]
    return max(fitting, key=lambda rule: rule.scope.rank, default=None)


def rule_for(rules: Iterable[R], place: Place) -> R:
    """The same for rules of which every charging policy has one for all places."""
    found = most_specific(rules, place)
    if found is None:
        raise ValueError("No rule applies to every place.")
    return found
