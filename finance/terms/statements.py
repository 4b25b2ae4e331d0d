"""What a statement says of an agency's account, and which agencies have something to be told."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from finance.models import BillingProfile
from finance.rules.debt import Account
from finance.terms.debt import standing_invoices
from partnerships.models import Agency


def statement_of(agency: Agency, today: date) -> dict[str, Any]:
    """The agency's invoices, oldest first, its account, and who asks for the money. Two queries."""
    found = standing_invoices().filter(agency=agency).select_related("agency")
    invoices = list(found.order_by("issued_on", "pk"))
    return {
        "agency": agency,
        "today": today,
        "invoices": invoices,
        "account": Account.of(invoice.balance for invoice in invoices),
        "written_off": any(invoice.written_off for invoice in invoices),
        "profile": BillingProfile.objects.first(),
    }


def open_accounts() -> list[tuple[Agency, Account]]:
    """Every agency that owes something or that money is held for, by name. One query."""
    unsettled = standing_invoices().exclude(balance=0).select_related("agency")
    by_agency = groupby(
        unsettled.order_by("agency__name", "agency"), key=lambda invoice: invoice.agency
    )
    return [(agency, Account.of(one.balance for one in rows)) for agency, rows in by_agency]
