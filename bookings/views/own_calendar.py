"""Someone's own bookings in their calendar, by a secret address."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from bookings.access import calendar_named, calendar_token
from bookings.documents.own_calendar import own_calendar
from bookings.models import Booking, OwnCalendar
from bookings.operations.renew_own_calendar import renew_own_calendar
from courses.views.calendar import ics_response
from partnerships.access import MemberRequest, TenantRequest, member, public

LOOKS_BACK = timedelta(days=90)
LONGEST_CALENDAR = 500


@member
def my_calendar(request: MemberRequest) -> HttpResponse:
    """The address to copy, and the button for a new one."""
    if request.method == "POST":
        made = renew_own_calendar(membership=request.membership, now=timezone.now())
        words = "You have a new address." if made.number > 1 else "Your calendar has an address."
        messages.success(request, words)
        return redirect("my_calendar")
    calendar = OwnCalendar.objects.filter(membership=request.membership).first()
    address = ""
    if calendar is not None:
        path = reverse("my_calendar_ics", args=[calendar_token(calendar)])
        address = request.build_absolute_uri(path)
    return render(request, "bookings/my_calendar.html", {"calendar": calendar, "address": address})


@public
def my_calendar_ics(request: TenantRequest, token: str) -> HttpResponse:
    """What the calendar program reads. It cannot sign in: the address is the proof."""
    calendar = calendar_named(token)
    if calendar is None:
        raise Http404
    now = timezone.now()
    rows = (
        Booking.objects.filter(membership=calendar.membership, event__ends_at__gte=now - LOOKS_BACK)
        .select_related("event__course", "event__venue", "membership__user")
        .prefetch_related("event__sessions")
        .order_by("-pk")[:LONGEST_CALENDAR]
    )
    response = ics_response("my-training.ics", own_calendar(reversed(rows), now))
    response["X-Robots-Tag"] = "noindex"
    return response
