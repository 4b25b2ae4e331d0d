"""Whatever is asked about a job is decided once, by whoever is first."""

from __future__ import annotations

from partnerships.models import Employment, EmploymentState, Membership
from partnerships.rules.refused import refuse


class AlreadyDecided(Exception):
    """Someone else was quicker; ``employment`` says how it was decided."""

    def __init__(self, employment: Employment) -> None:
        super().__init__()
        self.employment = employment


def still_pending(employment: Employment, by: Membership) -> Employment:
    """The row, locked, so that two answers at once do not both count. No one decides on their own job."""
    if employment.membership_id == by.pk:
        raise refuse("own_job", "Someone else has to confirm your own job.")
    locked: Employment = Employment.objects.select_for_update(of=("self",)).get(pk=employment.pk)
    if locked.state != EmploymentState.PENDING:
        raise AlreadyDecided(locked)
    return locked
