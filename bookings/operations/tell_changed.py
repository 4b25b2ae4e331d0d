"""Tell everyone affected what has changed about an event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.changes import News, tell_booked, tell_changed_while_waiting
from bookings.models import Booking
from bookings.steps.locks import locked_event
from bookings.terms.concerned import bookings_to_tell, concerned, offers_to_tell, waiting_to_tell
from courses.models import Event
from courses.rules.changes import Known, for_those_without_a_place, what_changed
from courses.terms.known import known
from outbox.operations.cancel_messages import cancel_messages
from outbox.tasks import wake


@transaction.atomic
def tell_changed(*, event: Event, before: Known, now: datetime) -> None:
    """One email each to people who are booked, waiting or have an offer; none if it would say nothing new to them.

    ``event`` is stored as it is now. A reminder that is still in the outbox describes the event as it was, so it is
    withdrawn and the sweep writes another.
    """
    event = locked_event(event.pk)
    after = known(event)
    changes = what_changed(before, after, timezone.get_current_timezone())
    until = max(before.times[-1][1], after.times[-1][1])
    if until <= now or not changes or not concerned([event], changes, now=now):
        return
    news = News(event, before, after, changes, now)
    for booking in bookings_to_tell([event], changes, now).select_related(
        "membership__user", "agency", "policy"
    ):
        booking.event = event
        withdraw_planned(booking)
        tell_booked(booking, news)
    if for_those_without_a_place(changes):
        for entry in waiting_to_tell([event], now).select_related("membership__user"):
            tell_changed_while_waiting(entry, news)
        for offer in offers_to_tell([event], now).select_related("entry__membership__user"):
            tell_changed_while_waiting(offer.entry, news, offer)
    wake()


def withdraw_planned(booking: Booking) -> None:
    """Withdraw planned emails still in the outbox, because they describe the event as it was."""
    for written in booking.planned_mails.all():
        prefix = f"{booking.reference}:planned:{written.planned_mail_id}:"
        if cancel_messages(about=booking.reference, key_prefix=prefix):
            written.delete()
