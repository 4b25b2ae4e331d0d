"""Give and take roles; open and close someone's access."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from partnerships.models import Membership
from partnerships.rules.granting import granting_reasons
from partnerships.rules.reasons import Reason
from partnerships.rules.roles import Role


class NotAllowed(Exception):
    """The person may not make the change; ``reasons`` say why."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(" ".join(map(str, reasons)))
        self.reasons = reasons


def access_reasons(
    *, membership: Membership, roles: Iterable[str], is_active: bool, by: Membership
) -> tuple[Reason, ...]:
    """Why the change is not possible, from what is stored now."""
    stored: Membership = Membership.objects.get(pk=membership.pk)
    others = Membership.objects.active().holding(Role.ADMINISTRATOR).exclude(pk=stored.pk)
    is_last = stored.is_active and Role.ADMINISTRATOR.value in stored.roles and not others.exists()
    return granting_reasons(
        stored.roles,
        roles,
        by.permissions,
        own=stored.pk == by.pk,
        access_changes=is_active != stored.is_active,
        last_administrator=is_last,
        stays=is_active,
    )


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
