"""The catalogue and the annual plan."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone

from courses.admin.event_changes import AsksBefore
from courses.admin.venue_changes import VenueForm
from courses.models import Course, LearningOutcome, Prerequisite, Programme, Venue
from partnerships.admin.base import TenantAdmin, TenantTabularInline
from partnerships.admin.site import manage_site


class OutcomeInline(TenantTabularInline):
    """What people can do afterwards, in order."""

    model = LearningOutcome


class PrerequisiteInline(TenantTabularInline):
    """What people must complete first. Rows with the same number are alternatives."""

    model = Prerequisite
    fk_name = "course"
    autocomplete_fields = ("requires",)


@admin.register(Course, site=manage_site)
class CourseAdmin(TenantAdmin):
    """Courses are removed from the catalogue, not deleted, because records and events name them."""

    list_display = ("title", "reference", "group", "kind", "level", "delivery", "is_published")
    list_filter = ("is_published", "kind", "group", "delivery", "event_type")
    search_fields = ("title", "reference")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (OutcomeInline, PrerequisiteInline)
    fieldsets = (
        (None, {"fields": ("title", "reference", "slug", "is_published")}),
        (
            "Who it is for",
            {"fields": ("group", "group_policy", "kind", "level", "audience")},
        ),
        (
            "What it covers",
            {
                "fields": (
                    "aims",
                    "content",
                    "topics",
                    "minutes",
                    "list_price",
                    "delivery",
                    "event_type",
                )
            },
        ),
        ("Staying current", {"fields": ("refresh_months",)}),
        ("Trainers", {"fields": ("minimum_trainers", "needs_safeguarding_trainer")}),
    )


@admin.register(Programme, site=manage_site)
class ProgrammeAdmin(TenantAdmin):
    """Programmes and their approval by the learning and development group."""

    list_display = ("title", "starts_on", "ends_on", "approved_on")
    search_fields = ("title",)


@admin.register(Venue, site=manage_site)
class VenueAdmin(AsksBefore, TenantAdmin):
    """Venues, and how to get into them."""

    form = VenueForm
    list_display = ("name", "postcode", "capacity")
    search_fields = ("name", "postcode")

    def save_model(self, request: HttpRequest, obj: Venue, form: Any, change: bool) -> None:
        """We tell everyone who is due to come here what has changed."""
        super().save_model(request, obj, form, change)
        form.tell(timezone.now())
        if form.told:
            messages.success(request, f"We will email {form.told}.")
