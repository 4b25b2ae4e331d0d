"""The public page about charges."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.reports.charges_page import (
    closing_example,
    notice_examples,
    price_groups,
    registers_told,
    version_shown,
    version_to_come,
    waivers_told,
)
from partnerships.access import TenantRequest, public
from tenancy import rulebook


@rulebook()
@public
@require_safe
def charging(request: TenantRequest) -> HttpResponse:
    """What a place costs, how much notice it needs, and what to do about a charge: made from the policy."""
    now = timezone.now()
    policy = version_shown(request.GET.get("version", ""), now)
    if policy is None:
        return render(request, "bookings/charges.html", {"policy": None})
    to_come = version_to_come(now)
    groups = price_groups(policy)
    context = {
        "policy": policy,
        "is_to_come": policy.valid_from > timezone.localdate(now),
        "to_come": to_come if to_come != policy else None,
        "groups": groups,
        "leaves_open": any(group.leaves_open for group in groups),
        "notices": notice_examples(policy, now),
        "registers": registers_told(policy),
        "closing": closing_example(policy, now),
        "substitution_hours": policy.substitution_hours,
        "waivers": waivers_told(),
    }
    return render(request, "bookings/charges.html", context)
