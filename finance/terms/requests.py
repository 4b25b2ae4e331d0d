"""Requests to waive a charge as operations decide about them: who asks in what part, until when, with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from bookings.access import agencies_answered_for
from bookings.models import Booking
from bookings.rules.states import WAS_PRESENT, BookingState
from bookings.rules.waivers import Accepts, AskedAs, WaiverRule, asking_reasons
from bookings.terms.waivers import accepted, ask_by, occasion_of, waiver_practice, waiver_rules
from finance.models import Charge, MitigationCase
from finance.rules.states import ChargeState
from partnerships.models import Membership
from partnerships.rules.reasons import Kind, Reason, blocks
from partnerships.rules.roles import Permission
from partnerships.terms import leads_of

NOT_ACCEPTED = Reason(Kind.BLOCKS, "not_accepted", "We do not accept requests to waive a charge.")


def asks_as(booking: Booking, who: Membership, today: date) -> AskedAs | None:
    """In which part someone can ask about the charges of a booking; None if they cannot."""
    if who.pk == booking.membership_id:
        return AskedAs.DELEGATE
    if who.pk in {booking.employment.line_manager_id, booking.approver_id}:
        return AskedAs.MANAGER
    if booking.agency_id in agencies_answered_for(who, today):
        return AskedAs.MANAGER
    return AskedAs.TEAM if who.may(Permission.RUN_TRAINING) else None


def managers_to_tell(booking: Booking, today: date) -> list[Membership]:
    """Who answers for the person: the line manager, or the agency's leads if no manager is known."""
    manager = booking.employment.line_manager
    if manager is not None and Membership.objects.still_here(today).filter(pk=manager.pk).exists():
        return [manager]
    return list(leads_of(booking.agency, today).exclude(pk=booking.membership_id))


@dataclass(frozen=True)
class Opening:
    """What someone can ask for about one charge: the reasons with what is against each, and until when."""

    charge: Charge
    grounds: tuple[tuple[WaiverRule, tuple[Reason, ...]], ...]
    takes_others: bool
    ask_by: datetime | None

    @property
    def offered(self) -> list[WaiverRule]:
        """Reasons that can be given now."""
        return [rule for rule, reasons in self.grounds if not blocks(reasons)]

    @property
    def is_open(self) -> bool:
        return self.takes_others or bool(self.offered)

    def reasons_for(self, ground: int | None) -> tuple[Reason, ...]:
        """What is against a reason, by the number of its entry; None for another reason."""
        if accepted() is Accepts.NONE:
            return (NOT_ACCEPTED,)
        if ground is None:
            return () if self.takes_others else (self.no_others(),)
        found = [reasons for rule, reasons in self.grounds if rule.number == ground]
        gone = Reason(Kind.BLOCKS, "ground", "This reason is no longer on our list.")
        return found[0] if found else (gone,)

    def no_others(self) -> Reason:
        sentence = (
            "It is too late to ask."
            if accepted() is Accepts.ANY
            else "We only accept the reasons on our list."
        )
        return Reason(Kind.BLOCKS, "ground", sentence)


def opening_for(charge: Charge, part: AskedAs, now: datetime) -> Opening:
    """What can be asked about a charge at an instant."""
    booking, days = charge.booking, waiver_practice().ask_days
    occasion = occasion_of(booking, charged_on(charge))
    last = occasion.end_of_days_after(occasion.charged_on, days)
    takes_others = accepted() is Accepts.ANY and (now <= last or part is AskedAs.TEAM)
    grounds = () if accepted() is Accepts.NONE else waiver_rules()
    return Opening(
        charge=charge,
        grounds=tuple((rule, asking_reasons(rule, part, occasion, now, days)) for rule in grounds),
        takes_others=takes_others,
        ask_by=ask_by(booking, occasion.charged_on),
    )


def charged_on(charge: Charge) -> date:
    """The day on which we raised the charge: people cannot ask before they know."""
    day: date = timezone.localdate(charge.created_at)
    return day


def can_be_asked_about() -> Q:
    """Charges that are not waived and about which no one has asked yet: a refusal can only be appealed against."""
    return ~Q(state=ChargeState.WAIVED) & Q(mitigation_cases__isnull=True)


def colleagues_instead(booking: Booking) -> QuerySet[Booking]:
    """Colleagues who came without a booking, or booked after the place was given up: a substitution costs nothing."""
    rows = Booking.objects.filter(event=booking.event, agency=booking.agency)
    came = Q(walk_in=True, state__in=sorted(WAS_PRESENT))
    if booking.cancel_received_at is not None:
        later = Q(booked_at__gte=booking.cancel_received_at)
        came |= later & Q(state__in=sorted({BookingState.BOOKED, *WAS_PRESENT}))
    found: QuerySet[Booking] = rows.filter(came).exclude(membership=booking.membership_id)
    return found.select_related("membership__user").order_by("booked_at")


def request_to_see(pk: int) -> QuerySet[MitigationCase]:
    """One request with what pages say about it."""
    rows: QuerySet[MitigationCase] = MitigationCase.objects.filter(pk=pk)
    return rows.select_related(
        "asked_by__user",
        "decided_by__user",
        "ground",
        "appeal",
        "appeal_against__decided_by__user",
    )
