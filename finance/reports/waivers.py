"""What was waived: by agency and reason, over a period; and every exemption."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bookings.models import Exemption
from bookings.rules.money import NOTHING
from bookings.rules.prices import ChargeKind
from finance.models import Charge, MitigationCase
from finance.rules.states import LETS_OFF, ChargeState, MitigationState

EXEMPT, BY_OURSELVES = "Exemption", "Without a request"


@dataclass(frozen=True)
class Waiver:
    """One decision: a request that was answered, or a charge that was waived without one. The amount is before VAT."""

    charge: Charge
    decided_on: date
    reason: str
    outcome: str
    amount: Decimal
    is_appeal: bool = False

    @property
    def is_waived(self) -> bool:
        return self.outcome != MitigationState.REFUSED.label


@dataclass
class WaiversOf:
    """What one agency was let off for one reason, and what it was refused."""

    agency: str
    reason: str
    waived: int = 0
    amount: Decimal = field(default=NOTHING)
    refused: int = 0

    def add(self, one: Waiver) -> None:
        if one.is_waived:
            self.waived += 1
            self.amount += one.amount
        else:
            self.refused += 1


WAIVER_COLUMNS: dict[str, Callable[[Waiver], Any]] = {
    "decided_on": lambda one: one.decided_on,
    "agency": lambda one: one.charge.agency.name,
    "reason": lambda one: one.reason,
    "outcome": lambda one: one.outcome,
    "appeal": lambda one: "yes" if one.is_appeal else "no",
    "amount": lambda one: one.amount,
    "kind": lambda one: ChargeKind(one.charge.kind).label,
    "booking": lambda one: one.charge.booking.reference,
    "course": lambda one: one.charge.booking.event.course.title,
    "event": lambda one: one.charge.booking.event.reference,
}


def waivers_between(first: date, last: date) -> list[Waiver]:
    """Every decision of these days, both included, in their order. Two queries."""
    requests = MitigationCase.objects.exclude(state=MitigationState.OPEN)
    answered = requests.filter(decided_at__date__range=(first, last)).select_related(
        "ground", *(f"charge__{one}" for one in DETAILS)
    )
    asked = MitigationCase.objects.filter(state__in=sorted(LETS_OFF)).values("charge")
    waived = Charge.objects.filter(state=ChargeState.WAIVED, decided_at__date__range=(first, last))
    unasked = waived.exclude(pk__in=asked).select_related(*DETAILS)
    found = [*map(of_request, answered), *map(of_charge, unasked)]
    return sorted(found, key=lambda one: (one.decided_on, one.charge.pk))


DETAILS = ("agency", "booking__event__course")


def of_request(case: MitigationCase) -> Waiver:
    """What came of a request."""
    let_off = case.state in LETS_OFF
    return Waiver(
        charge=case.charge,
        decided_on=timezone.localdate(case.decided_at),
        reason=case.ground_name,
        outcome=MitigationState(case.state).label,
        amount=case.charge.amount if let_off else NOTHING,
        is_appeal=case.appeal_against_id is not None,
    )


def of_charge(charge: Charge) -> Waiver:
    """A charge that was waived without a request."""
    return Waiver(
        charge=charge,
        decided_on=timezone.localdate(charge.decided_at),
        reason=EXEMPT if charge.exemption_id else BY_OURSELVES,
        outcome=ChargeState.WAIVED.label,
        amount=charge.amount,
    )


def by_agency_and_reason(waivers: Iterable[Waiver]) -> list[WaiversOf]:
    """Sums, by agency and then by reason."""
    sums: dict[tuple[str, str], WaiversOf] = {}
    for one in waivers:
        key = (one.charge.agency.name, one.reason)
        sums.setdefault(key, WaiversOf(*key)).add(one)
    return [sums[key] for key in sorted(sums)]


def exemptions_to_list() -> QuerySet[Exemption]:
    """Every exemption with what the list says of it."""
    rows: QuerySet[Exemption] = Exemption.objects.select_related(
        "agency", "booking", "granted_by__user", "ended_by__user"
    )
    return rows.order_by("-granted_at", "-pk")
