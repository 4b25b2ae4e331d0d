"""Joining: someone with a sign-in chooses the agency they work for."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from outbox.tasks import wake
from partnerships.access import TenantRequest, membership_or_none, signed_in
from partnerships.forms.joining import AgencySearchForm, JoinForm
from partnerships.models import Agency, Employment, EmploymentState, User
from partnerships.operations.join_agency import AccessClosed, AlreadyThere, join_agency
from partnerships.reports import agencies_by_address

MOST_SHOWN = 20


@signed_in
def join(request: TenantRequest) -> HttpResponse:
    """Search the register, choose an agency, say what you do there."""
    user = cast(User, request.user)
    search = AgencySearchForm(request.GET if "q" in request.GET else None)
    text = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
    found = search_register(text, user)
    form = JoinForm(
        request.POST or None,
        today=timezone.localdate(),
        shown=found[:MOST_SHOWN],
        group_term=request.partnership.group_term,
    )
    if form.is_valid():
        refusal = enter(request, user, form)
        if refusal is None:
            return redirect(onwards(request))
        form.add_error("agency", refusal)
    context = {
        "search": search,
        "form": form,
        "forms": [search, form],
        "text": text,
        "found": found[:MOST_SHOWN],
        "more": len(found) > MOST_SHOWN,
        "next": onwards(request, default=""),
        "is_member": membership_or_none(request) is not None,
    }
    return render(request, "partnerships/join.html", context)


def search_register(text: str, user: User) -> list[Agency]:
    """What the words find; without words, the agencies with the person's email domain."""
    matches: Any = (
        Agency.objects.active().matching(text) if text.strip() else agencies_by_address(user)
    )
    return list(matches.with_sector(timezone.localdate())[: MOST_SHOWN + 1])


def enter(request: TenantRequest, user: User, form: JoinForm) -> str | None:
    """Join, or say why that is not possible."""
    agency = form.cleaned_data["agency"]
    try:
        employment = join_agency(
            user=user,
            agency=agency,
            job_title=form.cleaned_data["job_title"],
            group=form.cleaned_data["group"],
            now=timezone.now(),
        )
    except AlreadyThere:
        return f"You have already said that you work for {agency}. Your account page shows it."
    except AccessClosed:
        office = request.partnership.contact_email
        return (
            f"Your access to this partnership has been closed. Email {office} if this is a mistake."
        )
    wake()
    tell(request, employment)
    return None


def tell(request: TenantRequest, employment: Employment) -> None:
    """What happens next."""
    if employment.state == EmploymentState.CONFIRMED:
        messages.success(request, f"You have joined {employment.agency}. You can now book places.")
    else:
        messages.info(
            request,
            f"We have asked {employment.agency} and the training team to confirm that you work there. "
            "We will email you when they have. Until then, any places you book are held for you.",
        )


def onwards(request: TenantRequest, default: str | None = None) -> str:
    """Where the person was going, if it is a page of this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return reverse("after_sign_in") if default is None else default
