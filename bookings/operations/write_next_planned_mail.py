"""Write the emails that go out some days before or after an event."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from bookings.emails.places import tell_as_planned
from bookings.models import Booking, PlannedMail, PlannedMailSent
from bookings.rules.states import READS_A_PLANNED_MAIL, Audience, MailTiming
from bookings.terms.practice import planned_mails
from outbox.sweeps import take

LATEST = timedelta(days=30)  # what a site could not send for this long is no longer sent


@transaction.atomic
def write_next_planned_mail(*, now: datetime) -> int:
    """Sweep: one planned email for one booking. If the event has moved, it is written again."""
    for mail in planned_mails():
        booking = take(
            due_for(mail, now)
            .select_related("event__course", "event__venue", "membership__user", "agency")
            .order_by("event__starts_at", "pk")
        )
        if booking is None:
            continue
        # Another worker may have written it between the query and the lock.
        _, is_new = PlannedMailSent.objects.get_or_create(
            planned_mail=mail, booking=booking, starts_at=booking.event.starts_at
        )
        if is_new:
            tell_as_planned(booking, mail, now)
        return 1
    return 0


def due_for(mail: PlannedMail, now: datetime) -> QuerySet[Booking]:
    """Bookings for which the email is due, for the event's present date, and not yet written.

    People who booked after a reminder was due get none, because the confirmation has just said the same. Nor do
    people who have left, nor anyone if it was due before the partnership planned it.
    """
    here = Booking.objects.of_people_still_here(timezone.localdate(now))
    written = PlannedMailSent.objects.filter(
        planned_mail=mail, booking=OuterRef("pk"), starts_at=OuterRef("event__starts_at")
    )
    states = READS_A_PLANNED_MAIL[MailTiming(mail.timing), Audience(mail.audience)]
    rows: QuerySet[Booking] = here.filter(~Exists(written), state__in=sorted(states))
    became_due = (max(mail.since, now - LATEST) - mail.distance, now - mail.distance)
    if mail.timing == MailTiming.AFTER:
        return rows.filter(event__ends_at__range=became_due)
    told_already = F("event__starts_at") + mail.distance
    return rows.filter(
        event__starts_at__gt=now, event__starts_at__range=became_due, booked_at__lt=told_already
    )
