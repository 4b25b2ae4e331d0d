"""The page where a place is booked. Its address is here because the questions before the course follow."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.views.book import book_a_place
from evaluation.access import survey_token
from evaluation.operations.ask_baseline import ask_baseline
from partnerships.access import TenantRequest, signed_in
from partnerships.models import Membership
from tenancy import rulebook


@rulebook()
@signed_in
def book(request: TenantRequest, reference: str) -> HttpResponse:
    """Book for yourself, or ``?for=`` someone at your agency; join the waiting list of a full event."""
    return book_a_place(request, reference, next_page=page_after)


def page_after(booking: Booking, by: Membership) -> str:
    """The questions before the course for someone who booked for themselves, otherwise the booking."""
    if by.pk == booking.membership_id:
        invitation = ask_baseline(booking=booking, now=timezone.now())
        if invitation is not None:
            return reverse("survey", args=[survey_token(invitation)])
    return booking.get_absolute_url()
