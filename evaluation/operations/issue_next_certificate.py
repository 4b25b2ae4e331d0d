"""Issue certificates that are due."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from evaluation.operations.issue_certificate import issue_certificate
from evaluation.terms.certificates import bookings_to_certify
from outbox.sweeps import leave, not_set_aside, take


@transaction.atomic
def issue_next_certificate(*, now: datetime) -> int:
    """Issue one certificate that is due; 0 when none is.

    Every row has its turn, however many before it cannot be printed; those are looked at once per turn.
    """
    due = not_set_aside(bookings_to_certify().order_by("event__register_closed_at", "pk"))
    for pk in due.values_list("pk", flat=True).iterator():
        booking = take(Booking.objects.filter(pk=pk))
        if booking is None:
            continue
        if issue_certificate(booking=booking, now=now) is not None:
            return 1
        leave(booking)
    return 0
