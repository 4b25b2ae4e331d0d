"""Book a place and keep the baseline answers that came with it: one form, one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking, WaitingListEntry
from bookings.models.request import Details
from bookings.operations.join_waiting_list import book_or_wait
from bookings.reports.desk import Desk
from courses.models import Event
from evaluation.models import Question, SurveyInvitation
from evaluation.operations.record_response import record_response, write_answers
from evaluation.reports.baseline import Baseline
from evaluation.rules.states import InvitationState, Stage
from partnerships.models import Employment, Membership


@transaction.atomic
def book_with_baseline(
    *,
    event: Event,
    membership: Membership,
    employment: Employment,
    by: Membership,
    now: datetime,
    details: Details,
    wait_if_full: bool,
    baseline: Baseline | None,
    answers: Iterable[tuple[Question, str]] = (),
    override: str = "",
    desk: Desk | None = None,
) -> Booking | WaitingListEntry:
    """A place or a place in line, and the answers of before the course with either.

    Somebody who waits answered as truly as somebody who got a place; a person is asked once an event, so the
    answers join up whichever way the place comes.
    """
    outcome = book_or_wait(
        event=event,
        membership=membership,
        employment=employment,
        by=by,
        now=now,
        details=details,
        wait_if_full=wait_if_full,
        override=override,
        desk=desk,
    )
    if baseline is not None:
        booking = outcome if isinstance(outcome, Booking) else None
        keep_baseline(event, membership, baseline, booking, answers, now)
    return outcome


def keep_baseline(
    event: Event,
    membership: Membership,
    baseline: Baseline,
    booking: Booking | None,
    answers: Iterable[tuple[Question, str]],
    now: datetime,
) -> None:
    """The one baseline of a person and event, tied to the latest booking and answered as it is made."""
    today = timezone.localdate(now)
    earlier = baseline.invitation
    if earlier is not None:
        if booking is not None:
            earlier.booking = booking
            earlier.save(update_fields=["booking"])  # whatever else it says may have changed since
        record_response(invitation=earlier, answers=answers, now=now)
        return
    # A sweep may have planned to ask in this very moment; there is one invitation all the same.
    [invitation] = SurveyInvitation.objects.bulk_create(
        [
            SurveyInvitation(
                event=event,
                membership=membership,
                stage=Stage.BASELINE,
                booking=booking,
                questionnaire=baseline.questionnaire,
                due_on=today,
                sent_on=today,
                state=InvitationState.ANSWERED,
                answered_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["event", "membership", "stage"],
        update_fields=["booking", "questionnaire", "state", "answered_at"],
    )
    write_answers(invitation, answers, now)
