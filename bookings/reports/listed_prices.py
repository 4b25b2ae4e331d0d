"""What taking part in each event of a list costs, in a few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from bookings.rules.fees import Circumstances, Price, price_for
from bookings.rules.money import pounds
from bookings.terms.agreement import UNKNOWN_PAYER, counts_length, length_of
from bookings.terms.places import ListedEvent
from bookings.terms.price_lists import list_in_force, rules_of
from courses.models import Session
from courses.rules.prices import ChargeKind, FeeOutcome
from partnerships.models import Agency, Employment, Membership
from partnerships.rules.agencies import PayerClass
from tenancy import kept

FREE, ASK_US = "Free", "ask us what it costs"


def listed_prices(
    events: Sequence[ListedEvent], reader: Membership | None, now: datetime
) -> dict[str, str]:
    """By event reference: for the reader's own employers, or for everyone if no one is signed in.

    At most two more queries, however long the list.
    """
    days = {event.pk: timezone.localdate(event.starts_at) for event in events}
    lists = {pk: list_id_on(day) for pk, day in days.items()}
    by_length = {one for one in set(lists.values()) if counts_length(rules_of(one))}
    measured = [event for event in events if lists[event.pk] in by_length]
    lengths = lengths_of(measured) if measured else {}
    employers = employers_today(reader, timezone.localdate(now)) if reader else []
    return {
        event.reference: attendance_in_words(
            lists[event.pk],
            event.event_type,
            event.group_code or "",
            event.course_reference,
            lengths.get(event.pk, 1),
            *sorted({one.payer_class_on(days[event.pk]) or UNKNOWN_PAYER for one in employers}),
        )
        for event in events
    }


def list_id_on(day: date) -> int | None:
    """The price list that a booking made now for an event on that day would name."""
    found = list_in_force(day)
    return found.pk if found else None


def lengths_of(events: Collection[ListedEvent]) -> dict[int, int]:
    """Half days by event; one query."""
    sittings: dict[int, list[timedelta]] = defaultdict(list)
    rows = Session.objects.filter(event__in=[event.pk for event in events])
    for event, starts_at, ends_at in rows.values_list("event", "starts_at", "ends_at"):
        sittings[event].append(ends_at - starts_at)
    return {event.pk: length_of(sittings[event.pk], event.minutes) for event in events}


def employers_today(reader: Membership, today: date) -> list[Agency]:
    """All the person's employers; one query."""
    work = Employment.objects.on(today).confirmed().filter(membership=reader)
    return [job.agency for job in work.select_related("agency")]


@kept
def attendance_in_words(
    price_list: int | None, event_type: str, group: str, course: str, half_days: int, *own: str
) -> str:
    """What taking part costs employers of these payer classes, or any employer if none is named."""
    rules = rules_of(price_list)
    prices = [
        price_for(
            Circumstances(ChargeKind.ATTENDANCE, payer, event_type, group, course, half_days), rules
        )
        for payer in own or PayerClass
    ]
    return in_words(prices, own=bool(own))


def in_words(prices: Sequence[Price], *, own: bool) -> str:
    """Free, £75.00, or a range if it depends on the employer; ``own`` if it is the reader's employer."""
    amounts = sorted({price.amount for price in prices if price.outcome is not FeeOutcome.DECISION})
    asks = len(amounts) == 0 or any(price.outcome is FeeOutcome.DECISION for price in prices)
    told = [pounds(amount) if amount else FREE for amount in amounts]
    ends = [told[0], told[-1]] if len(told) > 1 else told
    words = " to ".join(ends) if not asks else ", or ".join([*ends, ASK_US])
    depends = len({(price.outcome, price.amount) for price in prices}) > 1
    whose = "your employer" if own else "the employer"
    words = words[0].upper() + words[1:]
    if depends:
        return f"{words}, depending on {whose}"
    return f"{words} for {whose}" if own and not asks else words
