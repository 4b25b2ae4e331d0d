"""Exempt an agency from charges for a while, or for one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking, Exemption
from bookings.rules.prices import ChargeKind
from finance.models import Charge
from finance.operations.waive import waive
from finance.rules.states import NOT_INVOICED
from partnerships.models import Agency, Membership
from partnerships.rules.refused import refuse


@dataclass(frozen=True)
class ExemptionAsked:
    """What an exemption is for. No ``kinds`` means every kind of charge; ``booking`` is for one place only."""

    agency: Agency
    reason: str
    first_day: date
    last_day: date
    kinds: tuple[ChargeKind, ...] = ()
    booking: Booking | None = None


@transaction.atomic
def grant_exemption(*, grant: ExemptionAsked, by: Membership, at: datetime) -> Exemption:
    """Charges that arise in it are waived, and quotes name it. So are charges in it that are not invoiced yet.

    What has been invoiced is left to a credit note. Granting the same again changes nothing.
    """
    if grant.last_day < grant.first_day:
        raise refuse("last_day", "The last day must not be before the first.")
    if grant.booking is not None and grant.booking.agency_id != grant.agency.pk:
        raise refuse("booking", f"This booking is not from {grant.agency}.")
    Agency.objects.select_for_update(of=("self",)).get(pk=grant.agency.pk)
    said = {
        "agency": grant.agency,
        "booking": grant.booking,
        "reason": grant.reason,
        "first_day": grant.first_day,
        "last_day": grant.last_day,
        "kinds": [kind.value for kind in grant.kinds],
    }
    same = Exemption.objects.filter(**said, ended_at=None).first()
    if same is not None:
        return same  # type: ignore[no-any-return]
    made: Exemption = Exemption.objects.create(**said, granted_by=by, granted_at=at)
    waive_what_it_covers(made, by, at)
    return made


def waive_what_it_covers(exemption: Exemption, by: Membership, at: datetime) -> None:
    """Charges that have arisen already and are not invoiced."""
    rule = exemption.as_rule()
    rows = Charge.objects.filter(agency=exemption.agency_id, state__in=sorted(NOT_INVOICED))
    if exemption.booking_id is not None:
        rows = rows.filter(booking=exemption.booking_id)
    for charge in rows.select_related("booking__event").order_by("pk"):
        first_day = timezone.localdate(charge.booking.event.starts_at)
        if rule.covers(ChargeKind(charge.kind), first_day, charge.arose_on):
            Charge.objects.filter(pk=charge.pk).update(exemption=exemption)
            waive(charge=charge, reason=rule.words, by=by, at=at)
