"""All events for the people who run them: how full each is, and what it still needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from bookings.rules.event_needs import EventNeeds, EventStage
from bookings.terms.places import PlacedEvent, with_places
from courses.models import Event
from courses.reports.catalogue import event_words, in_month
from courses.rules.states import EventState
from courses.terms.staffing import room_reasons, staffed_by
from partnerships.models import searched


@dataclass(frozen=True)
class BoardRow:
    """One event, with its places and what it needs, in sentences."""

    event: PlacedEvent
    taken: int
    needs: tuple[str, ...]


def board_events(wanted: Mapping[str, Any], now: datetime) -> QuerySet[PlacedEvent]:
    """Events of a stage, those to come if none is chosen; the next first, but of past ones the latest."""
    stage = EventStage(wanted.get("stage", EventStage.TO_COME))
    found = Event.objects.filter(of_stage(stage, now))
    if text := wanted.get("q"):
        found = found.alias(words=event_words()).filter(words=searched(text))
    if month := wanted.get("month"):
        found = found.filter(in_month(month))
    latest_first = stage in {EventStage.REGISTER_OPEN, EventStage.OVER}
    return (
        with_places(found, now)
        .select_related("course", "venue")
        .prefetch_related("sessions", "event_trainers__trainer__qualifications")
        .order_by("-starts_at" if latest_first else "starts_at", "pk")
    )


def of_stage(stage: EventStage, now: datetime) -> Q:
    """The events of a stage."""
    published, draft = Q(state=EventState.PUBLISHED), Q(state=EventState.DRAFT)
    return {
        EventStage.TO_COME: (published | draft) & Q(starts_at__gte=now),
        EventStage.DRAFT: draft & Q(starts_at__gte=now),
        EventStage.REGISTER_OPEN: published & Q(ends_at__lt=now, register_closed_at__isnull=True),
        EventStage.OVER: Q(ends_at__lt=now) & ~draft,
        EventStage.CANCELLED: Q(state=EventState.CANCELLED),
    }[stage]


def board_rows(events: Sequence[PlacedEvent], now: datetime) -> list[BoardRow]:
    """What the list shows of each event. No more queries: everything has been read for all of them."""
    return [
        BoardRow(event, event.capacity - event.free, needs_of(event, now).sentences)
        for event in events
    ]


def needs_of(event: PlacedEvent, now: datetime) -> EventNeeds:
    """What an event needs that is still to come or whose register is open."""
    ahead = event.state in {EventState.DRAFT, EventState.PUBLISHED} and event.starts_at > now
    over = event.state == EventState.PUBLISHED and event.ends_at < now
    trainers = [one.trainer for one in event.event_trainers.all()]
    return EventNeeds(
        is_draft=ahead and event.state == EventState.DRAFT,
        register_open=over and event.register_closed_at is None,
        waiting=event.waiting if ahead else 0,
        free=event.free,
        reasons=(*staffed_by(event, trainers), *room_reasons(event)) if ahead else (),
    )


def months_of_events() -> tuple[date, ...]:
    """First days of the months that have any event; one query."""
    days = Event.objects.order_by().dates("starts_at", "month")
    return tuple(days)
