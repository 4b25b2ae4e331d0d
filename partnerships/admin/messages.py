"""The outbox: messages to send, sent, and not delivered."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.utils import timezone

from govuk.rules.phrases import counted
from outbox.models import Message
from outbox.operations.cancel_message import NotPossible, cancel_message
from outbox.operations.resend_message import resend_message
from outbox.tasks import wake
from partnerships.access import TenantRequest
from partnerships.admin.base import NOBODY, TRAINING, TenantAdmin
from partnerships.admin.site import manage_site


@admin.register(Message, site=manage_site)
class MessageAdmin(TenantAdmin):
    """Read, send again or cancel. No one can edit an email: it says what was true when it was written.

    Emails about accounts are not here, because they hold links that only the person should see.
    """

    view_permissions = TRAINING
    change_permissions = NOBODY
    may_add = False
    list_display = ("subject", "to_email", "state", "due_at", "sent_at", "attempts", "why")
    list_filter = ("state",)
    search_fields = ("to_email", "to_name", "subject", "about")
    date_hierarchy = "due_at"
    actions = ("resend", "cancel")
    fields = (
        "subject",
        "to_name",
        "to_email",
        "why",
        "about",
        "state",
        "due_at",
        "sent_at",
        "attempts",
        "error",
        "text",
        "attached",
    )
    readonly_fields = ("attached",)

    @admin.display(description="Attachments")
    def attached(self, message: Message) -> str:
        return ", ".join(each["name"] for each in message.attachments) or "None"

    @admin.action(description="Send again", permissions=["view"])
    def resend(self, request: TenantRequest, queryset: Any) -> None:
        """Those that were sent are sent again; those that failed are tried again."""
        now = timezone.now()
        for message in queryset:
            resend_message(message=message, now=now)
        wake()
        text = f"{counted(len(queryset), 'message')} will be sent in a moment."
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description="Cancel", permissions=["view"])
    def cancel(self, request: TenantRequest, queryset: Any) -> None:
        """Cancel what has not been sent, and say how many had been."""
        too_late = 0
        for message in queryset:
            try:
                cancel_message(message=message)
            except NotPossible:
                too_late += 1
        done = len(queryset) - too_late
        if done:
            self.message_user(request, f"{counted(done, 'message')} cancelled.", messages.SUCCESS)
        if too_late:
            text = f"{counted(too_late, 'message')} could not be cancelled because already sent or cancelled."
            self.message_user(request, text, messages.WARNING)
