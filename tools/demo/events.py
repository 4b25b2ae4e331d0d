"""The year of events: dates counted from the day of loading, sessions, who delivers them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from bookings.operations.cancel_event import cancel_event
from bookings.terms.agreement import terms_of
from courses.models import Event, EventTrainer, Programme
from courses.operations.publish_event import publish_event
from courses.operations.reschedule_event import reschedule_event
from courses.rules.states import Delivery, EventState
from partnerships.rules.working_days import nth_working_day_after, nth_working_day_before
from tools.demo.reader import Facts
from tools.demo.town import Occasion, Town

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EARLIEST = timedelta(days=75)  # before the event, when the first people book
Sitting = tuple[datetime, datetime]
WHY_CANCELLED = "The lead trainer is ill and we could not find anyone to replace her."


def load_events(town: Town) -> None:
    """Events with sessions and trainers, in the order of their days; all are drafts until the diary says otherwise."""
    planned = [(row, sittings(town, row)) for row in town.seed.events]
    planned.sort(key=lambda one: one[1][0])
    programme = Programme.objects.first()
    drafts = Event.objects.bulk_create(event(town, row, times, programme) for row, times in planned)
    made = [
        reschedule_event(event=one, times=times)
        for one, (_, times) in zip(drafts, planned, strict=True)
    ]
    EventTrainer.objects.bulk_create(
        EventTrainer(event=one, trainer=town.trainers[key])
        for (row, _), one in zip(planned, made, strict=True)
        for key in row["trainers"]
    )
    for (row, _), one in zip(planned, made, strict=True):
        own, course = list(one.sessions.order_by("position")), town.courses[row["course"]]
        occasion = Occasion(facts=row, course=course, event=one, sessions=own)
        occasion.terms = terms_of(one, town.policy)
        town.occasions.append(occasion)
        if row["state"] != EventState.DRAFT:
            town.diary.note(publishing_time(town, occasion), partial(publish, one))
        if row["state"] == EventState.CANCELLED:
            town.diary.note(cancelling_time(town), partial(give_up, town, one))


def publish(event: Event, at: datetime) -> None:
    publish_event(event=event, now=at)


def give_up(town: Town, event: Event, at: datetime) -> None:
    cancel_event(event=event, by=town.member("coordinator"), now=at, reason=WHY_CANCELLED)


def publishing_time(town: Town, occasion: Occasion) -> datetime:
    """A week before the first people book."""
    return first_bookings(town, occasion) - timedelta(days=7)


def first_bookings(town: Town, occasion: Occasion) -> datetime:
    """Some weeks before the event; a month ago where it is far away."""
    return min(occasion.event.starts_at - EARLIEST, town.midnight - timedelta(days=30))


def cancelling_time(town: Town) -> datetime:
    return town.office_closed - timedelta(hours=9)


def first_day(town: Town, row: Facts) -> date:
    """So many days of teaching from the day of loading, moved on to the weekday asked for."""
    offset = row["offset"]
    if offset > 0:
        day = nth_working_day_after(town.today, offset, town.teaching)
    else:
        day = nth_working_day_before(town.today, -offset, town.teaching)
    if row["weekday"]:
        day += timedelta(days=(WEEKDAYS.index(row["weekday"]) - day.weekday()) % 7)
        while day in town.teaching.closed:
            day += timedelta(days=7)
    return day


def sittings(town: Town, row: Facts) -> list[Sitting]:
    """Start and end of each session; the days between sessions are days of teaching."""
    first = first_day(town, row)
    found = []
    for session in row["sessions"]:
        later = session["day"]
        day = nth_working_day_after(first, later, town.teaching) if later else first
        start, end = (time.fromisoformat(session[which]) for which in ("start", "end"))
        found.append((town.at(day, start), town.at(day, end)))
    return found


def event(town: Town, row: Facts, times: list[Sitting], programme: Programme | None) -> Event:
    """One event, not published yet."""
    starts_at, ends_at = times[0][0], times[-1][1]
    venue = town.venues.get(row["venue"])
    approved = (
        programme is not None and programme.starts_on <= starts_at.date() <= programme.ends_on
    )
    return Event(
        course=town.courses[row["course"]],
        programme=programme if approved else None,
        reference=row["reference"],
        state=EventState.DRAFT,
        delivery=row["delivery"],
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        joining_url="" if venue else f"https://meet.example.org/{row['reference'].lower()}",
        joining_notes=joining_notes(row),
        capacity=row["capacity"],
    )


def joining_notes(row: Facts) -> str:
    """What people who hold a place need on the day."""
    if row["delivery"] in {Delivery.VIRTUAL, Delivery.E_LEARNING}:
        return "The room opens 15 minutes before the start. Please have your camera ready."
    return "Registration from 15 minutes before the start. Lunch is not provided."
