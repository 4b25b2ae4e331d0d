"""The rules for booking, how long places are held, and which emails go out before and after events."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from bookings.forms.policy import PolicyForm
from bookings.models import BookingPractice, CancellationPolicy, PlannedMail
from partnerships.admin.base import RULES, TRAINING, TenantAdmin
from partnerships.admin.site import manage_site

WHEN_AND_TO_WHOM = {"days", "timing", "audience", "is_active"}
NOT_COPIED = {"id", "partnership", "version", "valid_from", "agreed_since"}


@admin.register(CancellationPolicy, site=manage_site)
class CancellationPolicyAdmin(TenantAdmin):
    """A version that someone has agreed to cannot be edited. Make a new version from it instead."""

    form = PolicyForm
    view_permissions = TRAINING | RULES
    change_permissions = RULES
    list_display = ("__str__", "valid_from", "notice", "unit", "approval", "agreed_since")
    actions = ("new_version",)
    fieldsets = (
        (None, {"fields": ("version", "valid_from", "clause")}),
        (
            "Cancelling",
            {
                "fields": (
                    *("notice", "unit", "counting", "clear_days", "skip_bank_holidays"),
                    *("cut_off", "groups", "keep_late_charge", "substitution_hours"),
                    "move_grace_hours",
                )
            },
        ),
        ("Approval", {"fields": ("approval", "unknown_group")}),
        (
            "Arriving late",
            {"fields": ("grace_minutes", "late_admitted", "late_certificate", "late_charged")},
        ),
        (
            "Leaving early",
            {"fields": ("early_minutes", "early_counts", "early_certificate", "early_charged")},
        ),
        (
            "Coming without a booking",
            {"fields": ("walk_in_admitted", "walk_in_certificate", "walk_in_charged")},
        ),
        ("Waiting list", {"fields": ("offer_grace_hours",)}),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        agreed = obj is not None and obj.agreed_since is not None
        return not agreed and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        agreed = obj is not None and obj.agreed_since is not None
        return not agreed and super().has_delete_permission(request, obj)

    @admin.action(description="Make a new version from the selected version", permissions=["add"])
    def new_version(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """A copy with the next number, in force from today unless you enter another date."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, "Select one version to start from.", messages.WARNING)
            return None
        copied = {
            field.name: getattr(chosen[0], field.name)
            for field in CancellationPolicy._meta.concrete_fields
            if field.name not in NOT_COPIED
        }
        newest = CancellationPolicy.objects.order_by("-version").first()
        made = CancellationPolicy.objects.create(
            version=newest.version + 1, valid_from=timezone.localdate(), **copied
        )
        self.message_user(request, f"{made} has been created. Now make your changes.")
        return redirect(reverse("admin:bookings_cancellationpolicy_change", args=[made.pk]))


@admin.register(BookingPractice, site=manage_site)
class BookingPracticeAdmin(TenantAdmin):
    """How long places are held. One per partnership. Changes apply from now on, without a new version of the policy."""

    view_permissions = TRAINING | RULES
    change_permissions = RULES
    list_display = ("__str__", "approval_hours", "offer_hours", "offer_cut_off_hours")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not BookingPractice.objects.exists()


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
