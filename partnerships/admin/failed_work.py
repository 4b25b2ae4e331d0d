"""Background tasks that failed: what, why, and when they will be tried again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.utils import timezone

from govuk.rules.phrases import counted
from outbox.models import SetAside
from outbox.operations.try_again import try_again
from outbox.tasks import wake
from partnerships.access import TenantRequest
from partnerships.admin.base import NOBODY, TRAINING, TenantAdmin
from partnerships.admin.site import manage_site


@admin.register(SetAside, site=manage_site)
class SetAsideAdmin(TenantAdmin):
    """These hold nothing else up. They disappear once they succeed or are no longer needed."""

    view_permissions = TRAINING
    change_permissions = NOBODY
    may_add = False
    list_display = ("title", "sweep", "attempts", "failed_at", "try_again_at", "error")
    list_filter = ("sweep",)
    search_fields = ("title", "error")
    actions = ("again",)
    fields = ("title", "sweep", "attempts", "failed_at", "try_again_at", "error")

    @admin.action(description="Try again now", permissions=["view"])
    def again(self, request: TenantRequest, queryset: Any) -> None:
        """For when the cause has been fixed."""
        done = try_again(work=queryset, now=timezone.now())
        wake()
        text = f"{counted(done, 'task')} will be tried again in a moment."
        self.message_user(request, text, messages.SUCCESS)
