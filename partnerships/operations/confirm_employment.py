"""Confirm that a person works for an agency."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from outbox.operations.queue_message import queue_message
from partnerships.emails import tell_confirmed
from partnerships.models import Employment, EmploymentState, Membership


class AlreadyDecided(Exception):
    """Someone else was quicker; ``employment`` says how it was decided."""

    def __init__(self, employment: Employment) -> None:
        super().__init__()
        self.employment = employment


@transaction.atomic
def confirm_employment(*, employment: Employment, by: Membership, now: datetime) -> Employment:
    """The person works there, so they can book from now on."""
    employment = still_pending(employment)
    employment.state = EmploymentState.CONFIRMED
    employment.confirmed_by, employment.confirmed_at = by, now
    employment.save()
    queue_message(mail=tell_confirmed(employment), due_at=now)
    return employment


def still_pending(employment: Employment) -> Employment:
    """The row, locked, so that two answers at once do not both count."""
    locked: Employment = Employment.objects.select_for_update(of=("self",)).get(pk=employment.pk)
    if locked.state != EmploymentState.PENDING:
        raise AlreadyDecided(locked)
    return locked
