"""The partnership's reasons to waive a charge and its exemptions, as operations and pages read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.utils import timezone

from bookings.models import Booking, Exemption, WaiverPractice, WaiverReason
from bookings.rules.exemptions import ExemptionRule
from bookings.rules.waivers import Accepts, Occasion, WaiverRule, last_to_ask
from tenancy import kept


@kept
def waiver_practice() -> WaiverPractice:
    """The partnership's own, or the defaults if it has set nothing."""
    found: WaiverPractice | None = WaiverPractice.objects.first()
    return found or WaiverPractice()


@kept
def waiver_rules() -> tuple[WaiverRule, ...]:
    """The reasons in use, in the partnership's order."""
    return tuple(one.as_rule() for one in WaiverReason.objects.filter(is_active=True))


def accepted() -> Accepts:
    """Which requests are answered. A partnership that accepts listed reasons and lists none accepts none."""
    accepts = Accepts(waiver_practice().accepts)
    return Accepts.NONE if accepts is Accepts.LISTED and not waiver_rules() else accepts


def occasion_of(booking: Booking, charged_on: date) -> Occasion:
    """What the dates of a request about a charge of the booking are counted from."""
    return Occasion(
        starts_at=booking.event.starts_at,
        ends_at=booking.event.ends_at,
        charged_on=charged_on,
        told_at=booking.cancel_received_at,
        tz=timezone.get_current_timezone(),
    )


def ask_by(booking: Booking, charged_on: date) -> datetime | None:
    """Until when someone can ask for a charge of the booking to be waived; None if they cannot."""
    occasion = occasion_of(booking, charged_on)
    return last_to_ask(waiver_rules(), accepted(), occasion, waiver_practice().ask_days)


@kept
def exemptions_of(agency: int) -> tuple[ExemptionRule, ...]:
    """Every exemption that an agency has ever had, those for one place among them."""
    return tuple(one.as_rule() for one in Exemption.objects.filter(agency=agency).order_by("pk"))


def exemptions_for_newcomers(agency: int) -> tuple[ExemptionRule, ...]:
    """Those that hold for a place that someone of the agency books now."""
    return tuple(one for one in exemptions_of(agency) if not one.is_ended and one.place is None)


def exemptions_agreed(booking: Booking) -> tuple[ExemptionRule, ...]:
    """Those that hold for a booking: what it was quoted, and what the agency was granted since."""
    return holding_for(exemptions_of(booking.agency_id), booking.pk, booking.exemptions_quoted)


def holding_for(
    rules: Iterable[ExemptionRule], place: int, quoted: Collection[int]
) -> tuple[ExemptionRule, ...]:
    """Of an agency's exemptions, those that hold for one of its places; ``quoted`` are those that its quote named."""
    return tuple(
        one
        for one in rules
        if one.place in {None, place} and (not one.is_ended or one.number in quoted)
    )
