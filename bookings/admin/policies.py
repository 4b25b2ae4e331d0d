"""The rules for booking, how long places are held, and which emails go out before and after events."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from bookings.models import (
    BookingPractice,
    ChargingPolicy,
    PlannedMail,
    RestrictionRule,
)
from partnerships.admin.base import NOBODY, RULES, TRAINING, TenantAdmin
from partnerships.admin.site import manage_site

WHEN_AND_TO_WHOM = {"days", "timing", "audience", "is_active"}


@admin.register(ChargingPolicy, site=manage_site)
class ChargingPolicyAdmin(TenantAdmin):
    """Every version, to look at. Versions are written on pages of their own, which "view on site" leads to."""

    view_permissions = TRAINING | RULES
    change_permissions = NOBODY
    list_display = ("__str__", "valid_from", "released_at", "notice", "unit", "agreed_since")


@admin.register(BookingPractice, site=manage_site)
class BookingPracticeAdmin(TenantAdmin):
    """How long places are held. One per partnership. Changes apply from now on, without a new version of the policy."""

    view_permissions = TRAINING | RULES
    change_permissions = RULES
    list_display = ("__str__", "approval_hours", "offer_hours", "offer_cut_off_hours")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not BookingPractice.objects.exists()


@admin.register(RestrictionRule, site=manage_site)
class RestrictionRuleAdmin(TenantAdmin):
    """Whether people who repeatedly waste places are restricted, and how. One per partnership."""

    view_permissions = TRAINING | RULES
    change_permissions = RULES
    list_display = ("__str__", "is_active", "number", "months", "effect", "lasts_months")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not RestrictionRule.objects.exists()


@admin.register(PlannedMail, site=manage_site)
class PlannedMailAdmin(TenantAdmin):
    """Emails before or after every event. Take one out of use to stop it."""

    view_permissions = TRAINING | RULES
    change_permissions = TRAINING | RULES
    list_display = ("subject", "days", "timing", "audience", "is_active")

    def save_model(self, request: HttpRequest, obj: PlannedMail, form: Any, change: bool) -> None:
        """An email that is planned differently from now on is not sent about past dates."""
        if change and WHEN_AND_TO_WHOM & set(form.changed_data):
            obj.since = timezone.now()
        super().save_model(request, obj, form, change)
