"""Say which roles someone has, from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from competencies.models import RoleAssignment, RoleProfile
from partnerships.models import Membership


@transaction.atomic
def assign_role_profiles(
    *, person: Membership, profiles: Iterable[RoleProfile], since: date
) -> list[RoleAssignment]:
    """From ``since`` the person has these roles and no others; returns the new ones.

    Roles that continue keep their first day, because pathways count from it. Roles no longer named end the day
    before; one that would begin on the day or later is removed. Sent twice, it changes nothing.
    """
    # The person's row is the lock: two forms sent at once would each see the roles of before.
    Membership.objects.select_for_update().get(pk=person.pk)
    wanted = {profile.pk: profile for profile in profiles}
    going_on = RoleAssignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=since), membership=person
    )
    kept = set()
    for assignment in going_on:
        if assignment.role_profile_id in wanted and assignment.since <= since:
            kept.add(assignment.role_profile_id)
            RoleAssignment.objects.filter(pk=assignment.pk, until__isnull=False).update(until=None)
        else:
            end(assignment, since)
    return [begin(person, profile, since) for pk, profile in wanted.items() if pk not in kept]


def end(assignment: RoleAssignment, since: date) -> None:
    """End it the day before, or remove it if it had not begun by then."""
    if assignment.since >= since:
        assignment.delete()
        return
    assignment.until = since - timedelta(days=1)
    assignment.save()


def begin(person: Membership, profile: RoleProfile, since: date) -> RoleAssignment:
    """Start it, without an end."""
    assignment: RoleAssignment = RoleAssignment.objects.create(
        membership=person, role_profile=profile, since=since
    )
    return assignment
