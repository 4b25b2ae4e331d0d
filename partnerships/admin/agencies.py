"""The register of agencies."""

from __future__ import annotations

from django.contrib import admin

from partnerships.admin.base import PEOPLE, TRAINING, TenantAdmin, TenantTabularInline
from partnerships.admin.site import manage_site
from partnerships.forms.agencies import PayerClassFormSet
from partnerships.models import Agency, AgencyDomain, AgencyPayerClass


class PayerClassInline(TenantTabularInline):
    """How the agency pays for training, and between which dates."""

    model = AgencyPayerClass
    formset = PayerClassFormSet


class DomainInline(TenantTabularInline):
    """People with these email domains join straight away."""

    model = AgencyDomain


@admin.register(Agency, site=manage_site)
class AgencyAdmin(TenantAdmin):
    """Agencies are closed, not deleted, because bookings and invoices name them."""

    view_permissions = TRAINING
    change_permissions = PEOPLE
    list_display = (
        "name",
        "sector",
        "postcode",
        "finance_email",
        "purchase_order_required",
        "is_active",
    )
    list_filter = ("is_active", "sector")
    search_fields = ("name", "postcode", "reference")
    inlines = (PayerClassInline, DomainInline)
    prepopulated_fields = {"reference": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "reference", "sector", "address", "postcode", "is_active")}),
        (
            "Invoices",
            {"fields": ("finance_email", "purchase_order", "purchase_order_required")},
        ),
    )
