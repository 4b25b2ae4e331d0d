"""Ask the questions before the course on the page that follows a booking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking
from evaluation.models import SurveyInvitation
from evaluation.rules.states import IS_OPEN, InvitationState, Stage
from evaluation.terms.baseline import baseline_of


@transaction.atomic
def ask_baseline(*, booking: Booking, now: datetime) -> SurveyInvitation | None:
    """The invitation whose page comes next; None if nothing is asked or everything has been answered.

    Written with the booking, so that no sweep emails a link to someone who is reading the questions right now.
    People who leave them for later are reminded like everyone else. One upsert, because a sweep may plan the same
    invitation at this moment.
    """
    today = timezone.localdate(now)
    questionnaire = baseline_of(booking.event.course_id, today)
    if questionnaire is None:
        return None
    begins = timezone.localdate(booking.event.starts_at)
    [invitation] = SurveyInvitation.objects.bulk_create(
        [
            SurveyInvitation(
                event=booking.event,
                membership=booking.membership,
                stage=Stage.BASELINE,
                booking=booking,
                questionnaire=questionnaire,
                due_on=today,
                sent_on=today,
                closes_on=begins,
                state=InvitationState.SENT,
            )
        ],
        update_conflicts=True,
        unique_fields=["event", "membership", "stage"],
        update_fields=["booking"],
    )
    invitation.refresh_from_db()  # what a sweep or an answer by link has done with it stays
    if invitation.state in {InvitationState.LAPSED, InvitationState.WITHDRAWN}:
        invitation.begin_again()
        invitation.questionnaire, invitation.state = questionnaire, InvitationState.SENT
        invitation.sent_on, invitation.closes_on = today, begins
        invitation.save()
    return invitation if invitation.state in IS_OPEN else None
