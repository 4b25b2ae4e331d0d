"""Emails about accounts: signing up, new passwords, what changed. They belong to no partnership."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from govuk.rules.choice import Choice
from tenancy.models.typed import Typed


class AccountMailState(Choice):
    PENDING = "pending", "To send"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Not delivered"


class AccountMailQuerySet(models.QuerySet["AccountMail"]):
    def due(self, now: datetime) -> AccountMailQuerySet:
        return self.filter(state=AccountMailState.PENDING, due_at__lte=now)


class AccountMail(Typed):
    """An email that may contain a link to open an account.

    An account opens every partnership on the site, so no partnership's office may read, search or send these again:
    they are not in its outbox, there is no admin for them, no history is kept, and the database holds their text
    only until they are sent.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="The account it is about. Empty if no account has this address.",
    )
    kind = models.CharField(max_length=60, help_text="The name of its template.")
    from_name = models.CharField(
        max_length=100, help_text="The partnership whose site it was requested from."
    )
    reply_to = models.EmailField()
    to_email = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=AccountMailState.choices(), default=AccountMailState.PENDING
    )
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    objects: ClassVar[AccountMailQuerySet] = AccountMailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="pending") | models.Q(text="", html=""),
                name="account_mail_text_goes_with_it",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="pending"), name="account_mail_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_email}"
