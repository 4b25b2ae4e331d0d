"""What places cost: versions of the price list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from courses.models import PriceList, PriceRow
from courses.operations.copy_price_list import copy_price_list
from partnerships.admin.base import RULES, TRAINING, TenantAdmin, TenantStackedInline
from partnerships.admin.site import manage_site


class PriceRowInline(TenantStackedInline):
    """One line. Empty columns match anything, and the most specific line applies."""

    model = PriceRow
    autocomplete_fields = ("course",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_fixed(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_fixed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_fixed(obj) and super().has_delete_permission(request, obj)


@admin.register(PriceList, site=manage_site)
class PriceListAdmin(TenantAdmin):
    """The newest list in force on an event's first day applies to it. A list that has been quoted from is fixed."""

    view_permissions = TRAINING
    change_permissions = RULES
    list_display = ("name", "valid_from", "quoted_since", "is_example")
    readonly_fields = ("quoted_since",)
    inlines = (PriceRowInline,)
    actions = ("new_list",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_fixed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_fixed(obj) and super().has_delete_permission(request, obj)

    @admin.action(description="Make a new price list from the selected list", permissions=["add"])
    def new_list(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """A copy with all its lines. It applies to no events until it is given a date."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, "Select one price list to start from.", messages.WARNING)
            return None
        made = copy_price_list(price_list=chosen[0], today=timezone.localdate())
        self.message_user(
            request,
            f"{made} has been created. It applies to no events yet. Change its prices, then its start date.",
        )
        return redirect(reverse("admin:courses_pricelist_change", args=[made.pk]))


def is_fixed(price_list: PriceList | None) -> bool:
    """Whether someone has been quoted a price from it."""
    return price_list is not None and price_list.quoted_since is not None
