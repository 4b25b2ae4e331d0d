"""Enter something that an event cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bookings.rules.money import pounds
from bookings.steps.sent_before import refuse_if_altered
from courses.models import Event
from finance.models import EventCost
from finance.rules.costs import CostKind
from finance.rules.debt import day_reasons
from partnerships.models import Membership
from partnerships.rules.refused import Refused

IF_WANTED = (
    "Remove it if it was wrong. To enter what you have typed now as well, send the form again."
)


@dataclass(frozen=True)
class CostEntry:
    """What was typed: pounds without VAT, and the day of the cost. ``key`` names the form."""

    kind: CostKind
    description: str
    amount: Decimal
    incurred_on: date
    key: UUID


@transaction.atomic
def enter_event_cost(*, event: Event, entry: CostEntry, by: Membership, at: datetime) -> EventCost:
    """One cost of an event. The same form sent twice is one cost."""
    said = {
        "event_id": event.pk,
        "kind": entry.kind,
        "description": entry.description,
        "amount": entry.amount,
        "incurred_on": entry.incurred_on,
    }
    if faults := day_reasons(entry.incurred_on, timezone.localdate(at), "incurred_on"):
        raise Refused(*faults)
    made: EventCost
    made, new = EventCost.objects.get_or_create(
        entry_key=entry.key, defaults=said | {"entered_by": by, "entered_at": at}
    )
    if not new:
        entered = f"{pounds(made.amount)} was entered for {made.description}"
        refuse_if_altered(made, entered=entered, next_step=IF_WANTED, **said)
    return made
