"""People who say where they work, and the people who can confirm it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from outbox.tasks import wake
from partnerships.access import MemberRequest, requires
from partnerships.forms.joining import GroupForm, RefusalForm
from partnerships.models import Employment, EmploymentState, WorkforceGroup
from partnerships.operations.confirm_employment import confirm_employment
from partnerships.operations.refuse_employment import refuse_employment
from partnerships.operations.set_group import set_group
from partnerships.reports import employments_to_confirm, groups_to_settle
from partnerships.rules.roles import Permission
from partnerships.steps.undecided import AlreadyDecided

A_PAGE = 30


@requires(Permission.MANAGE_PEOPLE, Permission.ANSWER_FOR_AGENCY)
def pending_people(request: MemberRequest) -> HttpResponse:
    """Everyone for coordinators; people at their own agency for leads."""
    return people_page(request)


def people_page(request: MemberRequest, sent: GroupForm | None = None) -> HttpResponse:
    """People to confirm, and people whose group no one has entered; ``sent`` is a form with a mistake."""
    today = timezone.localdate()
    waiting = employments_to_confirm(request.membership, today)
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    unknown = groups_to_settle(request.membership, today)
    shown = list(unknown[:A_PAGE])
    if sent is not None and sent.employment not in shown:
        shown.insert(0, sent.employment)
    groups = list(WorkforceGroup.objects.all())
    forms = [
        sent
        if sent is not None and sent.employment.pk == job.pk
        else GroupForm(employment=job, groups=groups)
        for job in shown
    ]
    context = {"page": page, "unknown": unknown.count(), "groups": forms, "form": sent}
    return render(request, "partnerships/pending_people.html", context)


@requires(Permission.MANAGE_PEOPLE, Permission.ANSWER_FOR_AGENCY)
@require_POST
def group(request: MemberRequest, pk: int) -> HttpResponse:
    """Which group the person is in; places that wait for it are settled then."""
    employment = get_object_or_404(
        groups_to_settle(request.membership, timezone.localdate(), settled=True), pk=pk
    )
    form = GroupForm(request.POST, employment=employment, groups=list(WorkforceGroup.objects.all()))
    if not form.is_valid():
        return people_page(request, form)
    try:
        set_group(employment=employment, group=form.chosen())
    except AlreadyDecided as decided:
        messages.info(request, f"{employment.membership} is already in {decided.employment.group}.")
    else:
        wake()
        messages.success(request, f"{employment.membership} is now in {form.chosen()}.")
    return redirect("pending_people")


@requires(Permission.MANAGE_PEOPLE, Permission.ANSWER_FOR_AGENCY)
@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """The person works there."""
    employment = answerable(request, pk)
    try:
        confirm_employment(employment=employment, by=request.membership, now=timezone.now())
    except AlreadyDecided as decided:
        tell_decided(request, decided.employment)
    else:
        wake()
        messages.success(request, f"{employment.membership} is confirmed at {employment.agency}.")
    return redirect("pending_people")


@requires(Permission.MANAGE_PEOPLE, Permission.ANSWER_FOR_AGENCY)
def refuse(request: MemberRequest, pk: int) -> HttpResponse:
    """The person does not. Ask why, because they will be told."""
    employment = answerable(request, pk)
    form = RefusalForm(request.POST or None)
    if form.is_valid():
        try:
            refuse_employment(
                employment=employment,
                by=request.membership,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except AlreadyDecided as decided:
            tell_decided(request, decided.employment)
        else:
            wake()
            messages.success(
                request,
                f"We will email {employment.membership} to say that you could not confirm them.",
            )
        return redirect("pending_people")
    context = {
        "form": form,
        "title": f"You cannot confirm {employment.membership} at {employment.agency}",
        "back": "pending_people",
        "submit": "Send answer",
    }
    return render(request, "partnerships/form.html", context)


def answerable(request: MemberRequest, pk: int) -> Employment:
    """A job that this person may answer, decided or not; otherwise the page does not exist.

    Decided ones are found too, so that someone who comes second is told who was first.
    """
    waiting = employments_to_confirm(request.membership, timezone.localdate(), decided=True)
    return get_object_or_404(waiting, pk=pk)


def tell_decided(request: MemberRequest, employment: Employment) -> None:
    """Someone was quicker."""
    decided = EmploymentState(employment.state).label.lower()
    who = employment.confirmed_by or "the register"
    messages.info(
        request, f"{employment.membership} is already {decided} at {employment.agency}, by {who}."
    )
