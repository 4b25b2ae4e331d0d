"""Give and take roles; open and close someone's access."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from partnerships.models import Membership
from partnerships.rules.reasons import Reason
from partnerships.rules.roles import Role
from partnerships.terms import access_reasons


class NotAllowed(Exception):
    """The person may not make the change; ``reasons`` say why."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(" ".join(map(str, reasons)))
        self.reasons = reasons


@transaction.atomic
def set_access(
    *, membership: Membership, roles: Iterable[str], is_active: bool, by: Membership
) -> Membership:
    """Store what the person may do from now on.

    Administrators are locked first, so that two who remove each other at once leave one.
    """
    chosen = [role.value for role in Role if role.value in set(roles)]
    list(
        Membership.objects.holding(Role.ADMINISTRATOR)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    reasons = access_reasons(membership=membership, roles=roles, is_active=is_active, by=by)
    if reasons:
        raise NotAllowed(reasons)
    locked: Membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    locked.roles, locked.is_active = chosen, is_active
    locked.save()
    return locked
