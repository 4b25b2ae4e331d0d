"""Record what a place costs beyond its fee."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from bookings.emails.extras import tell_extra_cost
from bookings.models import Booking, ExtraCost
from bookings.rules.extras import extra_amount_reason
from bookings.rules.money import pounds, to_pence
from bookings.steps.keep_extras import booking_with_open_extras, keep_extras
from bookings.steps.sent_before import refuse_if_altered
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def record_extra_cost(
    *,
    booking: Booking,
    description: str,
    amount: Decimal,
    agreed_by: str,
    by: Membership,
    at: datetime,
    entry_key: UUID | None = None,
) -> ExtraCost:
    """Record one cost in pounds and tell the agency’s leads. The same form (``entry_key``) records it once."""
    said = {"description": description, "amount": to_pence(amount), "agreed_by": agreed_by}
    locked = booking_with_open_extras(booking)
    before: ExtraCost | None = ExtraCost.objects.filter(entry_key=entry_key or uuid4()).first()
    if before is not None:
        entered = f"{pounds(before.amount)} for “{before.description}” was recorded"
        step = "If that was wrong, withdraw it. To record another cost, send the form again."
        refuse_if_altered(before, entered=entered, next_step=step, **said)
        return before
    reason = extra_amount_reason(amount)
    if reason is not None:
        raise Refused(reason)
    if not description.strip() or not agreed_by.strip():
        raise refuse(
            "description", "Enter what the cost is for, and who at the agency agreed to it."
        )
    made: ExtraCost = ExtraCost.objects.create(
        booking=locked, entered_by=by, entered_at=at, entry_key=entry_key or uuid4(), **said
    )
    keep_extras(locked)
    tell_extra_cost(made, locked, at)
    return made
