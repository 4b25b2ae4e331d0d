"""Keep someone's answers, and do what depends on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from evaluation.emails import about_invitation
from evaluation.models import Certificate, Question, SurveyInvitation
from evaluation.operations.issue_certificate import issue_certificate
from evaluation.operations.record_response import record_response
from evaluation.rules.states import Stage
from outbox.operations.cancel_messages import cancel_messages


@transaction.atomic
def answer_survey(
    *, invitation: SurveyInvitation, answers: Iterable[tuple[Question, str]], now: datetime
) -> Certificate | None:
    """Keep the answers once, stop reminding, and issue the certificate that waited for them."""
    record_response(invitation=invitation, answers=answers, now=now)
    cancel_messages(about=about_invitation(invitation))
    if invitation.stage != Stage.IMMEDIATE or invitation.booking is None:
        return None
    return issue_certificate(booking=invitation.booking, now=now)
