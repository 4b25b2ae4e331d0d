"""Write the reminders that go out some days before an event."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils import timezone

from bookings.emails.places import remind
from bookings.models import Booking
from bookings.rules.states import BookingState
from outbox.sweeps import take

DAYS_BEFORE = ExpressionWrapper(
    F("policy__reminder_days") * Value(timedelta(days=1)), output_field=DurationField()
)
REMINDER_DUE = ExpressionWrapper(F("event__starts_at") - DAYS_BEFORE, output_field=DateTimeField())


@transaction.atomic
def remind_next_delegate(*, now: datetime) -> int:
    """Sweep: one reminder, for one booking of an event that is near. A moved event reminds again.

    Whoever booked after the reminder was due gets none: the confirmation has just said the same. Nor does
    somebody who has left.
    """
    booking = take(
        to_remind(now)
        .select_related("event__course", "event__venue", "membership__user")
        .order_by("event__starts_at", "pk")
    )
    if booking is None:
        return 0
    remind(booking, now)
    booking.reminded_for = booking.event.starts_at
    booking.save(update_fields=["reminded_for"])
    return 1


def to_remind(now: datetime) -> QuerySet[Booking]:
    """Bookings whose reminder for the event's present date is due and not written yet."""
    here = Booking.objects.of_people_still_here(timezone.localdate(now))
    rows: QuerySet[Booking] = here.annotate(reminder_due=REMINDER_DUE).filter(
        ~Q(reminded_for=F("event__starts_at")) | Q(reminded_for__isnull=True),
        state=BookingState.BOOKED,
        event__starts_at__gt=now,
        reminder_due__lte=now,
        booked_at__lt=F("reminder_due"),
    )
    return rows
