"""What taking part in each event of a list costs, in a few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from bookings.reports.places import ListedEvent
from bookings.reports.price_lists import list_in_force, rules_of
from bookings.reports.terms import UNKNOWN_PAYER, counts_length, length_of
from bookings.rules.fees import Circumstances, Price, price_for
from bookings.rules.money import pounds
from courses.models import Session
from courses.rules.prices import ChargeKind, FeeOutcome
from partnerships.models import Agency, Employment, Membership
from partnerships.rules.agencies import PayerClass
from partnerships.tenancy import kept

FREE, ASK_US = "Free", "ask us what it costs"
Prices = dict[str, Price]  # by payer class


def listed_prices(
    events: Sequence[ListedEvent], reader: Membership | None, now: datetime
) -> dict[str, str]:
    """By the events' references: for the reader's own employers, for everybody where nobody is signed in.

    Two queries more at most, however long the list.
    """
    lists = {event.pk: list_of(event) for event in events}
    counted = [event for event in events if counts_length(rules_of(lists[event.pk]))]
    lengths = lengths_of(counted) if counted else {}
    employers = employers_today(reader, timezone.localdate(now)) if reader else []
    found = {}
    for event in events:
        prices = attendance_prices(
            lists[event.pk],
            event.event_type,
            event.group_code or "",
            event.course_reference,
            lengths.get(event.pk, 1),
        )
        day = timezone.localdate(event.starts_at)
        own = {employer.payer_class_on(day) or UNKNOWN_PAYER for employer in employers}
        found[event.reference] = in_words(prices, own)
    return found


def list_of(event: ListedEvent) -> int | None:
    """The price list that a booking made now would name."""
    found = list_in_force(timezone.localdate(event.starts_at))
    return found.pk if found else None


def lengths_of(events: Collection[ListedEvent]) -> dict[int, int]:
    """Half days by event; one query."""
    sittings: dict[int, list[timedelta]] = defaultdict(list)
    rows = Session.objects.filter(event__in=[event.pk for event in events])
    for event, starts_at, ends_at in rows.values_list("event", "starts_at", "ends_at"):
        sittings[event].append(ends_at - starts_at)
    return {event.pk: length_of(sittings[event.pk], event.minutes) for event in events}


def employers_today(reader: Membership, today: date) -> list[Agency]:
    """Everybody the person works for; one query."""
    work = Employment.objects.on(today).confirmed().filter(membership=reader)
    return [job.agency for job in work.select_related("agency")]


@kept
def attendance_prices(
    price_list: int | None, event_type: str, group: str, course: str, half_days: int
) -> Prices:
    """What taking part costs each kind of employer, and one of which nobody has said anything."""
    rules = rules_of(price_list)
    return {
        payer: price_for(
            Circumstances(ChargeKind.ATTENDANCE, payer, event_type, group, course, half_days), rules
        )
        for payer in (*PayerClass, UNKNOWN_PAYER)
    }


def in_words(prices: Prices, own: Collection[str]) -> str:
    """Free, £75.00, or a range where it depends on the employer."""
    wanted = [prices[payer] for payer in own or PayerClass]
    amounts = sorted({price.amount for price in wanted if price.outcome is not FeeOutcome.DECISION})
    asks = len(amounts) == 0 or any(price.outcome is FeeOutcome.DECISION for price in wanted)
    told = [pounds(amount) if amount else FREE for amount in amounts]
    ends = [told[0], told[-1]] if len(told) > 1 else told
    words = " to ".join(ends) if not asks else ", or ".join([*ends, ASK_US])
    depends = len({(price.outcome, price.amount) for price in wanted}) > 1
    whose = "your employer" if own else "the employer"
    words = words[0].upper() + words[1:]
    if depends:
        return f"{words}, depending on {whose}"
    return f"{words} for {whose}" if own and not asks else words
