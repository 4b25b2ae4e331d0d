"""The register of agencies."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from partnerships.admin.base import (
    PEOPLE,
    RULES,
    TRAINING,
    TenantAdmin,
    TenantStackedInline,
    TenantTabularInline,
)
from partnerships.admin.site import manage_site
from partnerships.models import (
    Agency,
    AgencyDomain,
    AgencyFacts,
    Area,
    PayerClass,
    PayerClassRule,
    Sector,
)


class FactsInline(TenantStackedInline):
    """What is known of the agency, from which day. The newest facts that have begun hold."""

    model = AgencyFacts


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
        "sector_today",
        "postcode",
        "finance_email",
        "purchase_order_required",
        "is_active",
    )
    list_filter = ("is_active",)
    search_fields = ("name__spelt", "postcode", "reference")
    inlines = (FactsInline, DomainInline)
    prepopulated_fields = {"reference": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "reference", "address", "postcode", "is_active")}),
        (
            "Invoices",
            {
                "fields": (
                    *("finance_email", "purchase_order", "purchase_order_required"),
                    *("electronic_scheme", "electronic_address", "ledger_code"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with its sector as of today."""
        found: Any = super().get_queryset(request)
        rows: QuerySet[Any] = found.with_sector(timezone.localdate())
        return rows

    @admin.display(description="sector")
    def sector_today(self, agency: Any) -> str:
        name: str | None = agency.sector_name
        return name or "-"


class ListAdmin(TenantAdmin):
    """One of the partnership's own lists. A code stays, because prices and bookings name it."""

    view_permissions = TRAINING | RULES
    change_permissions = RULES
    list_display = ("name", "code", "position")
    search_fields = ("name__spelt", "code")
    prepopulated_fields = {"code": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else ("code",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields


@admin.register(Sector, site=manage_site)
class SectorAdmin(ListAdmin):
    """The parts of the workforce that agencies belong to."""


@admin.register(Area, site=manage_site)
class AreaAdmin(ListAdmin):
    """Where agencies are, if that matters for prices."""


class ClassRuleInline(TenantStackedInline):
    """Which agencies belong here, unless their class is set by hand."""

    model = PayerClassRule


@admin.register(PayerClass, site=manage_site)
class PayerClassAdmin(ListAdmin):
    """How agencies pay for training. Prices name these classes."""

    inlines = (ClassRuleInline,)
