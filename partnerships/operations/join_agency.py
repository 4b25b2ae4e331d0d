"""Someone says where they work."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from outbox.operations.queue_message import queue_message
from partnerships.emails import ask_for_confirmation, ask_for_group
from partnerships.models import (
    Agency,
    Employment,
    EmploymentState,
    Membership,
    Partnership,
    User,
    WorkforceGroup,
    active_partnership,
)
from partnerships.rules.granting import needs_another_to_confirm
from partnerships.rules.roles import Role
from partnerships.terms import speaks_for, who_can_confirm


class AccessClosed(Exception):
    """The person's membership was closed by the partnership; joining again is not the way back."""


class AlreadyThere(Exception):
    """The person already works for the agency, or waits to be confirmed there."""


@transaction.atomic
def join_agency(
    *, user: User, agency: Agency, job_title: str, group: WorkforceGroup | None, now: datetime
) -> Employment:
    """Make the person a member, if necessary, and an employee of the agency.

    A verified address at one of the agency's domains is proof enough, except for people who could enter that domain
    themselves. Otherwise the agency's leads and the coordinators are asked. Until then the person can look around,
    and eligibility says what has to wait.
    """
    membership = member_for(active_partnership(), user)
    today = timezone.localdate(now)
    current = Employment.objects.filter(membership=membership, agency=agency).jobs_on(today)
    if current.exists():
        raise AlreadyThere
    known = speaks_for(user, agency) and not needs_another_to_confirm(membership.granted)
    employment: Employment = Employment.objects.create(
        membership=membership,
        agency=agency,
        group=group,
        job_title=job_title,
        starts_on=today,
        state=EmploymentState.CONFIRMED if known else EmploymentState.PENDING,
        confirmed_at=now if known else None,
    )
    asks = [] if known else [ask_for_confirmation]
    if group is None and WorkforceGroup.objects.exists():
        asks.append(ask_for_group)
    for approver in who_can_confirm(employment, today) if asks else ():
        for ask in asks:
            queue_message(mail=ask(employment, approver), due_at=now)
    return employment


def member_for(partnership: Partnership, user: User) -> Membership:
    """The person's membership; a new one, as practitioner, if there is none.

    Locked, so that a form sent twice finds the employment that it has just made.
    """
    Membership.objects.get_or_create(
        partnership=partnership, user=user, defaults={"roles": [Role.PRACTITIONER.value]}
    )
    membership: Membership = Membership.objects.select_for_update().get(user=user)
    if not membership.is_active:
        raise AccessClosed
    return membership
