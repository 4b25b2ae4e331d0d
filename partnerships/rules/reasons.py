"""What rules return: reasons that people can read, and the steps to an amount or a date.

The same object is shown on the page, written in the email and the PDF, stored with the record and
compared in tests, so no two places can give different grounds for one decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govuk.rules.choice import Choice


class Kind(Choice):
    """How serious a reason is."""

    BLOCKS = "blocks", "Not possible"
    NEEDS_APPROVAL = "needs_approval", "Needs approval"
    WARNS = "warns", "Please note"


@dataclass(frozen=True)
class Reason:
    """One ground: a stable code for programs, a sentence and a next step for people."""

    kind: Kind
    code: str
    sentence: str
    next_step: str = ""

    def __str__(self) -> str:
        """The whole reason as people read it: what is in the way, and what to do about it."""
        return f"{self.sentence} {self.next_step}".strip()


def blocks(reasons: Iterable[Reason]) -> bool:
    """Whether any reason stands in the way."""
    return any(reason.kind is Kind.BLOCKS for reason in reasons)


def codes(reasons: Iterable[Reason]) -> frozenset[str]:
    """The reasons' codes, for programs that ask about one of them."""
    return frozenset(reason.code for reason in reasons)


@dataclass(frozen=True)
class Explanation:
    """How an amount (pounds) or a date was worked out: the clause, the inputs, each step."""

    amount: Decimal | None
    clause: str
    inputs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; the amount is text, because JSON numbers lose pence."""
        return {
            "amount": None if self.amount is None else str(self.amount),
            "clause": self.clause,
            "inputs": [list(pair) for pair in self.inputs],
            "steps": list(self.steps),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Explanation:
        """The explanation that :meth:`to_json` wrote."""
        amount = data["amount"]
        return cls(
            amount=None if amount is None else Decimal(amount),
            clause=data["clause"],
            inputs=tuple((label, value) for label, value in data["inputs"]),
            steps=tuple(data["steps"]),
        )
