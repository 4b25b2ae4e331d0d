"""What needs attention for people who answer for staff."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from competencies.access import ANSWERS_FOR_STAFF, jobs_of_staff
from competencies.reports.staff import staff_list
from competencies.rules.standing import RequirementStanding
from govuk.rules.phrases import counted
from partnerships.attention import AttentionItem
from partnerships.models import Membership


def attention(now: datetime, membership: Membership) -> list[AttentionItem]:
    """Own staff with learning that is overdue."""
    if not any(membership.may(permission) for permission in ANSWERS_FOR_STAFF):
        return []
    today = timezone.localdate(now)
    overdue = staff_list(
        jobs_of_staff(membership, today), today, {"standing": RequirementStanding.OVERDUE}
    )
    if not overdue:
        return []
    text = f"{counted(len(overdue), 'member')} of your staff with overdue learning"
    address = f"{reverse('agency')}?standing={RequirementStanding.OVERDUE}"
    return [AttentionItem(text, len(overdue), address)]
