"""The rules for booking, how long places are held, and which emails go out before and after events."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from bookings.models import (
    BookingPractice,
    ChargingPolicy,
    NoticeException,
    PlannedMail,
    PriceRow,
    RestrictionRule,
)
from bookings.operations.copy_policy import copy_policy
from bookings.operations.release_policy import release_policy
from bookings.terms.policies import reasons_against
from partnerships.access import membership_or_none
from partnerships.admin.base import RULES, TRAINING, TenantAdmin, TenantStackedInline
from partnerships.admin.site import manage_site
from partnerships.rules.refused import Refused

WHEN_AND_TO_WHOM = {"days", "timing", "audience", "is_active"}


def is_agreed(policy: ChargingPolicy | None) -> bool:
    """Whether someone has booked on it, so that it stays as it is."""
    return policy is not None and policy.agreed_since is not None


class PartInline(TenantStackedInline):
    """A part of a policy, as fixed as the policy."""

    autocomplete_fields = ("course",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_agreed(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_agreed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_agreed(obj) and super().has_delete_permission(request, obj)


class PriceInline(PartInline):
    """One price. Empty columns match anything, and the most specific price applies."""

    model = PriceRow


class NoticeExceptionInline(PartInline):
    """A notice rule for some places. Empty columns match anything, and the most specific rule applies."""

    model = NoticeException


@admin.register(ChargingPolicy, site=manage_site)
class ChargingPolicyAdmin(TenantAdmin):
    """A version that someone has agreed to cannot be edited. Make a new version from it instead."""

    inlines = (NoticeExceptionInline, PriceInline)
    view_permissions = TRAINING | RULES
    change_permissions = RULES
    list_display = ("__str__", "valid_from", "released_at", "notice", "unit", "agreed_since")
    actions = ("new_version", "release")
    fieldsets = (
        (
            None,
            {"fields": ("version", "valid_from", "counts_from", "clause", "is_example")},
        ),
        (
            "Cancelling",
            {
                "fields": (
                    *("notice", "unit", "counting", "clear_days", "skip_bank_holidays"),
                    *("cut_off", "is_charged", "keep_late_charge", "substitution_hours"),
                    *("move_grace_hours", "half_day_minutes"),
                    *("who_cancels", "cancel_channel"),
                )
            },
        ),
        (
            "Close of bookings",
            {
                "fields": (
                    *("closing_notice", "closing_unit"),
                    *("closing_skip_bank_holidays", "closing_cut_off"),
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
        return not is_agreed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_agreed(obj) and super().has_delete_permission(request, obj)

    @admin.action(description="Make a new version from the selected version", permissions=["add"])
    def new_version(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """A draft with the next number, and all prices."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, "Select one version to start from.", messages.WARNING)
            return None
        made = copy_policy(policy=chosen[0], valid_from=timezone.localdate())
        self.message_user(request, f"{made} has been created. Make your changes, then release it.")
        return redirect(reverse("admin:bookings_chargingpolicy_change", args=[made.pk]))

    @admin.action(description="Release the selected version", permissions=["change"])
    def release(self, request: HttpRequest, queryset: Any) -> None:
        """From its start date, places are booked on it."""
        by = membership_or_none(request)
        if by is None:
            raise PermissionDenied
        for policy in queryset:
            try:
                release_policy(policy=policy, by=by, now=timezone.now())
            except Refused as refused:
                self.message_user(request, f"{policy}: {refused}", messages.ERROR)
            else:
                self.message_user(request, f"{policy} has been released.")
                for reason in reasons_against(policy):
                    self.message_user(request, str(reason), messages.WARNING)


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
