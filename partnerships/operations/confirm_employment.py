"""Somebody's agency says that the person works there, or doesn't."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnerships.emails import tell_confirmed, tell_refused
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.operations.queue_message import queue_message


class AlreadyDecided(Exception):
    """Somebody else was quicker; ``employment`` says how it was decided."""

    def __init__(self, employment: Employment) -> None:
        super().__init__()
        self.employment = employment


@transaction.atomic
def confirm_employment(*, employment: Employment, by: Membership, now: datetime) -> Employment:
    """The person works there: bookings are open to them from now on."""
    employment = still_pending(employment)
    employment.state = EmploymentState.CONFIRMED
    employment.confirmed_by, employment.confirmed_at = by, now
    employment.save()
    queue_message(due_at=now, **tell_confirmed(employment))
    return employment


@transaction.atomic
def refuse_employment(
    *, employment: Employment, by: Membership, reason: str, now: datetime
) -> Employment:
    """The person does not work there; the reason is told."""
    employment = still_pending(employment)
    employment.state, employment.refusal_reason = EmploymentState.REFUSED, reason
    employment.confirmed_by, employment.confirmed_at = by, now
    employment.save()
    queue_message(due_at=now, **tell_refused(employment))
    return employment


def still_pending(employment: Employment) -> Employment:
    """The row, locked; two answers at once must not both count."""
    locked: Employment = Employment.objects.select_for_update(of=("self",)).get(pk=employment.pk)
    if locked.state != EmploymentState.PENDING:
        raise AlreadyDecided(locked)
    return locked
