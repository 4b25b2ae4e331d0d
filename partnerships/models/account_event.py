"""What happened on someone's account: attempts to sign in, and changes to how they sign in."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from govuk.rules.choice import Choice
from tenancy.models.typed import Typed


class AccountEventKind(Choice):
    """Kinds of events, as people read them."""

    SIGNED_IN = "signed_in", "Signed in"
    WRONG_PASSWORD = "wrong_password", "Wrong password"
    WRONG_CODE = "wrong_code", "Wrong code at the second step"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_RESET = "password_reset", "New password set using an emailed link"
    ADDRESS_ADDED = "address_added", "Email address added"
    ADDRESS_CONFIRMED = "address_confirmed", "Email address confirmed"
    MAIN_ADDRESS_CHANGED = "main_address_changed", "Main email address changed"
    ADDRESS_REMOVED = "address_removed", "Email address removed"
    FACTOR_ADDED = "factor_added", "Second step set up"
    FACTOR_REMOVED = "factor_removed", "Second step removed"
    CODES_MADE = "codes_made", "New recovery codes created"
    CHANGES_STOPPED = "changes_stopped", "Changes undone using an emailed link"


FAILURES = frozenset({AccountEventKind.WRONG_PASSWORD, AccountEventKind.WRONG_CODE})


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    def failures(self) -> AccountEventQuerySet:
        """Failed attempts to sign in."""
        return self.filter(kind__in=[kind.value for kind in FAILURES])

    def since(self, instant: datetime) -> AccountEventQuerySet:
        return self.filter(at__gte=instant)


class AccountEvent(Typed):
    """One event. Like accounts, it belongs to no partnership; administrators see the events of their members.

    Nothing secret is kept: no password that was tried, no link, no code.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=AccountEventKind.choices())
    at = models.DateTimeField()
    network_address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(
        null=True, help_text="For undone changes: when the address was told about the change."
    )

    objects: ClassVar[AccountEventQuerySet] = AccountEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["user", "-at"], name="account_event_by_user"),
            models.Index(fields=["at"], name="account_event_by_time"),  # old enough to delete
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"
