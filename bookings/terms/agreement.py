"""The terms on which a place is offered, and on which a booking was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from bookings.rules.agreed import Agreed, Quote
from bookings.rules.attendance import AttendanceRule, attendance_for
from bookings.rules.deadline import Deadline, counted_deadline
from bookings.rules.fees import PriceRule
from bookings.rules.grants import GrantTerms
from bookings.rules.money import pounds
from bookings.rules.notice import NoticePolicy, notice_for
from bookings.rules.place import AppliesTo, Labels, Place, Scoped
from bookings.rules.prices import COUNTED_BY_LENGTH
from bookings.terms.policies import attendance_rules, notice_rules, prices_of
from bookings.terms.waivers import exemptions_agreed, exemptions_for_newcomers
from courses.models import Course, Event
from courses.rules.catalogue import duration_wording
from courses.rules.states import Delivery, EventType
from partnerships.models import Agency, active_partnership, working_calendar
from partnerships.rules.payers import UNKNOWN_PAYER, Payer
from partnerships.rules.working_days import WorkingCalendar

# Notice periods run to weeks; a year of bank holidays on either side of the event covers them all.
LONGEST_NOTICE = timedelta(days=200)


@dataclass(frozen=True)
class Terms:
    """What applies to everyone who books this event now. Who an agency is to the policy is asked of its first day."""

    event: Event
    policy: ChargingPolicy
    calendar: WorkingCalendar

    @cached_property
    def prices(self) -> tuple[PriceRule, ...]:
        """The prices of the policy."""
        return prices_of(self.policy.pk)

    @cached_property
    def notices(self) -> tuple[NoticePolicy, ...]:
        """The notice rules of the policy, the general one first."""
        return notice_rules(self.policy)

    @cached_property
    def registers(self) -> tuple[AttendanceRule, ...]:
        """What happens at the event, the general rule first."""
        return attendance_rules(self.policy)

    @cached_property
    def sittings(self) -> tuple[int, ...]:
        """The event's length; read only if the policy asks for it, which few do."""
        if not asks_for_length(self.prices, (*self.notices, *self.registers)):
            return ()
        sessions = self.event.sessions.all()
        found = tuple((one.ends_at - one.starts_at) // timedelta(minutes=1) for one in sessions)
        return found or (self.event.course.minutes,)

    @property
    def deadline(self) -> Deadline:
        """Until when cancelling is free for an employer that we know nothing of."""
        return self.for_payer(UNKNOWN_PAYER).deadline

    @cached_property
    def _by_payer(self) -> dict[Payer, Agreed]:
        return {}

    def for_payer(self, payer: Payer) -> Agreed:
        """The terms for an employer; worked out once, because a page asks more than once."""
        if payer not in self._by_payer:
            self._by_payer[payer] = self._agreed(payer)
        return self._by_payer[payer]

    def _agreed(self, payer: Payer) -> Agreed:
        course, zone = self.event.course, timezone.get_current_timezone()
        place = Place(
            course=course.reference,
            payer_class=payer.payer_class.code,
            sector=payer.sector.code,
            area=payer.area.code,
            group=course.group.code if course.group else "",
            event_type=course.event_type,
            delivery=self.event.delivery,
            sittings=self.sittings,
            list_price=course.list_price,
            half_day_minutes=self.policy.half_day_minutes,
            labels=labels_for(course, self.event.delivery, payer, self.sittings, self.scopes),
        )
        notice = notice_for(place, self.notices)
        return Agreed(
            place=place,
            notice=notice,
            attendance=attendance_for(place, self.registers),
            prices=self.prices,
            starts_at=self.event.starts_at,
            deadline=counted_deadline(self.event.starts_at, notice, self.calendar, zone),
            calendar=self.calendar,
            tz=zone,
        )

    @property
    def scopes(self) -> tuple[AppliesTo, ...]:
        """The places that rules of the policy name."""
        return scopes_of((*self.prices, *self.notices, *self.registers))

    def for_agency(self, agency: Agency, grant: GrantTerms | None = None) -> Agreed:
        """The same, by what is known of the agency on the event's first day, and with its exemptions.

        ``grant`` is what the place gets.
        """
        agreed = self.for_payer(payer_for(agency, self.event))
        exemptions = exemptions_for_newcomers(agency.pk)
        if grant is None and not exemptions:
            return agreed
        return replace(agreed, grant=grant, exemptions=exemptions)

    def quote(self, payer: Payer) -> Quote:
        """What a place costs such an employer."""
        return self.for_payer(payer).quote


def labels_for(
    course: Course,
    delivery: str,
    payer: Payer,
    sittings: tuple[int, ...],
    scopes: Iterable[AppliesTo],
) -> Labels:
    """What a place depends on, as explanations call it. What no rule of the policy names is left out."""
    named = tuple(scopes)

    def if_named(name: str, words: str) -> str:
        return words if any(getattr(one, name) is not None for one in named) else ""

    group = course.group
    found = (
        ("Payer", payer.payer_class.name),
        ("Payer class", payer.why),
        ("Sector", if_named("sector", payer.sector.name)),
        ("Area", if_named("area", payer.area.name)),
        ("Type of event", EventType(course.event_type).label),
        ("Delivery", if_named("delivery", Delivery(delivery).label)),
        (active_partnership().group_term, group.name if group else ""),
        ("Course", course.title),
        ("Length", duration_wording(sum(sittings)) if sittings else ""),
        ("List price", pounds(course.list_price) if course.list_price is not None else ""),
    )
    return tuple((label, value) for label, value in found if value)


def asks_for_length(prices: Iterable[PriceRule], others: Iterable[Scoped]) -> bool:
    """Whether any price is counted by an event's length, or any of all rules only holds for some lengths."""
    lines = tuple(prices)
    if any(line.base in COUNTED_BY_LENGTH for line in lines):
        return True
    return any(scope.is_by_length for scope in scopes_of((*lines, *others)))


def scopes_of(rules: Iterable[Scoped]) -> tuple[AppliesTo, ...]:
    """The places that rules name."""
    return tuple(one.scope for one in rules)


def terms_of(event: Event, policy: ChargingPolicy) -> Terms:
    """The terms of one event for someone who books now."""
    return Terms(event, policy, calendar_around(timezone.localdate(event.starts_at)))


def agreed_terms(booking: Booking) -> Agreed:
    """The terms that a booking was made on, as it keeps them; only the event's date may have changed since."""
    event, policy = booking.event, booking.policy
    place = Place(
        course=event.course.reference,
        payer_class=booking.payer_class,
        sector=booking.sector,
        area=booking.area,
        group=booking.group.code if booking.group else "",
        event_type=booking.event_type,
        delivery=booking.delivery,
        sittings=tuple(booking.sittings),
        list_price=booking.list_price,
        half_day_minutes=policy.half_day_minutes,
        labels=tuple((label, value) for label, value in booking.labels),
    )
    return Agreed(
        place=place,
        notice=notice_for(place, notice_rules(policy)),
        attendance=booking.attendance_rule(),
        prices=prices_of(policy.pk),
        starts_at=event.starts_at,
        deadline=booking.deadline,
        calendar=calendar_around(timezone.localdate(event.starts_at)),
        tz=timezone.get_current_timezone(),
        grant=GrantTerms.from_json(booking.grant_terms),
        extras=tuple((what, Decimal(amount)) for what, amount in booking.extras),
        exemptions=exemptions_agreed(booking),
    )


def payer_for(agency: Agency, event: Event) -> Payer:
    """Who an agency is to the policy on the event's first day."""
    return agency.payer_on(timezone.localdate(event.starts_at))


def calendar_around(day: date) -> WorkingCalendar:
    """Working days up to an event."""
    return working_calendar(active_partnership(), day - LONGEST_NOTICE, day)
