"""What needs doing in this app: registers to close, places to decide on, people on the waiting list."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, Restriction, WaitingListEntry
from bookings.rules.states import BookingState
from courses.models import Event
from courses.rules.states import EventState
from govuk.rules.phrases import counted
from partnerships.attention import AttentionItem, counted_item
from partnerships.models import Membership
from partnerships.rules.roles import Permission

SOON = timedelta(days=14)


def attention(now: datetime, membership: Membership) -> list[AttentionItem]:
    """The items that concern this person, without empty ones. Five queries at most."""
    items = []
    if membership.may(Permission.RUN_TRAINING):
        items.append(registers_to_close(now))
        items += training_that_waits(now)
        items.append(appeals_to_decide(now))
    return [item for item in items if item.count]


def registers_to_close(now: datetime) -> AttentionItem:
    """Events that are over while their register is still open."""
    open_ones = Event.objects.past(now).filter(
        state=EventState.PUBLISHED, register_closed_at__isnull=True
    )
    number = open_ones.count()
    return AttentionItem(f"{counted(number, 'register')} to close", number, reverse("registers"))


def appeals_to_decide(now: datetime) -> AttentionItem:
    """Appeals against restrictions."""
    number = Restriction.objects.to_decide(timezone.localdate(now)).count()
    words = f"{counted(number, 'appeal')} against a restriction"
    return AttentionItem(words, number, reverse("restrictions"))


TO_SETTLE = (
    (BookingState.PENDING, "held place", "to decide"),
    (BookingState.PROPOSED, "colleague", "named for a place, to decide"),
)


def training_that_waits(now: datetime) -> list[AttentionItem]:
    """Drafts that start soon, places that wait for a decision, people on the waiting list."""
    soon = Event.objects.filter(state=EventState.DRAFT, starts_at__range=(now, now + SOON)).count()
    waits = Booking.objects.awaiting_approval().filter(event__starts_at__gte=now).order_by()
    counts = dict(waits.values_list("state").annotate(number=Count("pk")))
    waiting = WaitingListEntry.objects.open().filter(event__starts_at__gte=now).count()
    drafts = reverse("admin:courses_event_changelist")
    bookings = reverse("admin:bookings_booking_changelist")
    waiting_lists = reverse("admin:bookings_waitinglistentry_changelist")
    return [
        counted_item(
            soon, "draft event", "in the next 14 days", drafts, state__exact=EventState.DRAFT
        ),
        *(
            counted_item(counts.get(state, 0), noun, words, bookings, state__exact=state)
            for state, noun, words in TO_SETTLE
        ),
        counted_item(waiting, "place", "requested on waiting lists", waiting_lists),
    ]
