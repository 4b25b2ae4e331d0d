"""Which part of the training a report is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from courses.models import Event
from partnerships.models import active_partnership


@dataclass(frozen=True)
class Slice:
    """Events that ended between two days (both included) and whose register is closed; None means any.

    ``agency`` and ``sector`` are those that sent the delegates.
    """

    first: date
    last: date
    course: int | None = None
    event: int | None = None
    agency: int | None = None
    sector: str = ""

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    @property
    def of_some_agencies(self) -> bool:
        """Whether it is about only some delegates, so that the capacity says nothing."""
        return self.agency is not None or bool(self.sector)

    def events(self) -> QuerySet[Event]:
        found: QuerySet[Event] = Event.objects.filter(
            register_closed_at__isnull=False, ends_at__gte=self.begins, ends_at__lt=self.ends
        )
        if self.course is not None:
            found = found.filter(course=self.course)
        return found if self.event is None else found.filter(pk=self.event)

    def parameters(self) -> dict[str, Any]:
        return {
            "partnership": active_partnership().pk,
            "begins": self.begins,
            "ends": self.ends,
            "course": self.course,
            "event": self.event,
        }
