"""What taking part in each event of a list costs, in a few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.rules.fees import Circumstances, Price, PriceRule, price_for
from bookings.rules.grants import GrantTerms
from bookings.rules.money import pounds
from bookings.rules.place import HALF_DAY_MINUTES, Place
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.terms.agreement import asks_for_length
from bookings.terms.grants import grant_without_code, places_used_today
from bookings.terms.places import ListedEvent
from bookings.terms.policies import policy_or_none, prices_of
from courses.models import Session
from partnerships.models import (
    Agency,
    Employment,
    Membership,
    areas,
    payer_classes,
    sectors,
)
from partnerships.rules.payers import Named, Payer
from tenancy import kept

OwnPlace = tuple[Payer, GrantTerms | None]  # who the reader's employer is, and the grant it gets
FREE, ASK_US = "Free", "ask us what it costs"


def listed_prices(
    events: Sequence[ListedEvent], reader: Membership | None, now: datetime
) -> dict[str, str]:
    """By event reference: for the reader's own employers, or for everyone if no one is signed in.

    With the grants that their places get, as the booking page quotes. At most four more queries, however long the list.
    """
    days = {event.pk: timezone.localdate(event.starts_at) for event in events}
    chosen = {event.pk: policy_or_none(now, days[event.pk]) for event in events}
    policies = {pk: one.pk if one else 0 for pk, one in chosen.items()}
    by_length = {one for one in set(policies.values()) if asks_for_length(prices_of(one), ())}
    measured = [event for event in events if policies[event.pk] in by_length]
    sittings = sittings_of(measured) if measured else {}
    today = timezone.localdate(now)
    employers = employers_today(reader, today) if reader else []
    used = places_used_today(now) if employers else {}

    def own(day: date) -> list[OwnPlace]:
        payers = [(one, one.payer_on(day)) for one in employers]
        found = {(payer, grant_without_code(one, payer, today, used)) for one, payer in payers}
        return sorted(found, key=str)

    return {
        event.reference: attendance_in_words(
            policies[event.pk],
            place_at(event, sittings.get(event.pk, ()), chosen[event.pk]),
            *own(days[event.pk]),
        )
        for event in events
    }


def place_at(event: ListedEvent, sittings: tuple[int, ...], policy: ChargingPolicy | None) -> Place:
    """A place at the event, for no employer in particular."""
    return Place(
        course=event.course_reference,
        group=event.group_code or "",
        event_type=event.event_type,
        delivery=event.delivery,
        sittings=sittings,
        list_price=event.list_price,
        half_day_minutes=policy.half_day_minutes if policy else HALF_DAY_MINUTES,
    )


def sittings_of(events: Collection[ListedEvent]) -> dict[int, tuple[int, ...]]:
    """The length of each session by event; one query."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Session.objects.filter(event__in=[event.pk for event in events])
    for event, starts_at, ends_at in rows.values_list("event", "starts_at", "ends_at"):
        found[event].append((ends_at - starts_at) // timedelta(minutes=1))
    return {event.pk: tuple(found[event.pk]) or (event.minutes,) for event in events}


def employers_today(reader: Membership, today: date) -> list[Agency]:
    """All the person's employers; one query."""
    work = Employment.objects.on(today).confirmed().filter(membership=reader)
    return [job.agency for job in work.select_related("agency")]


@kept
def attendance_in_words(policy: int, place: Place, *own: OwnPlace) -> str:
    """What taking part costs these employers, or any employer if none is named."""
    rules = prices_of(policy)
    kind, prices = ChargeKind.ATTENDANCE, []
    for payer, grant in own or [(one, None) for one in everyone(rules)]:
        price = price_for(Circumstances(kind, place.for_payer(payer)), rules)
        prices.append(grant.taken_off(price, kind) if grant else price)
    return in_words(prices, own=bool(own))


def everyone(rules: Iterable[PriceRule]) -> list[Payer]:
    """Every kind of employer that the prices tell apart."""
    scopes = [rule.scope for rule in rules]
    in_sectors = [Named(), *(one for one in sectors() if one.code in {s.sector for s in scopes})]
    in_areas = [Named(), *(one for one in areas() if one.code in {s.area for s in scopes})]
    return [
        Payer(payer_class, sector, area)
        for payer_class in payer_classes()
        for sector in in_sectors
        for area in in_areas
    ]


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
