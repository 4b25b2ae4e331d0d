"""What places cost: versions of the price list."""

from __future__ import annotations

from django.contrib import admin

from courses.models import PriceList, PriceRow
from partnerships.admin.base import RULES, TRAINING, TenantAdmin, TenantStackedInline
from partnerships.admin.site import manage_site


class PriceRowInline(TenantStackedInline):
    """One line; columns left empty mean any, and the line that says most wins."""

    model = PriceRow
    autocomplete_fields = ("course",)


@admin.register(PriceList, site=manage_site)
class PriceListAdmin(TenantAdmin):
    """The newest list that has begun is in force; charges already made keep their price."""

    view_permissions = TRAINING
    change_permissions = RULES
    list_display = ("name", "valid_from", "is_example")
    inlines = (PriceRowInline,)
