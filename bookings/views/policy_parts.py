"""Writing a draft of the charging policy: one part at a time, with what it means beside the questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bookings.forms.policies import (
    PLAIN_KINDS,
    POLICY_PARTS,
    AnyExceptionForm,
    ExceptionForm,
    PlainPricesForm,
    PriceForm,
    RegisterExceptionForm,
)
from bookings.forms.policy_questions import QuestionsForm
from bookings.models import ChargingPolicy, PriceRow
from bookings.operations.change_draft import change_draft
from bookings.operations.remove_from_draft import remove_from_draft
from bookings.operations.set_plain_prices import set_plain_prices
from bookings.reports.policy_editor import version_with
from bookings.rules.prices import QUOTED_AS
from bookings.steps.hold_draft import released
from bookings.terms.policies import (
    exception_rows,
    price_rows,
    read_prices,
    register_exception_rows,
)
from bookings.views.policies import WRITES, refused_page, tried
from partnerships.access import MemberRequest, requires
from partnerships.rules.refused import Refused
from tenancy import rulebook

ROWS: dict[str, Callable[[int], QuerySet[Any]]] = {
    "prices": price_rows,
    "exceptions": exception_rows,
    "register-exceptions": register_exception_rows,
}


@requires(WRITES)
def policy_part(request: MemberRequest, version: int, part: str) -> HttpResponse:
    """Questions of the version itself."""
    found = get_object_or_404(ChargingPolicy, version=version)
    if part not in POLICY_PARTS:
        raise Http404
    asked = POLICY_PARTS[part]
    form = asked.form(request.POST or None, instance=found)
    return part_page(request, found, form, asked.title)


@requires(WRITES)
def policy_price(request: MemberRequest, version: int, pk: int | None = None) -> HttpResponse:
    """A price, new or changed."""
    found = get_object_or_404(ChargingPolicy, version=version)
    row = get_object_or_404(price_rows(found.pk), pk=pk) if pk else PriceRow(policy=found)
    form = PriceForm(request.POST or None, instance=row)
    return part_page(request, found, form, "Change a price" if pk else "Add a price")


@requires(WRITES)
def policy_price_table(request: MemberRequest, version: int) -> HttpResponse:
    """What taking part, cancelling late and not attending cost each payer class."""
    found = get_object_or_404(ChargingPolicy, version=version)
    if found.released_at is not None:
        return refused_page(request, found, released())
    form = PlainPricesForm(request.POST or None, rules=read_prices(found.pk))
    if form.is_bound and form.is_valid():
        try:
            set_plain_prices(policy=found, prices=form.prices)
        except Refused as refused:
            return refused_page(request, found, refused)
        messages.success(request, "Saved.")
        return redirect("policy", version)
    context = {"policy": found, "form": form, "kinds": [QUOTED_AS[kind] for kind in PLAIN_KINDS]}
    return render(request, "bookings/policies/price_table.html", context)


@requires(WRITES)
def policy_exception(request: MemberRequest, version: int, pk: int | None = None) -> HttpResponse:
    """An exception to the notice, new or changed."""
    return exception_page(request, version, pk, ExceptionForm, exception_rows)


@requires(WRITES)
def policy_register_exception(
    request: MemberRequest, version: int, pk: int | None = None
) -> HttpResponse:
    """An exception to what happens at the event, new or changed."""
    return exception_page(request, version, pk, RegisterExceptionForm, register_exception_rows)


def exception_page(
    request: MemberRequest,
    version: int,
    pk: int | None,
    form_class: type[AnyExceptionForm],
    rows_of: Callable[[int], QuerySet[Any]],
) -> HttpResponse:
    """The questions of an exception of one kind, new or changed."""
    found = get_object_or_404(ChargingPolicy, version=version)
    rows = rows_of(found.pk)
    row = get_object_or_404(rows, pk=pk) if pk else rows.model(policy=found)
    form = form_class(request.POST or None, instance=row)
    verb = "Change" if pk else "Add"
    return part_page(request, found, form, f"{verb} an {rows.model._meta.verbose_name}")


@requires(WRITES)
@require_POST
def remove_part(request: MemberRequest, version: int, kind: str, pk: int) -> HttpResponse:
    """Take a price or an exception out of the draft."""
    found = get_object_or_404(ChargingPolicy, version=version)
    if kind not in ROWS:
        raise Http404
    row = get_object_or_404(ROWS[kind](found.pk), pk=pk)
    try:
        remove_from_draft(part=row)
    except Refused as refused:
        return refused_page(request, found, refused)
    messages.success(request, f"“{row}” has been removed.")
    return redirect("policy", version)


def part_page(
    request: MemberRequest, found: ChargingPolicy, form: QuestionsForm, title: str
) -> HttpResponse:
    """The questions; saved when they are answered well, tried out first if that was asked for."""
    if found.released_at is not None:
        return refused_page(request, found, released())
    only_try = "try" in request.POST
    if form.is_bound and form.is_valid() and not only_try:
        try:
            change_draft(part=form.instance, answered=form.fields)
        except Refused as refused:
            return refused_page(request, found, refused)
        messages.success(request, "Saved.")
        return redirect("policy", found.version)
    context: dict[str, Any] = {"policy": found, "form": form, "title": title}
    part = None if isinstance(form.instance, ChargingPolicy) else form.instance
    if form.errors:
        found = ChargingPolicy.objects.get(pk=found.pk)  # without what was typed wrongly
    typed = part if form.is_bound and not form.errors else None
    with rulebook():
        context |= tried(request, version_with(found, typed))
    return render(request, "bookings/policies/part.html", context)
