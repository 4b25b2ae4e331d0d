"""Open an event to everyone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courses.models import Event
from courses.rules.states import EventState
from courses.terms.staffing import publishing_reasons
from partnerships.rules.reasons import Kind
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def publish_event(*, event: Event, now: datetime) -> Event:
    """Publish a draft whose sessions are still to come and that has the trainers its course needs."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.state != EventState.DRAFT:
        raise refuse("not_a_draft", "Only a draft can be published.")
    missing = [each for each in publishing_reasons(event, now) if each.kind is Kind.BLOCKS]
    if missing:
        raise Refused(*missing)
    event.state = EventState.PUBLISHED
    event.save()
    return event
