"""What is known of an agency on a day, and the payer class that follows from it.

Turnover, contributions and places change, so every fact is dated (docs/domain/rules.md, payer classes). The class is
what somebody set by hand, or what the first fitting rule of the partnership makes of the facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from govuk.rules.choice import Choice
from govuk.rules.phrases import listed, short_date


class Gives(Choice):
    """What an agency contributes to the partnership."""

    ANYTHING = "anything", "Contributes money or in kind"
    MONEY = "money", "Contributes money"
    IN_KIND = "in_kind", "Contributes in kind"
    NOTHING = "nothing", "Does not contribute"


@dataclass(frozen=True)
class Named:
    """An entry of one of the partnership's lists; what people call it decides nothing."""

    code: str = ""
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Facts:
    """What is known of an agency from ``since`` on; ``turnover`` in pounds a year."""

    since: date
    payer_class: Named = Named()
    sector: Named = Named()
    area: Named = Named()
    gives_money: bool = False
    gives_in_kind: bool = False
    turnover: Decimal | None = None
    staff: int | None = None

    def gives(self, what: Gives) -> bool:
        """Whether the agency contributes in that way."""
        return {
            Gives.ANYTHING: self.gives_money or self.gives_in_kind,
            Gives.MONEY: self.gives_money,
            Gives.IN_KIND: self.gives_in_kind,
            Gives.NOTHING: not (self.gives_money or self.gives_in_kind),
        }[what]


@dataclass(frozen=True)
class ClassRule:
    """Which agencies belong to a payer class. None asks nothing; bounds are from, included, to below."""

    payer_class: Named
    sector: Named | None = None
    area: Named | None = None
    gives: Gives | None = None
    turnover_from: Decimal | None = None
    turnover_below: Decimal | None = None
    staff_from: int | None = None
    staff_below: int | None = None

    def fits(self, facts: Facts) -> bool:
        """Whether all that the rule asks is known and true."""
        return (
            self.sector in {None, facts.sector}
            and self.area in {None, facts.area}
            and (self.gives is None or facts.gives(self.gives))
            and within(facts.turnover, self.turnover_from, self.turnover_below)
            and within(facts.staff, self.staff_from, self.staff_below)
        )

    @property
    def words(self) -> str:
        """What the rule asks: "Voluntary and community, turnover from £250,000"."""
        parts = [one.name for one in (self.sector, self.area) if one is not None]
        if self.gives is not None:
            parts.append(self.gives.label)
        parts += bounds("turnover", self.turnover_from, self.turnover_below, "£{:,.0f}")
        parts += bounds("staff", self.staff_from, self.staff_below, "{}")
        words = ", ".join(parts) or "All other agencies"
        return words[0].upper() + words[1:]


@dataclass(frozen=True)
class Payer:
    """Who pays for a place, on one day. ``why`` says which fact decided the payer class; it decides nothing."""

    payer_class: Named = Named()
    sector: Named = Named()
    area: Named = Named()
    why: str = field(default="", compare=False)


UNKNOWN_PAYER = Payer()  # no facts: no price fits, so a person decides


def known_on(day: date, history: Iterable[Facts]) -> Facts | None:
    """What is known of an agency on a day: the newest that has begun."""
    begun = (facts for facts in history if facts.since <= day)
    return max(begun, key=lambda one: one.since, default=None)


def payer_from(facts: Facts, rules: Iterable[ClassRule]) -> Payer:
    """Who an agency is to the charging policy; ``rules`` only matter if no class was set by hand."""
    since = f"as recorded from {short_date(facts.since)}"
    if facts.payer_class.code:
        return Payer(facts.payer_class, facts.sector, facts.area, f"Set for this agency, {since}")
    rule = next((one for one in rules if one.fits(facts)), None)
    if rule is None:
        return Payer(Named(), facts.sector, facts.area, f"No rule fits the facts, {since}")
    return Payer(rule.payer_class, facts.sector, facts.area, f"{rule.words}, {since}")


def within(value: Decimal | int | None, lowest: object, below: object) -> bool:
    """Whether a number is known, if either bound asks for one, and lies between them."""
    if lowest is None and below is None:
        return True
    if value is None:
        return False
    return (lowest is None or value >= lowest) and (below is None or value < below)  # type: ignore[operator]


def bounds(what: str, lowest: object, below: object, form: str) -> list[str]:
    """Both bounds in words; nothing if there are none."""
    parts = [f"from {form.format(lowest)}"] if lowest is not None else []
    parts += [f"below {form.format(below)}"] if below is not None else []
    return [f"{what} {listed(parts)}"] if parts else []
