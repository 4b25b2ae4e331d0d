"""What an event cost and brought in, and what agencies give in trainers' time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bookings.rules.money import NOTHING, to_pence
from courses.rules.catalogue import half_days
from govuk.rules.choice import Choice


class CostKind(Choice):
    """What money was spent on for an event."""

    VENUE = "venue", "Venue"
    TRAINER = "trainer", "Trainer"
    CATERING = "catering", "Catering"
    OTHER = "other", "Other"


@dataclass(frozen=True)
class CostResult:
    """Income and cost in pounds, without VAT, of one event or of several together."""

    places: int = 0
    attended: int = 0
    income: Decimal = NOTHING
    cost: Decimal = NOTHING

    def __add__(self, other: CostResult) -> CostResult:
        return CostResult(
            self.places + other.places,
            self.attended + other.attended,
            self.income + other.income,
            self.cost + other.cost,
        )

    @property
    def difference(self) -> Decimal:
        """Below zero if it cost more than it brought in."""
        return self.income - self.cost

    @property
    def cost_each(self) -> Decimal | None:
        """Cost for each person who came; None if nobody did."""
        return to_pence(self.cost / self.attended) if self.attended else None


def trainer_days(session_minutes: Iterable[int]) -> Decimal:
    """Days that one trainer gives: a session of up to four hours is half a day, a longer one a day."""
    return Decimal(half_days(session_minutes)) / 2
