"""Begin or withdraw restrictions, after the places that someone wasted may have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.restrictions import tell_restricted, tell_restriction_ended
from bookings.models import Restriction
from bookings.rules.restriction import (
    RestrictionState,
    RestrictionTerms,
    WastedPlace,
    restriction_due,
    still_holds,
)
from bookings.terms.restrictions import restriction_terms, wasted_places
from outbox.tasks import wake
from partnerships.models import Membership

CORRECTED = "After a correction or a waived charge, too few unused places count."


@transaction.atomic(savepoint=False)  # part of the operation around it
def weigh(*, people: Collection[int], now: datetime) -> None:
    """Compare each person's wasted places with the rule. Safe to repeat: the same places count once.

    People are locked, so that two registers closed at the same time both see what the other found.
    """
    terms = restriction_terms()
    if terms is None or not people:
        return
    rows = Membership.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=people)
    held = list(rows.select_related("user").order_by("pk"))
    wasted = wasted_places(people)
    before: dict[int, list[Restriction]] = defaultdict(list)
    for one in Restriction.objects.filter(membership__in=people).order_by("pk"):
        before[one.membership_id].append(one)
    for person in held:
        for one in before[person.pk]:
            withdraw(one, person, wasted[person.pk], now)
        begin_if_due(person, terms, before[person.pk], wasted[person.pk], now)
    wake()


def withdraw(
    restriction: Restriction, person: Membership, wasted: list[WastedPlace], now: datetime
) -> None:
    """End a restriction that no longer has its grounds, and say so."""
    if not restriction.is_in_force(timezone.localdate(now)):
        return
    if still_holds(restriction.counted, [one.reference for one in wasted], restriction.number):
        return
    restriction.state, restriction.decision = RestrictionState.WITHDRAWN, CORRECTED
    restriction.decided_at = now
    restriction.save()
    restriction.membership = person
    tell_restriction_ended(restriction, now)


def begin_if_due(
    person: Membership,
    terms: RestrictionTerms,
    before: list[Restriction],
    wasted: list[WastedPlace],
    now: datetime,
) -> None:
    """Begin a restriction for places that no other has counted, if they are enough."""
    spent = {
        reference
        for one in before
        if one.state != RestrictionState.WITHDRAWN
        for reference in one.counted
    }
    fresh = [place for place in wasted if place.reference not in spent]
    due = restriction_due(fresh, terms, timezone.localdate(now))
    if due is None:
        return
    made = Restriction.objects.create(
        membership=person,
        effect=terms.effect,
        begun_at=now,
        until=due.until,
        number=terms.number,
        counted=[place.reference for place in due.places],
        why=due.why.to_json(),
    )
    tell_restricted(made, now)
