"""What waits for somebody in this app: registers to close, places to settle, charges to decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, Charge, MitigationCase, VatRow, WaitingListEntry
from bookings.reports.credits import lines_to_credit
from bookings.reports.debt import holding, overdue
from bookings.reports.preparation import kinds_to_invoice
from bookings.rules.states import BookingState, ChargeState, MitigationState
from courses.models import Event
from courses.rules.states import EventState
from partnerships.attention import AttentionItem
from partnerships.models import Membership
from partnerships.rules.roles import Permission
from partnerships.rules.wording import counted

SOON = timedelta(days=14)


def attention(now: datetime, membership: Membership) -> list[AttentionItem]:
    """The lines that concern this person, empty ones left out. Twelve queries at most."""
    items = []
    if membership.may(Permission.RUN_TRAINING):
        items.append(registers_to_close(now))
        items += training_that_waits(now)
    if membership.may(Permission.MANAGE_MONEY):
        items += money_that_waits(now)
    return [item for item in items if item.count]


def registers_to_close(now: datetime) -> AttentionItem:
    """Events that are over while their register is still open."""
    open_ones = Event.objects.past(now).filter(
        state=EventState.PUBLISHED, register_closed_at__isnull=True
    )
    number = open_ones.count()
    return AttentionItem(f"{counted(number, 'register')} to close", number, reverse("registers"))


TO_SETTLE = (
    (BookingState.PENDING, "booking", "to settle"),
    (BookingState.PROPOSED, "colleague", "named for a place, to settle"),
)


def training_that_waits(now: datetime) -> list[AttentionItem]:
    """Drafts that start soon, places that wait for an answer, people in line."""
    soon = Event.objects.filter(state=EventState.DRAFT, starts_at__range=(now, now + SOON)).count()
    waits = Booking.objects.awaiting_approval().filter(event__starts_at__gte=now).order_by()
    counts = dict(waits.values_list("state").annotate(number=Count("pk")))
    waiting = WaitingListEntry.objects.open().filter(event__starts_at__gte=now).count()
    drafts = reverse("admin:courses_event_changelist")
    bookings = reverse("admin:bookings_booking_changelist")
    line_of = reverse("admin:bookings_waitinglistentry_changelist")
    return [
        line(soon, "draft event", "in the next 14 days", drafts, state__exact=EventState.DRAFT),
        *(
            line(counts.get(state, 0), noun, words, bookings, state__exact=state)
            for state, noun, words in TO_SETTLE
        ),
        line(waiting, "place", "requested on waiting lists", line_of),
    ]


def money_that_waits(now: datetime) -> list[AttentionItem]:
    """Charges to review or to decide, requests, credit notes that are due, money held, overdue invoices."""
    charges, invoices, today = reverse("charges"), reverse("invoices"), timezone.localdate(now)
    review = Charge.objects.filter(state=ChargeState.TO_REVIEW).count()
    decide = Charge.objects.filter(state=ChargeState.NEEDS_DECISION).count()
    cases = MitigationCase.objects.filter(state=MitigationState.OPEN).count()
    untreated = set(kinds_to_invoice()) - set(VatRow.objects.values_list("kind", flat=True))
    return [
        line(review, "charge", "to review", charges, state=ChargeState.TO_REVIEW),
        line(decide, "charge", "to decide", charges, state=ChargeState.NEEDS_DECISION),
        line(cases, "request", "to waive a charge", reverse("mitigation_cases")),
        line(
            len(untreated),
            "kind of charge",
            "without a VAT treatment",
            reverse("finance"),
            plural="kinds of charge",
        ),
        line(lines_to_credit().count(), "invoiced charge", "to credit", reverse("finance")),
        line(
            holding().count(), "invoice", "with money held for the agency", invoices, state="held"
        ),
        line(overdue(today).count(), "invoice", "overdue", invoices, state="overdue"),
    ]


def line(
    number: int, noun: str, what: str, url: str, *, plural: str = "", **query: str
) -> AttentionItem:
    """One item with its number in words."""
    address = f"{url}?{urlencode(query)}" if query else url
    return AttentionItem(f"{counted(number, noun, plural)} {what}", number, address)
