"""Refuse to confirm that a person works for an agency."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from outbox.operations.queue_message import queue_message
from partnerships.emails import tell_refused
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.steps.undecided import still_pending


@transaction.atomic
def refuse_employment(
    *, employment: Employment, by: Membership, reason: str, now: datetime
) -> Employment:
    """The person does not work there, and is told why."""
    employment = still_pending(employment, by)
    employment.state, employment.refusal_reason = EmploymentState.REFUSED, reason
    employment.confirmed_by, employment.confirmed_at = by, now
    employment.save()
    queue_message(mail=tell_refused(employment), due_at=now)
    return employment
