"""Whose learning someone may see and vouch for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from partnerships.models import Employment, EmploymentState, Membership
from partnerships.models.people import EmploymentQuerySet, MembershipQuerySet
from partnerships.rules.roles import Permission
from partnerships.terms import agencies_led_by

ANSWERS_FOR_STAFF = (Permission.ANSWER_FOR_AGENCY, Permission.APPROVE_OWN_TEAM)
SEES_SINGLE_PEOPLE = (*ANSWERS_FOR_STAFF, Permission.RUN_TRAINING)


def jobs_of_staff(membership: Membership, today: date) -> EmploymentQuerySet:
    """Confirmed jobs of the people someone answers for: the staff of their agencies, and their own team.

    Both as of today: an agency no longer sees people who have left it, and a lead who has left sees no one.
    """
    mine = Q(pk__in=[])
    if membership.may(Permission.ANSWER_FOR_AGENCY):
        mine |= Q(agency__in=agencies_led_by(membership, today))
    if membership.may(Permission.APPROVE_OWN_TEAM):
        mine |= Q(line_manager=membership)
    confirmed: EmploymentQuerySet = Employment.objects.on(today).filter(
        mine, state=EmploymentState.CONFIRMED, membership__in=Membership.objects.active()
    )
    return confirmed


def staff_of(membership: Membership, today: date) -> MembershipQuerySet:
    """The people someone answers for; everyone for the training team."""
    people: MembershipQuerySet = Membership.objects.active().select_related("user")
    if membership.may(Permission.RUN_TRAINING):
        return people
    return people.filter(pk__in=jobs_of_staff(membership, today).values("membership"))


def vouches_for(by: Membership, person: Membership) -> bool:
    """Whether someone may say which of our courses learning from elsewhere counts as.

    Never for their own learning, except for the training team. That the person is on their staff is checked
    before (:func:`staff_of`).
    """
    if by.may(Permission.RUN_TRAINING):
        return True
    return by.pk != person.pk and any(by.may(permission) for permission in ANSWERS_FOR_STAFF)
