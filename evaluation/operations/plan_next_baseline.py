"""Ask people the questions before the course if they saw no page with them when they got their place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from evaluation.models import SurveyInvitation
from evaluation.models.survey import NOT_SENT
from evaluation.rules.states import Stage
from evaluation.terms.asking import not_asked_yet, plan_here, questionnaire_for
from outbox.sweeps import take


@transaction.atomic
def plan_next_baseline(*, now: datetime) -> int:
    """Plan one baseline; 0 when no one is left to ask.

    Someone who books for themselves is asked on the next page. People who were booked by a lead, or take a
    colleague's place or one from the waiting list, get a link. An invitation that was withdrawn with an earlier
    booking is used again.
    """
    if not plan_here().baseline_at_booking:
        return 0
    booking: Booking | None = take(
        Booking.objects.of_people_still_here(timezone.localdate(now))
        .filter(
            not_asked_yet(Stage.BASELINE),
            state=BookingState.BOOKED,
            event__starts_at__gt=now,
            walk_in=False,
        )
        .select_related("event__course", "membership")
        .order_by("pk")
    )
    if booking is None:
        return 0
    today = timezone.localdate(now)
    last = timezone.localdate(booking.event.ends_at)
    SurveyInvitation.objects.update_or_create(
        event=booking.event,
        membership=booking.membership,
        stage=Stage.BASELINE,
        defaults=NOT_SENT
        | {
            "booking": booking,
            "questionnaire": questionnaire_for(Stage.BASELINE, booking.event.course, last),
            "due_on": today,
        },
    )
    return 1
