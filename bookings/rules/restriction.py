"""When someone who wasted several places is restricted, until when, and what that does.

A partnership can decide that people who repeatedly do not come cannot book for a while (docs/domain/rules.md,
restrictions). A restriction is about later bookings only: places that someone holds, a place on a waiting list and an
open offer stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bookings.rules.states import BookingState
from govuk.rules.choice import Choice
from govuk.rules.phrases import counted, long_date, short_date
from partnerships.rules.months import add_months
from partnerships.rules.reasons import Explanation, Kind, Reason

RESTRICTED = "restricted"  # the code of the reason


class RestrictionEffect(Choice):
    """What someone who is restricted can still do."""

    BLOCKS = "blocks", "They cannot book"
    APPROVAL = "approval", "The training team has to approve each place they book"


class WhatCounts(Choice):
    """Which places count as wasted."""

    NO_SHOWS = "no_shows", "Events they did not attend"
    AND_LATE = "and_late", "Events they did not attend, or cancelled late"


WASTED = {
    WhatCounts.NO_SHOWS: frozenset({BookingState.NO_SHOW}),
    WhatCounts.AND_LATE: frozenset({BookingState.NO_SHOW, BookingState.LATE_CANCELLED}),
}
ANY_WASTED = WASTED[WhatCounts.AND_LATE]


class RestrictionState(Choice):
    """Whether a restriction still stands; one that has ended by itself does not change its state."""

    IN_FORCE = "in_force", "In force"
    LIFTED = "lifted", "Lifted"
    WITHDRAWN = "withdrawn", "Withdrawn after a correction"


@dataclass(frozen=True)
class RestrictionTerms:
    """After ``number`` wasted places within ``months``, a restriction lasts ``lasts_months``."""

    number: int
    months: int
    lasts_months: int
    effect: RestrictionEffect = RestrictionEffect.BLOCKS
    counts: WhatCounts = WhatCounts.NO_SHOWS


@dataclass(frozen=True)
class WastedPlace:
    """A place that was not used; ``day`` is the event's last day, or the day on which it was cancelled late."""

    reference: str
    title: str
    day: date
    state: BookingState


@dataclass(frozen=True)
class RestrictionDue:
    """A restriction that begins today; booking is possible as usual again from ``until``."""

    places: tuple[WastedPlace, ...]
    until: date
    why: Explanation


def restriction_due(
    wasted: Iterable[WastedPlace], terms: RestrictionTerms, today: date
) -> RestrictionDue | None:
    """The restriction that follows from the places wasted in the months up to today; None if they are too few.

    Places that an earlier restriction counted are not passed in, so that they do not count twice.
    """
    since = add_months(today, -terms.months)
    places = tuple(
        sorted(
            (
                place
                for place in wasted
                if place.state in WASTED[terms.counts] and since < place.day <= today
            ),
            key=lambda place: (place.day, place.reference),
        )
    )
    if len(places) < terms.number:
        return None
    until = add_months(today, terms.lasts_months)
    return RestrictionDue(places, until, _why(places, terms, today, until))


def still_holds(counted_then: Iterable[str], wasted_now: Iterable[str], number: int) -> bool:
    """Whether enough of the places that a restriction counted still count, after a correction or a waiver."""
    return len(frozenset(counted_then) & frozenset(wasted_now)) >= number


def restriction_clause(terms: RestrictionTerms) -> str:
    """The rule in a sentence."""
    misses = "misses or cancels late for" if terms.counts is WhatCounts.AND_LATE else "misses"
    events = counted(terms.number, "event")
    effect = (
        "cannot book"
        if terms.effect is RestrictionEffect.BLOCKS
        else "needs the training team’s approval for each place they book"
    )
    within, lasts = counted(terms.months, "month"), counted(terms.lasts_months, "month")
    return f"Someone who {misses} {events} within {within} {effect} for {lasts}."


def _why(
    places: tuple[WastedPlace, ...], terms: RestrictionTerms, today: date, until: date
) -> Explanation:
    since = add_months(today, -terms.months)
    inputs = [
        ("Days that count", f"after {short_date(since)}, up to {short_date(today)}"),
        *((place.title, f"{place.state.label}, {short_date(place.day)}") for place in places),
    ]
    lasts = counted(terms.lasts_months, "month")
    steps = (
        f"{counted(len(places), 'place counts', 'places count')}. The rule asks for {terms.number}.",
        f"{lasts} from {long_date(today)} is {long_date(until)}.",
        f"The restriction ends by itself on {long_date(until)}.",
    )
    return Explanation(None, restriction_clause(terms), tuple(inputs), steps)


@dataclass(frozen=True)
class Restricted:
    """A restriction in force, as a booking sees it."""

    effect: RestrictionEffect
    until: date


def restriction_reason(restricted: Restricted, name: str = "") -> Reason:
    """What it means for a booking; ``name`` if someone else reads it."""
    why = f"because of places that were not used, until {long_date(restricted.until)}"
    if restricted.effect is RestrictionEffect.BLOCKS:
        sentence = f"{name or 'You'} cannot book, {why}."
        step = "" if name else "My learning shows why, and how to appeal."
        return Reason(Kind.BLOCKS, RESTRICTED, sentence, step)
    sentence = f"The training team has to approve this, {why}."
    return Reason(Kind.NEEDS_APPROVAL, RESTRICTED, sentence, "We will hold the place until then.")
