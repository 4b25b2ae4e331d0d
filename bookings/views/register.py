"""Registers: who was there. Trainers mark those of their own events; coordinators mark and close all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.documents.papers import sign_in_sheet
from bookings.forms.register import GONE, FindAtTheDoorForm, RegisterForm, WalkInForm
from bookings.operations.add_walk_in import ROOM_FULL, add_walk_in
from bookings.operations.close_register import close_register
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.operations.reopen_register import reopen_register
from bookings.rules.attendance import DOORS_OPEN, SessionMark, takes_marks
from bookings.rules.states import Mark
from bookings.terms.register import (
    RegisterRow,
    people_matching,
    register_rows,
    registers_for,
    registers_of,
    rows_matching,
)
from bookings.terms.reopening import reopening_of
from bookings.terms.settlements import closing_of
from courses.models import Event, Session
from govuk.paging import page_of
from govuk.rules.phrases import clock, counted
from partnerships.access import PLAIN, MemberRequest, in_part, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission

A_PAGE = 50
MOST_LETTERS = 100
MARKS = (Permission.MARK_REGISTER, Permission.RUN_TRAINING)


@requires(*MARKS)
def registers(request: MemberRequest) -> HttpResponse:
    """The registers that this person may open: those to mark or close, then the others."""
    now = timezone.now()
    page, problem = page_of(registers_for(request.membership, now), request.GET.get("page"))
    context = {"page": page, "page_problem": problem, "now": now}
    return render(request, "bookings/register/registers.html", context)


@requires(*MARKS)
def register(request: MemberRequest, reference: str) -> HttpResponse:
    """One session's register, marked on a tablet. Works as one form without JavaScript.

    A long one is split into pages and can be searched. Only the people on the page are sent.
    """
    event = own_event(request, reference)
    now = timezone.now()
    sessions = list(event.sessions.all())
    session = chosen_session(sessions, request.GET.get("session"), now)
    if request.method == "POST":
        session = next(
            (one for one in sessions if str(one.pk) == request.POST.get("session_id")), session
        )
    rows = register_rows(event)
    words = request.GET.get("name", "")[:MOST_LETTERS].replace("\x00", "")
    page, problem = page_of(rows_matching(rows, words), request.GET.get("page"), size=A_PAGE)
    shown = [row for row in rows if row.fields & request.POST.keys()]
    form = RegisterForm(request.POST or None, rows=shown or list(page), session=session)
    if request.method == "POST":
        saved = form.is_valid() and save(request, event, form, rows)
        if in_part(request):
            return said_in_passing(form)
        if saved:
            return redirect(request.get_full_path())
    context = {
        "page": page,
        "page_problem": problem,
        "words": words,
        "is_long": len(rows) > A_PAGE,
        "event": event,
        "sessions": sessions,
        "session": session,
        "begun": [one for one in sessions if takes_marks(one.starts_at, now)],
        "opens_at": session.starts_at - DOORS_OPEN,
        "rows": rows,
        "form": form,
        "done": sum(row.is_complete(sessions) for row in rows),
        "over": event.ends_at <= now,
        "may_close": request.membership.may(Permission.RUN_TRAINING),
    }
    return render(request, "bookings/register/register.html", context)


def save(
    request: MemberRequest, event: Event, form: RegisterForm, everybody: Sequence[RegisterRow]
) -> bool:
    """Write the marks. Anything that prevents it becomes an error of the form.

    If asked, mark everyone without a mark as present, on every page of the register.
    """
    said, session = form.marks(), form.session.pk
    if "rest" in request.POST:
        unmarked = [row.booking.pk for row in everybody if session not in row.marks]
        said = dict.fromkeys(unmarked, SessionMark(Mark.PRESENT)) | said
    entries = [MarkEntry(booking, session, mark) for booking, mark in said.items()]
    try:
        saved = mark_attendance(
            event=event, entries=entries, by=request.membership, at=timezone.now()
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    if not in_part(request):
        messages.success(request, f"{counted(saved, 'mark')} saved.")
    return True


def said_in_passing(form: RegisterForm) -> HttpResponse:
    """One line for the page that saves at each tap. A refused mark is not a success."""
    problems = [sentence for sentences in form.errors.values() for sentence in sentences]
    words = ". ".join(map(str, problems)) or f"Saved at {clock(timezone.localtime().time())}."
    status = 410 if form.has_error(NON_FIELD_ERRORS, GONE) else 422 if problems else 200
    return HttpResponse(words, status=status, content_type=PLAIN)


@requires(*MARKS)
def walk_in(request: MemberRequest, reference: str) -> HttpResponse:
    """Find someone who came without a booking, and add the person to the register."""
    event = own_event(request, reference)
    search = FindAtTheDoorForm(request.GET if "name" in request.GET else None)
    jobs = []
    if search.is_bound and search.is_valid():
        jobs = people_matching(search.cleaned_data["name"], event, timezone.localdate())
    form = WalkInForm(request.POST or None, jobs=jobs)
    if request.method == "POST" and form.is_valid():
        job = form.cleaned_data["employment"]
        try:
            booking = add_walk_in(
                event=event,
                employment=job,
                by=request.membership,
                at=timezone.now(),
                confirmed=form.cleaned_data["confirmed"],
            )
        except Refused as refused:
            if ROOM_FULL in refused.codes:
                form.ask_whether_there_is_room(str(refused))
            else:
                form.add_error(None, str(refused))
        else:
            marked = " and marked present" if booking.attendances.exists() else ""
            messages.success(request, f"{job.membership} is on the register{marked}.")
            return redirect("register", reference)
    context = {
        "event": event,
        "search": search,
        "jobs": jobs,
        "form": form,
        "forms": [search, form],
    }
    return render(request, "bookings/register/walk_in.html", context)


@requires(*MARKS)
def sign_in_sheet_pdf(request: MemberRequest, reference: str) -> HttpResponse:
    """The register on paper."""
    event = own_event(request, reference)
    response = HttpResponse(
        sign_in_sheet(event, register_rows(event)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{event.reference}.pdf"'
    return response


@requires(Permission.RUN_TRAINING)
def close(request: MemberRequest, reference: str) -> HttpResponse:
    """Show what closing will do, then do it."""
    event = own_event(request, reference)
    now = timezone.now()
    refused: Refused | None = None
    if request.method == "POST":
        try:
            shown = request.POST.get("shown", "")
            close_register(event=event, by=request.membership, at=now, shown=shown)
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, "The register is closed.")
            return redirect("register", reference)
    if event.register_closed_at is not None:
        return redirect("register", reference)
    closing = closing_of(event, now)
    context = {"event": event, "closing": closing, "refused": refused}
    status = 200 if refused is None else 409
    return render(request, "bookings/register/close.html", context, status=status)


@requires(Permission.RUN_TRAINING)
def reopen(request: MemberRequest, reference: str) -> HttpResponse:
    """Show what reopening a closed register undoes, then do it, as long as nothing has been invoiced."""
    event = own_event(request, reference)
    if request.method != "POST" and event.register_closed_at is not None:
        context = {"event": event, "back": reopening_of(event)}
        return render(request, "bookings/register/reopen.html", context)
    if request.method != "POST":
        return redirect("register", reference)
    try:
        reopen_register(event=event, by=request.membership, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, "The register is open again. Close it when the marks are correct."
        )
    return redirect("register", reference)


def own_event(request: MemberRequest, reference: str) -> Event:
    """The event, if this person may see its register; otherwise the page does not exist."""
    return get_object_or_404(registers_of(request.membership), reference=reference)


def chosen_session(sessions: list[Session], position: str | None, now: datetime) -> Session:
    """The session asked for; otherwise the one that began last; otherwise the first."""
    for session in sessions:
        if str(session.position) == position:
            return session
    begun = [session for session in sessions if takes_marks(session.starts_at, now)]
    return begun[-1] if begun else sessions[0]
