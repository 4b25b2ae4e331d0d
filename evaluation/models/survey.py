"""Who was asked, and what was answered."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from bookings.models import Booking
from courses.models import Event
from evaluation.models.questionnaire import Question, Questionnaire
from evaluation.rules.states import IS_OPEN, WAS_ASKED, InvitationState, Stage
from partnerships.models import Membership
from tenancy import TenantForeignKey, TenantOneToOneField, scoped
from tenancy.models import TenantModel

# An invitation that begins again has sent nothing yet.
NOT_SENT: dict[str, Any] = {
    "state": InvitationState.PLANNED,
    "sent_on": None,
    "closes_on": None,
    "reminders_sent": 0,
    "reminded_on": None,
}


class InvitationQuerySet(models.QuerySet["SurveyInvitation"]):
    def open(self) -> InvitationQuerySet:
        """Invitations that can still be answered."""
        return self.filter(state__in=sorted(IS_OPEN))

    def due(self, today: date) -> InvitationQuerySet:
        """Invitations with something to send now."""
        return self.open().filter(due_on__lte=today)

    def answered(self) -> InvitationQuerySet:
        return self.filter(state=InvitationState.ANSWERED)

    def asked(self) -> InvitationQuerySet:
        """Invitations that were sent: the denominator of every response rate."""
        return self.filter(state__in=sorted(WAS_ASKED))


class SurveyInvitation(TenantModel):
    """One person is asked at one stage of one event, once. ``booking`` is empty for trainers."""

    stage = models.CharField(max_length=10, choices=Stage.choices())
    event = TenantForeignKey(Event, on_delete=models.PROTECT, related_name="survey_invitations")
    booking = TenantForeignKey(
        Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="survey_invitations"
    )
    membership = TenantForeignKey(
        Membership,
        on_delete=models.PROTECT,
        related_name="survey_invitations",
        verbose_name="person",
    )
    questionnaire = TenantForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="invitations"
    )
    state = models.CharField(
        "status", max_length=10, choices=InvitationState.choices(), default=InvitationState.PLANNED
    )
    due_on = models.DateField("due date")
    counted_from = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="The event’s last day when the due date was worked out. It differs if the event has moved since.",
    )
    sent_on = models.DateField("date sent", null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(
        "last reminder", null=True, blank=True, help_text="When the last reminder was sent."
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    closes_on = models.DateField("closing date", null=True, blank=True)

    objects: ClassVar[Any] = scoped(InvitationQuerySet)

    class Meta:
        ordering = ["-due_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "membership", "stage"], name="invitation_once_a_stage"
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "due_on"],
                condition=models.Q(state__in=["planned", "sent"]),
                name="invitation_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{Stage(self.stage).label}: {self.membership}"

    def begin_again(self) -> None:
        """As it was before it was first sent. Not saved."""
        for column, value in NOT_SENT.items():
            setattr(self, column, value)


class Response(TenantModel):
    """One person's answers to one invitation."""

    invitation = TenantOneToOneField(
        SurveyInvitation, on_delete=models.CASCADE, related_name="response"
    )
    submitted_at = models.DateTimeField("submitted")

    def __str__(self) -> str:
        return f"Response to {self.invitation}"


class Answer(TenantModel):
    """One answer: a number on the scale, or text."""

    response = TenantForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = TenantForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    number = models.SmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="answer_once_a_question"),
        ]

    def __str__(self) -> str:
        return self.text or str(self.number)
