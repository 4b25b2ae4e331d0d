"""Enter the workforce group of someone who did not know it."""

from __future__ import annotations

from django.db import transaction

from partnerships.models import Employment, WorkforceGroup
from partnerships.steps.undecided import AlreadyDecided


@transaction.atomic
def set_group(*, employment: Employment, group: WorkforceGroup) -> Employment:
    """Enter the group of a job; places that wait for it are settled by a sweep.

    :raises AlreadyDecided: someone has entered one.
    """
    locked: Employment = Employment.objects.select_for_update(of=("self",)).get(pk=employment.pk)
    if locked.group_id is not None:
        raise AlreadyDecided(locked)
    locked.group = group
    locked.save()
    return locked
