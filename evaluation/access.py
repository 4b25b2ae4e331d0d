"""Links to questionnaires that need no sign-in, and who may read what was answered."""

from __future__ import annotations

from datetime import date

from bookings.access import may_manage, read_token, signed
from evaluation.models import Certificate, EvaluationPlan, SurveyInvitation
from partnerships.models import Membership
from partnerships.rules.roles import Permission

SURVEY = "evaluation.survey"


def survey_token(invitation: SurveyInvitation) -> str:
    """Names an invitation to the person who was asked. It opens nothing in another partnership."""
    return signed(SURVEY, invitation.pk)


def survey_of(token: str) -> SurveyInvitation | None:
    """The invitation that a token names; None if it was tampered with or belongs elsewhere."""
    pk = read_token(SURVEY, token)
    if pk is None:
        return None
    found: SurveyInvitation | None = (
        SurveyInvitation.objects.select_related(
            "event__course", "questionnaire", "membership__user", "booking"
        )
        .filter(pk=pk)
        .first()
    )
    return found


def may_read_answers(membership: Membership) -> bool:
    """Whether someone may read individual answers: the training team, and the subgroup if the partnership allows it."""
    if membership.may(Permission.READ_ANSWERS):
        return True
    if not membership.may(Permission.READ_INSIGHT):
        return False
    allowed: bool = EvaluationPlan.objects.filter(subgroup_reads_answers=True).exists()
    return allowed


def may_open_certificate(membership: Membership, certificate: Certificate, today: date) -> bool:
    """The holder, the lead of the agency that sent the holder, the training team."""
    booking = certificate.booking
    return membership.pk == booking.membership_id or may_manage(membership, booking, today)
