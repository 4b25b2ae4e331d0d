"""A change to a venue is a change to every upcoming event there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from courses.admin.event_changes import Asking, Telling
from courses.models import Event, Venue
from courses.rules.changes import Known, what_changed
from courses.rules.states import EventState
from courses.terms.known import known
from govuk.rules.phrases import counted
from partnerships.forms.base import TenantModelForm


class VenueForm(Telling, TenantModelForm):
    """A venue, and the events whose people are told when it changes."""

    changed: tuple[tuple[Event, Known], ...] = ()  # each with what people knew of it

    def clean(self) -> dict[str, Any] | None:
        """Ask once before people are told."""
        cleaned: dict[str, Any] | None = super().clean()
        if self.errors or self.instance.pk is None:
            return cleaned
        now = timezone.now()
        events = events_to_come(self.instance, now)
        before = [known(event) for event in events]
        if not events or before[0] == (after := known(events[0], venue=Venue(**self.cleaned_data))):
            return cleaned
        self.changed = tuple(zip(events, before, strict=True))
        changes = what_changed(before[0], after, timezone.get_current_timezone())
        self.told = self.concerned(events, changes, now)
        told_at = f"This venue has {counted(len(events), 'upcoming event')}."
        self.ask(Asking(changes, self.told, events=told_at))
        return cleaned

    def tell(self, now: datetime) -> None:
        """Once the venue is saved: each event becomes a new revision, so that calendars pick it up."""
        for event, before in self.changed:
            event.revision += 1
            event.save(update_fields=["revision"])
            for each in self.followers:
                each.tell(event=event, before=before, now=now)


def events_to_come(venue: Venue, now: datetime) -> list[Event]:
    """Published events that are not over, locked so that no one else changes them or their places."""
    here = Event.objects.filter(venue=venue, state=EventState.PUBLISHED, ends_at__gt=now)
    held = here.select_for_update(of=("self",)).order_by("pk")
    return list(held.prefetch_related("venue", "sessions"))
