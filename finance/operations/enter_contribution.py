"""Enter money that an agency contributes for a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from bookings.rules.money import pounds
from bookings.steps.sent_before import refuse_if_altered
from finance.models import Contribution
from finance.rules.years import FinancialYear
from partnerships.models import Agency, Membership

IF_WANTED = (
    "Remove it if it was wrong. To enter what you have typed now as well, send the form again."
)


@dataclass(frozen=True)
class ContributionEntry:
    """What was typed, in pounds. ``key`` names the form."""

    agency: Agency
    year: FinancialYear
    amount: Decimal
    note: str
    key: UUID


@transaction.atomic
def enter_contribution(*, entry: ContributionEntry, by: Membership, at: datetime) -> Contribution:
    """One contribution; an agency can make several in a year. The same form sent twice is one."""
    said = {
        "agency_id": entry.agency.pk,
        "year": entry.year.begins,
        "amount": entry.amount,
        "note": entry.note,
    }
    made: Contribution
    made, new = Contribution.objects.get_or_create(
        entry_key=entry.key, defaults=said | {"entered_by": by, "entered_at": at}
    )
    if not new:
        entered = f"{pounds(made.amount)} was entered for {made.agency}"
        refuse_if_altered(made, entered=entered, next_step=IF_WANTED, **said)
    return made
