"""Confirm that a person works for an agency."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from outbox.operations.queue_message import queue_message
from partnerships.emails import tell_confirmed
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.steps.undecided import still_pending


@transaction.atomic
def confirm_employment(*, employment: Employment, by: Membership, now: datetime) -> Employment:
    """The person works there, so they can book from now on."""
    employment = still_pending(employment, by)
    employment.state = EmploymentState.CONFIRMED
    employment.confirmed_by, employment.confirmed_at = by, now
    employment.save()
    queue_message(mail=tell_confirmed(employment), due_at=now)
    return employment
