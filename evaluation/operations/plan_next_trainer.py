"""Plan what trainers are asked about an event whose register is closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courses.models import EventTrainer
from evaluation.rules.states import Stage
from evaluation.steps.plan_survey import plan_survey
from evaluation.terms.asking import (
    trainers_to_ask,
)
from outbox.sweeps import take


@transaction.atomic
def plan_next_trainer(*, now: datetime) -> int:
    """Plan the questionnaire of one trainer; 0 when all are planned."""
    row: EventTrainer | None = take(
        trainers_to_ask().select_related("event__course", "trainer__membership").order_by("pk")
    )
    if row is None or row.trainer.membership is None:
        return 0
    plan_survey(row.event, row.trainer.membership, Stage.TRAINER, None)
    return 1
