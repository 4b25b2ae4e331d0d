"""Stop asking if there is nothing to ask about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evaluation.emails import about_invitation
from evaluation.models import SurveyInvitation
from evaluation.rules.states import InvitationState
from evaluation.terms.asking import asked_in_vain
from outbox.operations.cancel_messages import cancel_messages
from outbox.sweeps import take


@transaction.atomic
def withdraw_next_survey(*, now: datetime) -> int:
    """Withdraw one invitation that is no longer needed, with its unsent emails; 0 when there is none."""
    invitation: SurveyInvitation | None = take(
        asked_in_vain(timezone.localdate(now)).order_by("pk")
    )
    if invitation is None:
        return 0
    invitation.state = InvitationState.WITHDRAWN
    invitation.save()
    cancel_messages(about=about_invitation(invitation))
    return 1
