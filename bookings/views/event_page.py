"""The page of one event: what, when, where, for whom, what it costs, and the way to a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bookings.models import Booking, WaitingListEntry
from bookings.reports.prices import (
    cancelling_costs,
    cancelling_in_short,
    employers_of,
    has_undecided,
    in_short,
    price_line,
    price_table,
)
from bookings.rules.agreed import Agreed
from bookings.rules.deadline import earliest
from bookings.rules.states import ONE_A_PERSON, BookingState
from bookings.terms.agreement import Terms, terms_of
from bookings.terms.grants import agreed_today
from bookings.terms.places import PlacedEvent, with_places
from bookings.terms.policies import policy_or_none
from bookings.views.catalogue import TAGS, standing_now, where
from bookings.views.wording import YOUR_PLACE
from courses.models import Event
from courses.reports.details import substance_of, with_event_details
from courses.rules.catalogue import (
    EventStanding,
    duration_wording,
    places_wording,
)
from courses.rules.states import CourseKind
from govuk.rules.phrases import moment
from partnerships.access import TenantRequest, membership_or_none, public
from partnerships.models import Membership
from partnerships.rules.roles import Permission
from tenancy import rulebook

Fact = dict[str, Any]
BOOKABLE = frozenset({EventStanding.OPEN, EventStanding.FULL})


@rulebook()
@public
def event(request: TenantRequest, reference: str) -> HttpResponse:
    """One event, for anyone; members see what it costs their own agency."""
    membership = membership_or_none(request)
    now = timezone.now()
    offered = with_own_place(with_everything(visible_to(membership), now), membership)
    found = get_object_or_404(offered, reference=reference)
    stands = standing_now(found, now)
    context = {
        "event": found,
        "course": found.course,
        "stands": stands,
        "colour": TAGS.get(stands, "grey"),
        "why_not": why_not(found, stands),
        "facts": main_facts(found, stands),
        "my_place": my_place(found),
        "more_facts": more_facts(found, request.partnership.group_term),
        **substance_of(found.course, found),
        "membership": membership,
    }
    if stands in BOOKABLE:
        context["book_by_why"] = None if found.bookings_close_at else found.book_by_why
        context |= cost(found, membership, now)
    return render(request, "courses/event.html", context)


def with_everything(events: QuerySet[Event], now: datetime) -> QuerySet[PlacedEvent]:
    """Events with everything the page says about them; two queries."""
    return with_places(with_event_details(events), now).prefetch_related("sessions")


def with_own_place(
    events: QuerySet[PlacedEvent], membership: Membership | None
) -> QuerySet[PlacedEvent]:
    """Adds ``my_booking`` (its reference and state) and ``i_wait`` for a member."""
    if membership is None:
        return events
    booked = Booking.objects.filter(
        event=OuterRef("pk"), membership=membership, state__in=list(ONE_A_PERSON)
    )
    waits = WaitingListEntry.objects.open().filter(event=OuterRef("pk"), membership=membership)
    mine: QuerySet[PlacedEvent] = events.annotate(
        my_booking=Subquery(booked.values(it=JSONObject(reference="reference", state="state"))[:1]),
        i_wait=Exists(waits),
    )
    return mine


def my_place(event: PlacedEvent) -> str:
    """The state of the reader's own booking, in a sentence; empty if there is none."""
    booked = getattr(event, "my_booking", None)
    return YOUR_PLACE[BookingState(booked["state"])] if booked else ""


def visible_to(membership: Membership | None) -> QuerySet[Event]:
    """Only people who prepare events can see drafts."""
    if membership is not None and membership.may(Permission.RUN_TRAINING):
        everything: QuerySet[Event] = Event.objects.all()
        return everything
    in_catalogue: QuerySet[Event] = Event.objects.in_catalogue()
    return in_catalogue


def why_not(event: Event, stands: EventStanding) -> str:
    """Why no one can book any more; empty if someone can."""
    return {
        EventStanding.DRAFT: "This is a draft. No one can see or book it until it is published.",
        EventStanding.CANCELLED: "This event has been cancelled. No one will be charged for it.",
        EventStanding.OVER: "This event has taken place.",
        EventStanding.UNDER_WAY: "This event has started, so it can no longer be booked.",
        EventStanding.CLOSED: f"Bookings closed at {told(event.closes_at)}.",
    }.get(stands, "")


def main_facts(event: PlacedEvent, stands: EventStanding) -> list[Fact]:
    """What someone checks first."""
    venue = event.venue
    return as_facts(
        {
            "When": event.when.split("; "),
            "Where": [
                where(event.delivery, venue.name if venue else None),
                *(address_lines(event) if venue else ()),
            ],
            "Places": [places_of(event, stands)],
            "Book by": [book_by(event, stands)],
        }
    )


def more_facts(event: PlacedEvent, group_term: str) -> list[Fact]:
    """What people want to know once they have decided to come."""
    course, venue = event.course, event.venue
    return as_facts(
        {
            "Getting in and around": venue.access_notes.splitlines() if venue else [],
            "Trainers": event.trainer_names,
            group_term: [course.group.name if course.group else "Everyone"],
            "Type": [CourseKind(course.kind).label],
            "Length": [duration_wording(course.minutes)],
            "Reference": [event.reference],
        }
    )


def as_facts(facts: Mapping[str, Sequence[str]]) -> list[Fact]:
    """Labels and lines, without empty ones."""
    return [{"label": label, "lines": lines} for label, lines in facts.items() if any(lines)]


def address_lines(event: Event) -> list[str]:
    """The venue's address, then its postcode."""
    return [line for line in (*event.venue.address.splitlines(), event.venue.postcode) if line]


def places_of(event: PlacedEvent, stands: EventStanding) -> str:
    """Places left, or the length of the waiting list; empty once it is too late."""
    if stands not in BOOKABLE:
        return ""
    return places_wording(event.places_left, waiting_list=True, waiting=event.waiting)


def book_by(event: Event, stands: EventStanding) -> str:
    """Until when it can be booked; empty if until it starts, or no longer."""
    if stands not in BOOKABLE or not event.book_by_words:
        return ""
    return told(event.closes_at)


def cost(event: Event, membership: Membership | None, now: datetime) -> dict[str, Any]:
    """What a place costs, and until when it can be cancelled free of charge."""
    policy = policy_or_none(now, timezone.localdate(event.starts_at))
    if policy is None:
        return {}
    terms = terms_of(event, policy)
    own = agreed_with(terms, membership, now) if membership else {}
    quotes = {name: agreed.quote for name, agreed in own.items()}
    deadline = earliest([one.deadline for one in own.values()] or [terms.deadline])
    lines = [price_line(terms, name, quote) for name, quote in quotes.items()] or price_table(terms)
    return {
        "lines": lines,
        "quotes": quotes,
        "undecided": has_undecided(lines),
        "cancelling_costs": cancelling_costs(lines),
        "in_short": [
            *in_short(lines, own=bool(quotes)),
            cancelling_in_short(terms, deadline, lines, now),
        ],
        "deadline": deadline.why,
    }


def agreed_with(terms: Terms, membership: Membership, now: datetime) -> dict[str, Agreed]:
    """The terms of the event for each of the person's employers, by name, as the booking page quotes them."""
    employers = employers_of(membership, timezone.localdate(now))
    return agreed_today(terms, employers, now)


def told(instant: datetime) -> str:
    """An instant in the partnership's own time."""
    return moment(instant, timezone.get_current_timezone())
