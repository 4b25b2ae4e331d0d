"""What finance does for bookings: see :mod:`bookings.ledger`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.settlement import Due
from courses.models import Event
from finance.emails import tell_of_charge
from finance.models import Charge, VatRow
from finance.operations.waive import waive
from finance.rules.states import UNDECIDED, ChargeState
from finance.rules.vat import untreated_reasons
from finance.terms.charges import charges_of_register, charges_to_waive, excused_places
from outbox.operations.cancel_messages import cancel_messages
from partnerships.models import Membership
from partnerships.rules.reasons import Kind, Reason
from tenancy import rulebook


class FinanceLedger:
    """Makes charges of what bookings owe."""

    @rulebook()  # what emails say of the partnership's rules is read once
    def raise_charges(self, *, booking: Booking, dues: Iterable[Due], at: datetime) -> None:
        """One charge for each kind that is due. Existing ones stay, because a person may have decided on them."""
        for due in dues:
            charge, is_new = Charge.objects.get_or_create(
                booking=booking,
                kind=due.kind,
                defaults={
                    "agency": booking.agency,
                    "state": first_state(due),
                    "amount": due.price.amount,
                    "explanation": due.price.explanation.to_json(),
                    "notice": due.notice,
                    "arose_on": arose_on(booking),
                    "created_at": at,
                    **spared(due, at),
                },
            )
            if is_new and charge.state != ChargeState.WAIVED:
                tell_of_charge(charge, at)

    def missing_for(self, *, kinds: Iterable[ChargeKind]) -> tuple[Reason, ...]:
        """Kinds of charge without a VAT treatment."""
        treated = VatRow.objects.values_list("kind", flat=True)
        found = untreated_reasons(kinds, treated)
        return tuple(replace(one, kind=Kind.WARNS) for one in found)

    def charges_to_waive(self, *, event: Event) -> list[Charge]:
        """Charges that are waived when the partnership cancels the event."""
        return charges_to_waive(event)

    def waive_charges(self, *, event: Event, reason: str, by: Membership, at: datetime) -> None:
        for charge in charges_to_waive(event):
            waive(charge=charge, reason=reason, by=by, at=at)

    def excused(self, *, bookings: Collection[int]) -> frozenset[int]:
        """Places whose charge was waived: there was a good reason for not using them."""
        return excused_places(bookings)

    def charges_of_register(self, *, event: Event) -> ChargesOfRegister:
        """Charges that closing the register has raised."""
        return ChargesOfRegister(charges_of_register(event))


@dataclass(frozen=True)
class ChargesOfRegister:
    """Charges that are withdrawn when the register is reopened, unless an ``obstacle`` keeps them."""

    rows: QuerySet[Charge]

    @property
    def count(self) -> int:
        return self.rows.count()

    @property
    def obstacle(self) -> Reason | None:
        """Why the charges must stay: finance has decided on them or invoiced them. A credit note corrects those."""
        if self.rows.filter(state=ChargeState.INVOICED).exists():
            sentence = "Charges from this register have been invoiced, so it stays closed."
            step = "Ask finance for a credit note instead."
            return Reason(Kind.BLOCKS, "already_invoiced", sentence, step)
        by_finance = self.rows.filter(exemption__isnull=True)
        decided = by_finance.exclude(state__in=sorted(UNDECIDED)).exists()
        if decided or self.rows.filter(mitigation_cases__isnull=False).exists():
            sentence = (
                "Finance has already decided on charges from this register, so it stays closed."
            )
            return Reason(Kind.BLOCKS, "already_decided", sentence)
        return None

    def hold(self) -> None:
        list(self.rows.select_for_update(of=("self",)))

    def withdraw(self) -> None:
        """Delete them, and emails about them that have not gone out. The history keeps them."""
        for pk, about in self.rows.values_list("pk", "booking__reference"):
            cancel_messages(about=about, key_prefix=f"charge:{pk}:")
        self.rows.delete()


def spared(due: Due, at: datetime) -> dict[str, Any]:
    """The columns of a charge that an exemption waives: what it would have been, and because of which exemption."""
    if due.price.exemption is None:
        return {}
    return {
        "amount": due.price.spared,
        "exemption_id": due.price.exemption,
        "decided_at": at,
        "decision_reason": due.price.explanation.steps[-1][:300],
    }


def first_state(due: Due) -> ChargeState:
    """Whether finance reviews an amount or has to set one, or an exemption waives it."""
    if due.price.exemption is not None:
        return ChargeState.WAIVED
    undecided = due.price.outcome is FeeOutcome.DECISION
    return ChargeState.NEEDS_DECISION if undecided else ChargeState.TO_REVIEW


def arose_on(booking: Booking) -> date:
    """The day a charge arose: when the message arrived, otherwise the event's last day."""
    return timezone.localdate(booking.cancel_received_at or booking.event.ends_at)
