"""Who on a waiting list is offered a place next, and until when they can accept it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bookings.rules.instants import hours_after, hours_before


@dataclass(frozen=True)
class Waiting:
    """Someone waiting; a smaller ``priority_class`` comes first."""

    entry: int
    priority_class: int
    agency: str
    joined_at: datetime


@dataclass(frozen=True, order=True)
class RankingKey:
    """The order of the list, the most important part first; the entry's number settles ties.

    ``agency_share`` is how many places the agency already has there: the fewer, the earlier,
    because a mix of agencies is what multi-agency training is for.
    """

    priority_class: int
    agency_share: int
    joined_at: datetime
    entry: int


@dataclass(frozen=True)
class OfferRule:
    """Hours: to answer an offer, and before the event after which none is made or taken."""

    answer_hours: int = 48
    cut_off_hours: int = 24


def ranking_key(waiting: Waiting, places_by_agency: Mapping[str, int]) -> RankingKey:
    """Someone's place in the order."""
    share = places_by_agency.get(waiting.agency, 0)
    return RankingKey(waiting.priority_class, share, waiting.joined_at, waiting.entry)


def in_order(
    entries: Iterable[Waiting], places_by_agency: Mapping[str, int]
) -> tuple[Waiting, ...]:
    """The whole list as it is now; an agency's share changes the order with every place it gets."""
    return tuple(sorted(entries, key=lambda one: ranking_key(one, places_by_agency)))


def who_is_next(entries: Iterable[Waiting], places_by_agency: Mapping[str, int]) -> Waiting | None:
    """The person to offer a free place, None when no one waits."""
    return min(entries, key=lambda one: ranking_key(one, places_by_agency), default=None)


def may_offer(now: datetime, event_start: datetime, rule: OfferRule) -> bool:
    """Whether there is still time for an offer before the cut-off."""
    return now.astimezone(UTC) < hours_before(event_start, rule.cut_off_hours)


def offer_deadline(now: datetime, event_start: datetime, rule: OfferRule) -> datetime | None:
    """Until when an offer made now can be accepted: the hours to answer, shortened by the cut-off."""
    if not may_offer(now, event_start, rule):
        return None
    cut_off = hours_before(event_start, rule.cut_off_hours)
    return min(hours_after(now, rule.answer_hours), cut_off)
