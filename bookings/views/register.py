"""Registers: who was there. Trainers mark those of their own events; coordinators mark and close all."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.documents.papers import sign_in_sheet
from bookings.forms.register import FindPersonForm, RegisterForm, WalkInForm
from bookings.operations.add_walk_in import ROOM_FULL, add_walk_in
from bookings.operations.close_register import close_register
from bookings.operations.mark_attendance import Entry, mark_attendance
from bookings.operations.refused import Refused
from bookings.operations.reopen_register import reopen_register
from bookings.reports.register import people_matching, register_rows, registers_for, registers_of
from bookings.reports.settlements import closing_of
from bookings.rules.attendance import DOORS_OPEN, takes_marks
from bookings.rules.states import Mark
from bookings.views.catalogue import page_of
from courses.models import Event, Session
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission
from partnerships.rules.wording import clock, counted

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
    """One session's register, marked on a tablet. Works as one form without JavaScript."""
    event = own_event(request, reference)
    now = timezone.now()
    sessions = list(event.sessions.all())
    session = chosen_session(sessions, request.GET.get("session"), now)
    rows = register_rows(event)
    form = RegisterForm(request.POST or None, rows=rows, session=session)
    if request.method == "POST":
        saved = form.is_valid() and save(request, event, form)
        if request.htmx:  # type: ignore[attr-defined]
            return said_in_passing(form)
        if saved:
            return redirect(f"{request.path}?session={session.position}")
    context = {
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


def save(request: MemberRequest, event: Event, form: RegisterForm) -> bool:
    """Write the marks; what stood in the way becomes an error of the form."""
    rest = Mark.PRESENT if "rest" in request.POST else None
    entries = [
        Entry(booking, form.session.pk, mark) for booking, mark in form.marks(rest=rest).items()
    ]
    try:
        saved = mark_attendance(
            event=event, entries=entries, by=request.membership, at=timezone.now()
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, f"{counted(saved, 'mark')} saved.")
    return True


def said_in_passing(form: RegisterForm) -> HttpResponse:
    """One line for the page that saves as one taps."""
    problems = [sentence for sentences in form.errors.values() for sentence in sentences]
    words = ". ".join(map(str, problems)) or f"Saved at {clock(timezone.localtime().time())}."
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@requires(*MARKS)
def walk_in(request: MemberRequest, reference: str) -> HttpResponse:
    """Find somebody who came without a booking, and add the person to the register."""
    event = own_event(request, reference)
    search = FindPersonForm(request.GET if "name" in request.GET else None)
    jobs = []
    if search.is_bound and search.is_valid():
        jobs = people_matching(search.cleaned_data["name"], event, timezone.localdate())
    form = WalkInForm(request.POST or None, jobs=jobs)
    if request.method == "POST" and form.is_valid():
        job = form.cleaned_data["employment"]
        try:
            add_walk_in(
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
            messages.success(request, f"{job.membership} is on the register and marked present.")
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
    """Say what closing will do, then do it."""
    event = own_event(request, reference)
    now = timezone.now()
    if request.method == "POST":
        try:
            close_register(event=event, by=request.membership, at=now)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The register is closed.")
        return redirect("register", reference)
    if event.register_closed_at is not None:
        return redirect("register", reference)
    context = {"event": event, "closing": closing_of(event, now)}
    return render(request, "bookings/register/close.html", context)


@requires(Permission.RUN_TRAINING)
@require_POST
def reopen(request: MemberRequest, reference: str) -> HttpResponse:
    """Open a closed register again, as long as nothing has been invoiced."""
    event = own_event(request, reference)
    try:
        reopen_register(event=event, by=request.membership, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The register is open again. Close it when the marks are right.")
    return redirect("register", reference)


def own_event(request: MemberRequest, reference: str) -> Event:
    """The event, if its register is this person's to see; otherwise there is no such page."""
    return get_object_or_404(registers_of(request.membership), reference=reference)


def chosen_session(sessions: list[Session], position: str | None, now: datetime) -> Session:
    """The session asked for, else the one that began last, else the first."""
    for session in sessions:
        if str(session.position) == position:
            return session
    begun = [session for session in sessions if takes_marks(session.starts_at, now)]
    return begun[-1] if begun else sessions[0]
