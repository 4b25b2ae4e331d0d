"""Roles and learning from elsewhere: the reader's own, or those of staff they answer for."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from competencies.access import SEES_SINGLE_PEOPLE, staff_of, vouches_for
from competencies.forms.learning import OutsideLearningForm, RecogniseForm, RoleForm
from competencies.models import RoleAssignment
from competencies.operations.assign_role_profiles import assign_role_profiles
from competencies.operations.recognise_learning import AlreadyRecognised, recognise_learning
from competencies.operations.record_outside_learning import record_outside_learning
from courses.models import TrainingRecord
from courses.rules.states import RecordSource
from partnerships.access import MemberRequest, member, requires
from partnerships.models import Membership


@member
def my_roles(request: MemberRequest) -> HttpResponse:
    """Choose your own roles."""
    back = reverse("my_learning")
    return roles(request, request.membership, "Which roles do you have?", back)


@requires(*SEES_SINGLE_PEOPLE)
def staff_roles(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose the roles of someone on your staff."""
    person = one_of_staff(request, pk)
    back = reverse("agency_person", args=[pk])
    return roles(request, person, f"Which roles does {person} have?", back)


def roles(request: MemberRequest, person: Membership, title: str, back: str) -> HttpResponse:
    """Show the form, or act on it."""
    today = timezone.localdate()
    initial = {"profiles": held_now(person, today), "since": today}
    form = RoleForm(request.POST or None, today=today, initial=initial)
    if form.is_valid():
        assign_role_profiles(
            person=person,
            profiles=form.cleaned_data["profiles"],
            since=form.cleaned_data["since"],
        )
        messages.success(request, "The roles have been saved.")
        return redirect(back)
    return shown(request, form, title, back, "Save roles")


def held_now(person: Membership, today: date) -> list[int]:
    """Ids of the roles that someone has."""
    rows = RoleAssignment.objects.filter(membership=person).on(today)
    return list(rows.values_list("role_profile_id", flat=True))


@member
def add_learning(request: MemberRequest) -> HttpResponse:
    """Add learning that you completed somewhere else."""
    back = reverse("my_learning")
    return learning(request, request.membership, "Add learning from elsewhere", back)


@requires(*SEES_SINGLE_PEOPLE)
def add_staff_learning(request: MemberRequest, pk: int) -> HttpResponse:
    """Add learning that someone on your staff completed somewhere else."""
    person = one_of_staff(request, pk)
    back = reverse("agency_person", args=[pk])
    return learning(request, person, f"Add learning from elsewhere for {person}", back)


def learning(request: MemberRequest, person: Membership, title: str, back: str) -> HttpResponse:
    """Show the form, or act on it."""
    vouching = vouches_for(request.membership, person)
    form = OutsideLearningForm(request.POST or None, today=timezone.localdate(), vouching=vouching)
    if form.is_valid():
        record = record_outside_learning(person=person, **form.facts)
        messages.success(request, f"“{record.title}” has been added to the training record.")
        return redirect(back)
    return shown(request, form, title, back, "Add to record", asks_proof=not vouching)


@requires(*SEES_SINGLE_PEOPLE)
def recognise(request: MemberRequest, pk: int, record: int) -> HttpResponse:
    """Say which course learning from elsewhere counts as."""
    person = one_of_staff(request, pk)
    if not vouches_for(request.membership, person):
        return refused(request, pk, "Someone else must recognise your learning.")
    elsewhere = TrainingRecord.objects.filter(membership=person, source=RecordSource.ELSEWHERE)
    found = get_object_or_404(elsewhere, pk=record)
    form = RecogniseForm(request.POST or None)
    if form.is_valid():
        try:
            recognise_learning(record=found, course=form.cleaned_data["course"])
        except AlreadyRecognised:
            return refused(request, pk, "Someone has already recognised this learning.")
        messages.success(request, f"“{found.title}” now counts as the course you chose.")
        return redirect("agency_person", pk)
    title = f"Recognise “{found.title}”"
    return shown(request, form, title, reverse("agency_person", args=[pk]), "Recognise")


def refused(request: MemberRequest, pk: int, sentence: str) -> HttpResponse:
    """Back to the person with a sentence."""
    messages.warning(request, sentence)
    return redirect("agency_person", pk)


def one_of_staff(request: MemberRequest, pk: int) -> Membership:
    """Someone whom the reader answers for; otherwise the page does not exist."""
    found: Membership = get_object_or_404(staff_of(request.membership, timezone.localdate()), pk=pk)
    return found


def shown(
    request: MemberRequest,
    form: RoleForm | OutsideLearningForm | RecogniseForm,
    title: str,
    back: str,
    submit: str,
    *,
    asks_proof: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "submit": submit,
        "asks_proof": asks_proof,
    }
    return render(request, "competencies/form.html", context)
