"""Move invitations along with their event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evaluation.models import SurveyInvitation
from evaluation.rules.states import Stage
from evaluation.rules.timing import impact_due
from evaluation.terms.asking import last_day, plan_here, planned_for_another_day
from outbox.sweeps import take


@transaction.atomic
def move_next_survey(*, now: datetime) -> int:
    """Work out one invitation's days again from those of the moved event; 0 when all agree."""
    invitation: SurveyInvitation | None = take(
        planned_for_another_day().select_related("event").order_by("pk")
    )
    if invitation is None:
        return 0
    if invitation.stage == Stage.BASELINE:
        invitation.closes_on = timezone.localdate(invitation.event.starts_at)
    else:
        ended = last_day(invitation.event)
        invitation.counted_from = ended
        invitation.due_on = impact_due(ended, plan_here().impact_months)
    invitation.save()
    return 1
