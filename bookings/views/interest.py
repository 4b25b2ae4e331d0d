"""Asking to be told when a course has dates, and who asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.models import CourseInterest
from bookings.operations.ask_for_dates import ask_for_dates
from bookings.operations.stop_asking_for_dates import stop_asking_for_dates
from bookings.reports.interest import courses_asked_for
from courses.models import Course
from outbox.tasks import wake
from partnerships.access import MemberRequest, member, requires
from partnerships.rules.roles import Permission


@member
def tell_me(request: MemberRequest, slug: str) -> HttpResponse:
    """One button: ask, or stop asking. A page of its own, because signing in leads back to it."""
    course = get_object_or_404(Course.objects.in_catalogue(), slug=slug)
    if request.method == "POST":
        if "stop" in request.POST:
            stop_asking_for_dates(course=course, by=request.membership, now=timezone.now())
            messages.success(request, f"We will not email you about dates for {course.title}.")
        else:
            ask_for_dates(course=course, by=request.membership, now=timezone.now())
            wake()
            messages.success(request, f"We will email you when {course.title} has a date.")
        return redirect(course)
    asked = CourseInterest.objects.open().filter(course=course, membership=request.membership)
    context = {"course": course, "asked": asked.exists()}
    return render(request, "bookings/tell_me.html", context)


@requires(Permission.RUN_TRAINING)
def interest(request: MemberRequest) -> HttpResponse:
    """Courses without dates that people ask for, by agency."""
    return render(request, "bookings/interest.html", {"wanted": courses_asked_for()})
