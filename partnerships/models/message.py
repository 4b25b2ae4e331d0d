"""The outbox: every message is a visible row before it is a mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from partnerships.models.base import TenantModel
from partnerships.rules.choice import Choice
from partnerships.tenancy import scoped


class MessageState(Choice):
    """Where a message is."""

    PENDING = "pending", "To send"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not delivered"
    CANCELLED = "cancelled", "Cancelled"


class MessageQuerySet(models.QuerySet["Message"]):
    """Words for choosing messages."""

    def due(self, now: datetime) -> MessageQuerySet:
        """Messages that should go out at this instant."""
        return self.filter(state=MessageState.PENDING, due_at__lte=now)


class Message(TenantModel):
    """A mail that the partnership owes somebody, and why. Written with the effect that it tells of."""

    key = models.CharField(
        max_length=200, help_text="Says what the message is for; one message a key."
    )
    why = models.CharField(max_length=300, help_text="Why it exists, in a sentence.")
    about = models.CharField(max_length=100, blank=True, help_text="Reference of what it concerns.")
    to_email = models.EmailField()
    to_name = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(
        default=list, blank=True, help_text="A list of name, type and text content."
    )
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=MessageState.choices(), default=MessageState.PENDING
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # Never changed once written, and may hold a link that signs somebody in.
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
