"""Bookings and waiting lists to look at. They are changed on their own pages."""

from __future__ import annotations

from django.contrib import admin

from bookings.admin.base import ReadOnlyAdmin
from bookings.models import Booking, Restriction, WaitingListEntry
from partnerships.admin.base import TRAINING
from partnerships.admin.site import manage_site


@admin.register(Booking, site=manage_site)
class BookingAdmin(ReadOnlyAdmin):
    """Bookings, each with a link to its own page."""

    view_permissions = TRAINING
    list_display = ("reference", "membership", "agency", "event", "state", "booked_at")
    list_filter = ("state", "walk_in")
    list_select_related = ("membership__user", "agency", "event__course")
    search_fields = ("reference", "membership__user__full_name__spelt", "event__reference")
    date_hierarchy = "booked_at"


@admin.register(WaitingListEntry, site=manage_site)
class WaitingListEntryAdmin(ReadOnlyAdmin):
    """Who is waiting for which event."""

    view_permissions = TRAINING
    list_display = ("membership", "agency", "event", "state", "joined_at")
    list_filter = ("state",)
    list_select_related = ("membership__user", "agency", "event__course")


@admin.register(Restriction, site=manage_site)
class RestrictionAdmin(ReadOnlyAdmin):
    """Who is or was restricted, each with a link to its own page."""

    view_permissions = TRAINING
    list_display = ("membership", "state", "effect", "begun_at", "until", "appealed_at")
    list_filter = ("state",)
    list_select_related = ("membership__user",)
    search_fields = ("membership__user__full_name__spelt",)
