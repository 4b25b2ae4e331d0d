"""Versions of the charging policy: the list, one version, and its way from a draft to the rule in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.forms.policies import POLICY_PARTS, TrialForm
from bookings.models import ChargingPolicy, NoticeException, PriceRow, RegisterException
from bookings.operations.copy_policy import copy_policy
from bookings.operations.discard_draft import discard_draft
from bookings.operations.release_policy import release_policy
from bookings.operations.start_policy import start_policy
from bookings.operations.withdraw_policy import withdraw_policy
from bookings.reports.policy_editor import (
    Trial,
    Version,
    names_in,
    trial_table,
    usual_trial,
    version_of,
)
from bookings.rules.notice import NoticeUnit
from bookings.rules.policy_words import (
    attendance_in_words,
    notice_in_words,
    price_in_words,
    tier_in_words,
    who_it_is_for,
)
from bookings.rules.prices import QUOTED_AS, ChargeKind
from bookings.terms.policies import (
    exception_rows,
    policy_or_none,
    price_rows,
    reasons_against_parts,
    register_exception_rows,
)
from govuk.components import SummaryRow
from govuk.rules.phrases import short_date
from partnerships.access import MemberRequest, requires
from partnerships.rules.reasons import Kind
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission
from tenancy import rulebook

READS = (Permission.MANAGE_PARTNERSHIP, Permission.RUN_TRAINING, Permission.MANAGE_MONEY)
WRITES = Permission.MANAGE_PARTNERSHIP
SIMULATES = {Permission.MANAGE_PARTNERSHIP, Permission.MANAGE_MONEY}


@requires(*READS)
def policy_versions(request: MemberRequest) -> HttpResponse:
    """Every version, the newest first, with the one in force."""
    now = timezone.now()
    versions = list(ChargingPolicy.objects.all())
    context = {
        "versions": versions,
        "newest": max((one.version for one in versions), default=0),
        "in_force": policy_or_none(now),
        "today": timezone.localdate(now),
        "may_write": WRITES in request.membership.permissions,
    }
    return render(request, "bookings/policies/policies.html", context)


@requires(WRITES)
@require_POST
def new_version(request: MemberRequest) -> HttpResponse:
    """A draft from the version chosen, or the first one of all."""
    today = timezone.localdate()
    version = version_sent(request, "version")
    if version is None:
        made = start_policy(valid_from=today)
    else:
        policy = get_object_or_404(ChargingPolicy, version=version)
        newest = version_sent(request, "newest")
        made = copy_policy(policy=policy, valid_from=today, newest_shown=newest)
    if made.released_at is None:
        messages.success(request, f"{made} is a draft. Nothing applies until it is released.")
    return redirect("policy", made.version)


def version_sent(request: MemberRequest, name: str) -> int | None:
    """The number of a version in what was sent; None if it is none."""
    number = request.POST.get(name, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None


@rulebook()
@requires(*READS)
def policy(request: MemberRequest, version: int) -> HttpResponse:
    """One version: what it says, what is wrong with it, and what it means for an event."""
    found = get_object_or_404(
        ChargingPolicy.objects.select_related("released_by__user"), version=version
    )
    return render(request, "bookings/policies/policy.html", described(request, found))


@requires(WRITES)
@require_POST
def release(request: MemberRequest, version: int) -> HttpResponse:
    """From its start date, places are booked on it."""

    def act(found: ChargingPolicy) -> None:
        release_policy(policy=found, by=request.membership, now=timezone.now())

    return acted(request, version, act, "{} has been released.")


@requires(WRITES)
@require_POST
def withdraw(request: MemberRequest, version: int) -> HttpResponse:
    """A draft again, as long as no one has agreed to it."""
    return acted(
        request, version, lambda found: withdraw_policy(policy=found), "{} is a draft again."
    )


@requires(WRITES)
@require_POST
def discard(request: MemberRequest, version: int) -> HttpResponse:
    """The draft is gone; the history keeps it."""
    said = "The draft of {} has been deleted."
    answer = acted(request, version, lambda found: discard_draft(policy=found), said)
    is_gone = not ChargingPolicy.objects.filter(version=version).exists()
    return redirect("policies") if is_gone else answer


def acted(
    request: MemberRequest, version: int, act: Callable[[ChargingPolicy], object], said: str
) -> HttpResponse:
    """Do it to the version and say so, or say why not."""
    found = get_object_or_404(ChargingPolicy, version=version)
    try:
        act(found)
    except Refused as refused:
        return refused_page(request, found, refused)
    messages.success(request, said.format(found))
    return redirect("policy", version)


def refused_page(request: MemberRequest, found: ChargingPolicy, refused: Refused) -> HttpResponse:
    """The version again, with why it stays as it is."""
    for reason in refused.reasons:
        messages.error(request, str(reason))
    return redirect("policy", found.version)


def described(request: MemberRequest, found: ChargingPolicy) -> dict[str, Any]:
    """What the page of a version shows."""
    exceptions, prices = list(exception_rows(found.pk)), list(price_rows(found.pk))
    at_events = list(register_exception_rows(found.pk))
    version = version_of(found, exceptions, at_events, prices)
    reasons = reasons_against_parts(found, version.notices, version.registers, version.prices)
    is_draft, writes = found.released_at is None, WRITES in request.membership.permissions
    return {
        "policy": found,
        "is_draft": is_draft,
        "may_write": is_draft and writes,
        "may_simulate": bool(SIMULATES & request.membership.permissions),
        "may_withdraw": not is_draft and found.agreed_since is None and writes,
        "blocks": [one for one in reasons if one.kind is Kind.BLOCKS],
        "warns": [one for one in reasons if one.kind is not Kind.BLOCKS],
        "parts": list(summaries(found)),
        "exceptions": listed_exceptions(exceptions),
        "register_exceptions": listed_register_exceptions(at_events),
        "prices": listed_prices(prices, found.as_rule().unit),
        **tried(request, version),
    }


def tried(request: MemberRequest, version: Version) -> dict[str, Any]:
    """The version tried on an event, and the form that chooses the event."""
    usual = usual_trial(timezone.now())
    said = request.POST if request.method == "POST" else request.GET
    has_said = any(name.startswith("try-") for name in said)
    form = TrialForm(said if has_said else None, initial=trial_shown(usual))
    trial = form.trial(usual) if has_said else usual
    return {"trial_form": form, "trial": trial_table(version, trial)}


def trial_shown(usual: Trial) -> dict[str, Any]:
    start = timezone.localtime(usual.starts_at)
    return {"day": start.date(), "at": start.time(), "delivery": usual.delivery}


def summaries(found: ChargingPolicy) -> Iterator[tuple[str, str, list[SummaryRow]]]:
    """Each part with its questions and answers."""
    for slug, part in POLICY_PARTS.items():
        form = part.form(instance=found)
        rows = [SummaryRow(field.label, answer(found, name)) for name, field in form.fields.items()]
        yield slug, part.title, rows


def answer(found: ChargingPolicy, name: str) -> Any:
    """What a version answers, in words."""
    value = getattr(found, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return short_date(value)
    shown = getattr(found, f"get_{name}_display", None)
    return shown() if shown else "Not set" if value is None else value


def listed_exceptions(rows: Sequence[NoticeException]) -> list[tuple[Any, str, str]]:
    """Each exception with the places it is for and its notice, in words."""
    names = names_in(rows)
    return [
        (one, who_it_is_for(one.applies_to, names), notice_in_words(one.as_rule())) for one in rows
    ]


def listed_register_exceptions(rows: Sequence[RegisterException]) -> list[tuple[Any, str, str]]:
    """Each exception with the places it is for and what happens there, in words."""
    names = names_in(rows)
    return [
        (one, who_it_is_for(one.applies_to, names), attendance_in_words(one.as_rule()))
        for one in rows
    ]


def listed_prices(rows: Sequence[PriceRow], unit: NoticeUnit) -> list[tuple[Any, str, str, str]]:
    """Each price with what it is for, whom, and how much, in words; in the order of the kinds."""
    names, order = names_in(rows), list(QUOTED_AS)
    said = []
    for row in sorted(rows, key=lambda row: order.index(ChargeKind(row.kind))):
        rule = row.as_rule()
        who, tier = who_it_is_for(rule.scope, names), tier_in_words(rule, unit)
        for_whom = f"{who}. {tier}" if tier else who
        said.append((row, QUOTED_AS[rule.kind], for_whom, price_in_words(rule)))
    return said
