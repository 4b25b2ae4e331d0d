"""Places that are wasted, for the tests of restrictions."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from bookings.models import Booking, Restriction, RestrictionRule
from bookings.operations.book_place import book_place
from bookings.operations.close_register import close_register
from bookings.operations.decide_restriction import decide_restriction
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.rules.attendance import SessionMark
from bookings.rules.states import BookingState, Mark
from bookings.terms.booking_request import BookingRequest
from courses.models import Event
from outbox.models import Message
from partnerships.models import Membership
from tests.world import (
    World,
    booking,
    event,
    in_days,
)

NOW = timezone.now


def rule(**fields: Any) -> RestrictionRule:
    """Two places within twelve months; restricted for six."""
    made: RestrictionRule = RestrictionRule.objects.create(
        **{"is_active": True, "number": 2} | fields
    )
    return made


def missed(who: Membership, days: int = -40, **fields: Any) -> Booking:
    """A place that was not used, at an event whose register was closed before there was a rule."""
    at = event(starts_at=in_days(days))
    return booking(person=who, event=at, state=BookingState.NO_SHOW, **fields)


def absent(world: World, who: Membership, at: Event | None = None) -> Event:
    """The register of an event two days ago is closed, and the person did not come."""
    at = at or event(starts_at=in_days(-2))
    made = booking(person=who, event=at)
    mark(world, made, Mark.ABSENT)
    close_register(event=at, by=world.harbour.coordinator, at=NOW())
    return at


def mark(world: World, made: Booking, what: Mark) -> None:
    entries = [MarkEntry(made.pk, one.pk, SessionMark(what)) for one in made.event.sessions.all()]
    mark_attendance(event=made.event, entries=entries, by=world.harbour.trainer, at=NOW())


def want(
    who: Membership, at: Event | None = None, by: Membership | None = None, **said: Any
) -> Any:
    request = BookingRequest(
        event=at or event(), membership=who, employment=who.employments.get(), by=by or who, **said
    )
    return book_place(request=request, now=NOW(), wait_if_full=True)


def decide(world: World, one: Restriction, *, lift: bool) -> Restriction:
    return decide_restriction(
        restriction=one, lift=lift, decision="We looked.", by=world.harbour.coordinator, now=NOW()
    )


def subjects(who: Membership) -> list[str]:
    rows = Message.objects.filter(to_email=who.user.email, about__startswith="restriction-")
    return list(rows.order_by("pk").values_list("subject", flat=True))
