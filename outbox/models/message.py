"""The outbox: every message is a visible row before it is an email."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from govuk.rules.choice import Choice
from tenancy import scoped
from tenancy.models.base import TenantModel


class MessageState(Choice):
    PENDING = "pending", "To send"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not delivered"
    CANCELLED = "cancelled", "Cancelled"


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> MessageQuerySet:
        return self.filter(state=MessageState.PENDING, due_at__lte=now)


class Message(TenantModel):
    """An email to send, and why. Written in the same transaction as the event it tells people about."""

    key = models.CharField(
        max_length=200,
        help_text="Identifies what the message is for. There is one message per key.",
    )
    why = models.CharField(
        "why we send it", max_length=300, help_text="Why we are sending it, in one sentence."
    )
    about = models.CharField(
        "what it is about",
        max_length=100,
        blank=True,
        help_text="The reference of what it is about.",
    )
    to_email = models.EmailField("email address")
    to_name = models.CharField("recipient", max_length=150, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(
        default=list, blank=True, help_text="A list of names, types and text content."
    )
    due_at = models.DateTimeField("due")
    state = models.CharField(
        "status", max_length=10, choices=MessageState.choices(), default=MessageState.PENDING
    )
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # Never changed once written, and may hold a link that signs someone in.
    history_excludes: ClassVar[tuple[str, ...]] = ("text", "html", "attachments")

    objects: ClassVar[Any] = scoped(MessageQuerySet)

    class Meta:
        ordering = ["-due_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key"], name="message_key_unique"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="message_sent_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "due_at"],
                condition=models.Q(state="pending"),
                name="message_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to_email}"
