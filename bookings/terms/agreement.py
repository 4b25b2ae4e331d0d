"""The terms on which a place is offered, and on which a booking was made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from bookings.models import Booking, CancellationPolicy
from bookings.rules.agreed import Agreed, Quote
from bookings.rules.deadline import (
    Deadline,
    counted_deadline,
    deadline_after_move,
    deadline_after_offer,
    kept_deadline,
)
from bookings.rules.fees import Names, PriceRule
from bookings.terms.facts import groups_in_order
from bookings.terms.price_lists import List, list_in_force, rules_of
from courses.models import Course, Event
from courses.rules.catalogue import half_days
from courses.rules.prices import FeeBase
from partnerships.models import Agency, WorkforceGroup, active_partnership, working_calendar
from partnerships.rules.working_days import WorkingCalendar

# Notice periods run to weeks; a year of bank holidays on either side of the event covers them all.
LONGEST_NOTICE = timedelta(days=200)
UNKNOWN_PAYER = ""  # no one has set the agency's payer class: no line fits, so a person decides
COUNTED_BY_LENGTH = frozenset({FeeBase.PER_HALF_DAY, FeeBase.PER_DAY})


@dataclass(frozen=True)
class Terms:
    """What applies to everyone who books this event now. Prices and payer classes are those of its first day."""

    event: Event
    policy: CancellationPolicy
    calendar: WorkingCalendar
    price_list: List | None

    @cached_property
    def prices(self) -> tuple[PriceRule, ...]:
        """The lines of the price list."""
        return rules_of(self.list_id)

    @property
    def list_id(self) -> int | None:
        """The price list that a booking names."""
        return self.price_list.pk if self.price_list else None

    @cached_property
    def names(self) -> Names:
        """What the explanations call the course and the groups."""
        return names_for(self.event.course)

    @cached_property
    def half_days(self) -> int:
        """The event's length; read only if a line of the price list counts it, which few do."""
        if not counts_length(self.prices):
            return 1
        sittings = [session.ends_at - session.starts_at for session in self.event.sessions.all()]
        return length_of(sittings, self.event.course.minutes)

    @cached_property
    def deadline(self) -> Deadline:
        """Until when cancelling is free, by the policy's own count."""
        zone = timezone.get_current_timezone()
        return counted_deadline(self.event.starts_at, self.policy.as_rule(), self.calendar, zone)

    def deadline_after_offer(self, accepted_at: datetime) -> Deadline:
        """The deadline for someone who accepts an offered place at that instant."""
        zone, hours = timezone.get_current_timezone(), self.policy.offer_grace_hours
        return deadline_after_offer(accepted_at, self.deadline, self.event.starts_at, hours, zone)

    def deadline_kept(self, given: Deadline) -> Deadline:
        """The deadline of a place that already had one."""
        zone = timezone.get_current_timezone()
        return kept_deadline(given, self.deadline, self.event.starts_at, zone)

    def deadline_after_move(self, given: Deadline, moved_at: datetime) -> Deadline:
        """The deadline of a place that already had one before the event was moved."""
        zone, hours = timezone.get_current_timezone(), self.policy.move_grace_hours
        kept = self.deadline_kept(given)
        return deadline_after_move(moved_at, kept, self.event.starts_at, hours, zone)

    @cached_property
    def _by_payer(self) -> dict[str, Agreed]:
        return {}

    def for_payer(self, payer_class: str) -> Agreed:
        """The terms for an agency of this class; worked out once, because a page asks more than once."""
        if payer_class not in self._by_payer:
            self._by_payer[payer_class] = self._agreed(payer_class)
        return self._by_payer[payer_class]

    def _agreed(self, payer_class: str) -> Agreed:
        course = self.event.course
        return Agreed(
            notice=self.policy.as_rule(),
            attendance=self.policy.attendance_rule(),
            prices=self.prices,
            payer_class=payer_class,
            event_type=course.event_type,
            group=code_of(course.group),
            course=course.reference,
            half_days=self.half_days,
            starts_at=self.event.starts_at,
            deadline=self.deadline,
            calendar=self.calendar,
            tz=timezone.get_current_timezone(),
            names=self.names,
        )

    def for_agency(self, agency: Agency) -> Agreed:
        """The same, by the agency's payer class on the event's first day."""
        return self.for_payer(payer_class_of(agency, self.event))

    def quote(self, payer_class: str) -> Quote:
        """What a place costs an agency of this class."""
        return self.for_payer(payer_class).quote


def counts_length(prices: Iterable[PriceRule]) -> bool:
    """Whether anything in a price list is multiplied by an event's length."""
    return any(line.base in COUNTED_BY_LENGTH for line in prices)


def length_of(sittings: Sequence[timedelta], course_minutes: int) -> int:
    """The half days of an event, or the course's length if it has no sessions yet."""
    found = sittings or [timedelta(minutes=course_minutes)]
    return half_days(int(sitting.total_seconds() // 60) for sitting in found)


def terms_of(event: Event, policy: CancellationPolicy) -> Terms:
    """The terms of one event for someone who books now."""
    first_day = timezone.localdate(event.starts_at)
    return Terms(event, policy, calendar_around(first_day), list_in_force(first_day))


def agreed_terms(booking: Booking) -> Agreed:
    """The terms that a booking was made on, as it keeps them; only the event's date may have changed since."""
    event, policy = booking.event, booking.policy
    return Agreed(
        notice=policy.as_rule(),
        attendance=policy.attendance_rule(),
        prices=rules_of(booking.price_list_id),
        payer_class=booking.payer_class,
        event_type=booking.event_type,
        group=code_of(booking.group),
        course=event.course.reference,
        half_days=booking.half_days,
        starts_at=event.starts_at,
        deadline=booking.deadline,
        calendar=calendar_around(timezone.localdate(event.starts_at)),
        tz=timezone.get_current_timezone(),
        names=names_for(event.course),
    )


def calendar_around(day: date) -> WorkingCalendar:
    """Working days up to an event."""
    return working_calendar(active_partnership(), day - LONGEST_NOTICE, day)


def names_for(course: Course) -> Names:
    """What the explanations call the course and the groups."""
    groups = {group.code: group.name for _, group in groups_in_order()}
    return Names(course.title, active_partnership().group_term, groups)


def code_of(group: WorkforceGroup | None) -> str:
    """Code of the group that a course is for; empty if it is for everyone."""
    return group.code if group else ""


def payer_class_of(agency: Agency, event: Event) -> str:
    """The agency's payer class on the event's first day."""
    return agency.payer_class_on(timezone.localdate(event.starts_at)) or UNKNOWN_PAYER
