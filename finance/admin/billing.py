"""What invoices say, and the VAT on them."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from bookings.admin.base import MONEY
from finance.forms.billing import BillingProfileForm, VatRowForm
from finance.models import BillingProfile, VatRow
from partnerships.admin.base import RULES, TenantAdmin
from partnerships.admin.site import manage_site


@admin.register(BillingProfile, site=manage_site)
class BillingProfileAdmin(TenantAdmin):
    """Who issues the documents. One per partnership. Issued documents keep the details they were issued with."""

    form = BillingProfileForm
    view_permissions = MONEY | RULES
    change_permissions = MONEY | RULES
    list_display = ("issuer_name", "issuer_email", "payment_terms_days", "invoice_prefix")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not BillingProfile.objects.exists()


@admin.register(VatRow, site=manage_site)
class VatRowAdmin(TenantAdmin):
    """The VAT treatment of each kind of charge."""

    form = VatRowForm
    view_permissions = MONEY | RULES
    change_permissions = MONEY | RULES
    list_display = ("kind", "code", "rate", "reason", "prices_include_vat")
