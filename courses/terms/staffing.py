"""What an event still lacks before it can be published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from courses.models import Event, Trainer
from courses.rules.programmes import approval_reasons
from courses.rules.trainers import TrainerFacts, TrainerRule, staffing_reasons
from partnerships.rules.reasons import Kind, Reason


def publishing_reasons(event: Event, now: datetime) -> tuple[Reason, ...]:
    """What stands between a draft and its publication, and what to watch."""
    day = timezone.localdate(event.starts_at)
    reasons = [*staffing_of(event), *room_reasons(event)]
    if event.starts_at <= now:
        reasons.append(Reason(Kind.BLOCKS, "in_the_past", "The event starts in the past."))
    if event.programme is not None:
        programme = event.programme
        reasons += approval_reasons(programme.approved_on, day, programme.approved_for_years)
    return tuple(reasons)


def room_reasons(event: Event) -> tuple[Reason, ...]:
    """A warning if the room is smaller than the event."""
    room = event.venue.capacity if event.venue else None
    if room is None or event.capacity <= room:
        return ()
    sentence = f"{event.venue} holds {room} people, and the event offers {event.capacity} places."
    return (
        Reason(
            Kind.WARNS, "room_too_small", sentence, "Choose another room, or offer fewer places."
        ),
    )


def staffing_of(event: Event) -> tuple[Reason, ...]:
    """Whether the event has the trainers that its course needs, on its first day (W51)."""
    trainers = Trainer.objects.filter(event_trainers__event=event)
    return staffed_by(event, trainers.prefetch_related("qualifications"))


def staffed_by(event: Event, trainers: Iterable[Trainer]) -> tuple[Reason, ...]:
    """The same for these trainers; lists have read them, with their qualifications, for all their events."""
    course = event.course
    rule = TrainerRule(course.minimum_trainers, int(course.needs_safeguarding_trainer))
    facts = [facts_of_trainer(each) for each in trainers]
    return staffing_reasons(facts, rule, timezone.localdate(event.starts_at))


def facts_of_trainer(trainer: Trainer) -> TrainerFacts:
    """A trainer is qualified for as long as their longest qualification. One without an end never lapses."""
    ends = [each.expires_on for each in trainer.qualifications.all()]
    known = [day for day in ends if day is not None]
    lasts = max(known) if known and len(known) == len(ends) else None
    return TrainerFacts(trainer.name, trainer.safeguarding_background, lasts)
