"""Plan what people are asked about an event whose register is closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evaluation.rules.states import Stage
from evaluation.steps.plan_survey import plan_survey
from evaluation.terms.asking import (
    bookings_to_ask,
)
from outbox.sweeps import take


@transaction.atomic
def plan_next_delegate(*, now: datetime) -> int:
    """Plan both questionnaires of one delegate who came; 0 when everyone's are planned.

    The row stays locked, so a second worker takes another one; the unique key prevents any other duplicate.
    """
    to_ask = bookings_to_ask(timezone.localdate(now))
    booking = take(to_ask.select_related("event__course", "membership").order_by("pk"))
    if booking is None:
        return 0
    for stage in (Stage.IMMEDIATE, Stage.IMPACT):
        plan_survey(booking.event, booking.membership, stage, booking)
    return 1
