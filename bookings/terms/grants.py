"""The partnership's grants, and what a place costs with the one that it gets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from bookings.models import Booking, Grant, GrantRecipient, Offer
from bookings.rules.agreed import Agreed
from bookings.rules.grants import (
    USES_A_GRANT,
    GrantOffered,
    GrantSought,
    GrantTerms,
    grant_found,
)
from bookings.rules.prices import ChargeKind
from bookings.terms.agreement import Terms, payer_for, terms_of
from partnerships.models import Agency
from partnerships.rules.payers import Payer
from tenancy import kept


@kept
def grants_offered() -> tuple[GrantOffered, ...]:
    """Every grant, as the rules read it. Most partnerships have none, which one query says."""
    grants = list(Grant.objects.order_by("pk"))
    if not grants:
        return ()
    agencies: dict[int, set[int]] = defaultdict(set)
    classes: dict[int, set[str]] = defaultdict(set)
    named = GrantRecipient.objects.values_list("grant", "agency", "payer_class__code")
    for grant, agency, payer_class in named.order_by("pk"):
        if agency is not None:
            agencies[grant].add(agency)
        else:
            classes[grant].add(payer_class)
    return tuple(
        GrantOffered(
            pk=one.pk,
            code=one.code,
            terms=terms_of_grant(one),
            places=one.places,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
            agencies=frozenset(agencies[one.pk]),
            payer_classes=frozenset(classes[one.pk]),
        )
        for one in grants
    )


def terms_of_grant(grant: Grant) -> GrantTerms:
    """What a grant takes off, as the rules read it."""
    kinds = frozenset(ChargeKind(kind) for kind in grant.kinds)
    return GrantTerms(grant.name, kinds, grant.percent, grant.amount)


def places_used(*grants: int) -> dict[int, int]:
    """Places of these grants that bookings have used."""
    rows = Booking.objects.filter(grant__in=grants, state__in=sorted(USES_A_GRANT)).order_by()
    return dict(rows.values_list("grant").annotate(number=Count("pk")))


def places_used_today(now: datetime) -> dict[int, int]:
    """Places used of the grants that can be had now. One query; none if there are no grants."""
    today = timezone.localdate(now)
    current = [one.pk for one in grants_offered() if one.holds_on(today)]
    return places_used(*current) if current else {}


def agreed_today(terms: Terms, agencies: Iterable[Agency], now: datetime) -> dict[str, Agreed]:
    """The terms of an event by employer, each with the grant that a place booked now gets without a code."""
    used, today = places_used_today(now), timezone.localdate(now)
    return {
        agency.name: terms.for_agency(
            agency, grant_without_code(agency, payer_for(agency, terms.event), today, used)
        )
        for agency in agencies
    }


def grant_without_code(
    agency: Agency, payer: Payer, today: date, used: Mapping[int, int]
) -> GrantTerms | None:
    """What an employer's place that is booked today gets, without being asked for a code. No query."""
    sought = GrantSought(agency.pk, payer.payer_class.code, today, used=used)
    found = grant_found(grants_offered(), sought)
    return found.terms if found else None


def agreed_on_offer(offer: Offer, now: datetime) -> Agreed:
    """The terms of an offered place. A code that can no longer be used is left out, and the quote says so."""
    entry, terms = offer.entry, terms_of(offer.event, offer.entry.policy)
    payer_class = payer_for(entry.agency, offer.event).payer_class.code
    sought = GrantSought(
        entry.agency_id,
        payer_class,
        timezone.localdate(now),
        entry.grant_code,
        places_used_today(now),
    )
    found = grant_found(grants_offered(), sought)
    return terms.for_agency(entry.agency, found.terms if found else None)


def codes_are_asked(now: datetime) -> bool:
    """Whether the booking form asks for a code: only if one could be used today."""
    today = timezone.localdate(now)
    return any(one.code and one.holds_on(today) for one in grants_offered())
