"""What happened to accounts: your own and, for administrators, those of the members."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from partnerships.access import MemberRequest, TenantRequest, requires, signed_in
from partnerships.forms.account_events import AccountEventsForm
from partnerships.models import AccountEvent, User
from partnerships.operations.forget_account_events import KEPT_FOR
from partnerships.reports import events_of_members
from partnerships.rules.roles import Permission

A_PAGE = 50


@signed_in
def own_events(request: TenantRequest) -> HttpResponse:
    """The person's own events, in every partnership."""
    events = AccountEvent.objects.filter(user=cast(User, request.user))
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "days": KEPT_FOR.days}
    return render(request, "partnerships/own_events.html", context)


@requires(Permission.MANAGE_PARTNERSHIP)
def account_events(request: MemberRequest) -> HttpResponse:
    """The events of this partnership's members, for administrators."""
    form = AccountEventsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    events = events_of_members(asked.get("q", ""), failures_only=asked.get("failures", False))
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "forms": [form], "days": KEPT_FOR.days}
    return render(request, "partnerships/account_events.html", context)
