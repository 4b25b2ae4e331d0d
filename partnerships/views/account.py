"""A person's own account: name, how to sign in, where they work."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from partnerships.access import MemberRequest, TenantRequest, member, membership_or_none, signed_in
from partnerships.forms.accounts import NameForm
from partnerships.forms.joining import EndEmploymentForm
from partnerships.models import Employment, Membership, User
from partnerships.operations.change_name import change_name
from partnerships.operations.end_employment import end_employment
from partnerships.rules.roles import Role

# The page where someone's day starts, by the first of these roles that they have.
DESKS = (
    (Role.ADMINISTRATOR, "manage"),
    (Role.COORDINATOR, "manage"),
    (Role.FINANCE_OFFICER, "finance"),
    (Role.SUBGROUP_MEMBER, "insight"),
    (Role.TRAINER, "registers"),
    (Role.AGENCY_LEAD, "agency"),
    (Role.FINANCE_CONTACT, "contact_accounts"),
)


@signed_in
def after_sign_in(request: TenantRequest) -> HttpResponse:
    """Where someone goes after signing in, if they were not on the way to a page."""
    membership = membership_or_none(request)
    if membership is None:
        return redirect("join")
    return redirect(next((desk for role, desk in DESKS if role in membership.roles), "my_learning"))


@signed_in
def account(request: TenantRequest) -> HttpResponse:
    """Everything about your own account on one page."""
    membership = membership_or_none(request)
    context = {
        "person": request.user,
        "employments": employments_of(membership),
        "today": timezone.localdate(),
        "unknown_group": f"{request.partnership.group_term} not known yet",
    }
    return render(request, "partnerships/account.html", context)


def employments_of(membership: Membership | None) -> list[Employment]:
    """Where the person works and worked, the latest first."""
    if membership is None:
        return []
    return list(Employment.objects.filter(membership=membership).select_related("agency", "group"))


@signed_in
def name(request: TenantRequest) -> HttpResponse:
    """Change your own name."""
    user = cast(User, request.user)
    form = NameForm(request.POST or None, initial={"full_name": user.full_name})
    if form.is_valid():
        change_name(user=user, full_name=form.cleaned_data["full_name"])
        messages.success(request, "Your name has been changed.")
        return redirect("account")
    return render(
        request,
        "partnerships/form.html",
        {"form": form, "title": "Change your name", "back": "account"},
    )


@member
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Say when work for an agency ended."""
    own = Employment.objects.filter(membership=request.membership).select_related("agency")
    employment = get_object_or_404(own, pk=pk)
    form = EndEmploymentForm(
        request.POST or None, employment=employment, initial={"ends_on": employment.ends_on}
    )
    if form.is_valid():
        ended = end_employment(employment=employment, ends_on=form.cleaned_data["ends_on"])
        messages.success(
            request, f"Your last day at {employment.agency} is {ended.ends_on:%-d %B %Y}."
        )
        return redirect("account")
    title = f"When did you stop working for {employment.agency}?"
    return render(
        request, "partnerships/form.html", {"form": form, "title": title, "back": "account"}
    )
