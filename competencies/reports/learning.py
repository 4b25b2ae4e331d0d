"""What "my learning" shows of bookings, waiting lists, evaluations and records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from bookings.models import Booking, Offer, WaitingListEntry
from bookings.models.booking import BookingQuerySet
from bookings.models.request import of_those_still_here
from bookings.rules.states import AWAITS_APPROVAL, WaitingState
from bookings.rules.waiting_list import Waiting, in_order
from courses.models import TrainingRecord
from courses.terms.times import session_times
from evaluation.models import Certificate, SurveyInvitation
from evaluation.rules.states import InvitationState
from partnerships.models import Membership


def bookings_ahead(now: datetime) -> BookingQuerySet:
    """Bookings that are confirmed or wait for someone, the next event first."""
    rows: BookingQuerySet = Booking.objects.open().upcoming(now)
    return (
        rows.select_related("event__course", "event__venue", "membership__user", "agency", "policy")
        .annotate(event_times=session_times("event"))
        .order_by("event__starts_at", "pk")
    )


@dataclass(frozen=True)
class Bookings:
    """Someone's own bookings, and other people's that wait for their approval."""

    own: list[Booking]
    to_approve: list[Booking]


def bookings_about(membership: Membership, now: datetime) -> Bookings:
    """One query for both, without what the link would call closed: answered, too late, or someone has left."""
    asked = Q(approver=membership) | Q(approver_email__iexact=membership.user.email)
    unanswered = Q(state__in=list(AWAITS_APPROVAL), waits_for__contains=["manager_approval"])
    in_time = Q(held_until__isnull=True) | Q(held_until__gte=now)
    here = of_those_still_here(timezone.localdate(now))
    rows = bookings_ahead(now).filter(
        Q(membership=membership) | (asked & unanswered & in_time & here)
    )
    own = [row for row in rows if row.membership_id == membership.pk]
    return Bookings(own, [row for row in rows if row.membership_id != membership.pk])


@dataclass(frozen=True)
class OnWaitingList:
    """A place on a waiting list: the current position, or the offer to answer."""

    entry: WaitingListEntry
    position: int
    length: int
    offer: Offer | None
    expires_at: datetime | None


def waiting_of(membership: Membership, now: datetime) -> list[OnWaitingList]:
    """Every waiting list that someone is on. The order depends on the other people on it."""
    own = WaitingListEntry.objects.open().filter(membership=membership, event__ends_at__gte=now)
    rows = (
        WaitingListEntry.objects.open()
        .filter(event__in=own.values("event"))
        .annotate(share=shares(), open_offer=open_offer(), event_times=session_times("event"))
        .select_related("event__course")
        .order_by("event__starts_at", "event_id", "pk")
    )
    found = []
    for _, group in groupby(rows, key=lambda row: row.event_id):
        entries = list(group)
        mine = next(row for row in entries if row.membership_id == membership.pk)
        found.append(on_waiting_list(mine, entries))
    return found


def on_waiting_list(mine: Any, entries: list[Any]) -> OnWaitingList:
    """The position of one entry among those of its event that have no offer."""
    waiting = [row for row in entries if row.state == WaitingState.WAITING]
    ordered = in_order(
        [Waiting(row.pk, row.priority, str(row.agency_id), row.joined_at) for row in waiting],
        {str(row.agency_id): row.share for row in waiting},
    )
    places = {one.entry: number for number, one in enumerate(ordered, 1)}
    offer = mine.open_offer
    return OnWaitingList(
        entry=mine,
        position=places.get(mine.pk, 0),
        length=len(ordered),
        offer=Offer(pk=offer["id"]) if offer else None,
        expires_at=datetime.fromisoformat(offer["expires_at"]) if offer else None,
    )


def shares() -> Any:
    """Places that the entry's agency has or is offered at its event: the fewer, the earlier in the order."""
    held = Booking.objects.holding_a_place().filter(
        event=OuterRef("event"), agency=OuterRef("agency")
    )
    offered = Offer.objects.open().filter(event=OuterRef("event"), entry__agency=OuterRef("agency"))
    return number_of(held) + number_of(offered)


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows of one event there are."""
    counted = rows.order_by().values("event").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def open_offer() -> Subquery:
    """The offer that the entry has to answer, if there is one."""
    rows = Offer.objects.open().filter(entry=OuterRef("pk"))
    return Subquery(rows.values(it=JSONObject(id=F("pk"), expires_at=F("expires_at")))[:1])


def surveys_to_answer(membership: Membership) -> list[SurveyInvitation]:
    """Evaluations that someone was asked for and has not answered."""
    rows = SurveyInvitation.objects.filter(membership=membership, state=InvitationState.SENT)
    return list(
        rows.select_related("event__course", "booking__membership__user").order_by("due_on", "pk")
    )


def records_of(membership: Membership) -> list[Any]:
    """Everything completed, the latest first, each with ``certificate``: the code of a valid one."""
    codes = Certificate.objects.valid().filter(
        booking__event=OuterRef("event"), booking__membership=OuterRef("membership")
    )
    rows = TrainingRecord.objects.filter(membership=membership).annotate(
        certificate=Subquery(codes.values("code")[:1])
    )
    return list(rows.select_related("course").order_by("-completed_on", "-pk"))


def certificates_in_doubt(membership: Membership) -> list[Certificate]:
    """Certificates withdrawn and not replaced, and those whose register is open again; the latest first."""
    valid = Certificate.objects.valid().filter(booking=OuterRef("booking"))
    gone = Q(withdrawn_at__isnull=False) & ~Q(Exists(valid))
    being_checked = Q(withdrawn_at__isnull=True, booking__event__register_closed_at__isnull=True)
    rows = Certificate.objects.defer("pdf").filter(booking__membership=membership)
    return list(rows.filter(gone | being_checked).order_by("-completed_on", "-issued_at"))


def completed_courses(records: Iterable[TrainingRecord]) -> frozenset[str]:
    """Ids of the courses completed, as the rules name them."""
    return frozenset(str(row.course_id) for row in records if row.course_id is not None)
