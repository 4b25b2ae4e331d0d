"""Grants for employers that could not pay, with how many of their places are left."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bookings.admin.base import MONEY
from bookings.forms.grants import GrantForm
from bookings.models import Grant, GrantRecipient
from partnerships.admin.base import RULES, TRAINING, TenantAdmin, TenantTabularInline
from partnerships.admin.site import manage_site


class GrantRecipientInline(TenantTabularInline):
    """Who can have it. With no line, every employer can."""

    model = GrantRecipient
    autocomplete_fields = ("agency",)


@admin.register(Grant, site=manage_site)
class GrantAdmin(TenantAdmin):
    """To end a grant, enter its last day. Bookings keep the grant they were made with."""

    form = GrantForm
    inlines = (GrantRecipientInline,)
    view_permissions = TRAINING | MONEY | RULES
    change_permissions = MONEY | RULES
    list_display = ("name", "code", "valid_from", "valid_until", "places", "used", "left")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_used()

    @admin.display(description="Places used")
    def used(self, grant: Any) -> int:
        return int(grant.used)

    @admin.display(description="Places left")
    def left(self, grant: Any) -> int:
        return max(0, int(grant.places - grant.used))
