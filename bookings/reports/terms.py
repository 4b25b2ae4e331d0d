"""On what terms a place is offered: the policy, the deadline and the lines of the price list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone

from bookings.models import CancellationPolicy
from bookings.reports.facts import groups_in_order
from bookings.rules.fees import Circumstances, Names, Price, PriceRule, price_for
from bookings.rules.notice import NoticePolicy, free_until
from bookings.rules.notice_explained import explain_deadline
from courses.models import Course, Event, PriceList, PriceRow
from courses.rules.catalogue import half_days
from courses.rules.prices import ChargeKind, FeeBase, FeeOutcome
from partnerships.models import Agency, working_calendar
from partnerships.rules.reasons import Explanation
from partnerships.rules.working_days import WorkingCalendar
from partnerships.tenancy import kept
from partnerships.tenancy.scope import active_partnership

# Notice periods run to weeks; a year of bank holidays on either side of the event covers them all.
LONGEST_NOTICE = timedelta(days=200)
UNKNOWN_PAYER = (
    ""  # nobody has said how the agency stands to charges: no line fits, a person decides
)


def local_day(instant: datetime) -> date:
    """The day in the partnership's own time zone."""
    return timezone.localdate(instant)


def policy_in_force(day: date) -> CancellationPolicy:
    """The version that somebody who books on a day agrees to."""
    found = next((policy for policy in policies() if policy.valid_from <= day), None)
    if found is None:
        raise NoPolicy
    return found


@kept
def policies() -> tuple[CancellationPolicy, ...]:
    """Every version, the newest first."""
    return tuple(CancellationPolicy.objects.order_by("-valid_from", "-version"))


class NoPolicy(Exception):
    """The partnership has no cancellation policy yet, so that nothing can be agreed."""


def calendar_around(day: date) -> WorkingCalendar:
    """Working days up to an event."""
    return working_calendar(active_partnership(), day - LONGEST_NOTICE, day)


COUNTED_BY_LENGTH = frozenset({FeeBase.PER_HALF_DAY, FeeBase.PER_DAY})
# In the order of PriceRule's fields.
PRICE = (
    *("kind", "outcome", "amount", "clause", "payer_class", "event_type", "group__code"),
    *("course__reference", "notice_under", "base"),
)


def price_rules(day: date) -> tuple[PriceRule, ...]:
    """The lines of the price list in force on a day, as the rules read them; an empty column means any."""
    newest = next((pk for since, pk in price_lists() if since <= day), None)
    return () if newest is None else lines_of(newest)


@kept
def price_lists() -> tuple[tuple[date, int], ...]:
    """The day on which every price list begins and its id, the newest first."""
    return tuple(PriceList.objects.order_by("-valid_from", "-pk").values_list("valid_from", "pk"))


@kept
def lines_of(price_list: int) -> tuple[PriceRule, ...]:
    """The lines of one price list."""
    rows = PriceRow.objects.filter(price_list=price_list).order_by("kind", "pk")
    return tuple(as_rule(*row) for row in rows.values_list(*PRICE))


def as_rule(kind: str, outcome: str, amount: Decimal, clause: str, *others: Any) -> PriceRule:
    """One line."""
    payer_class, event_type, group, course, notice_under, base = others
    return PriceRule(
        kind=ChargeKind(kind),
        outcome=FeeOutcome(outcome),
        amount=amount,
        clause=clause,
        payer_class=payer_class or None,
        event_type=event_type or None,
        group=group,
        course=course,
        notice_under=notice_under,
        base=FeeBase(base),
    )


@dataclass(frozen=True)
class Terms:
    """What holds for everybody who books this event under this policy.

    Prices and payer classes are those of the event's first day, so that what is shown at booking is what is
    charged afterwards.
    """

    event: Event
    policy: CancellationPolicy
    calendar: WorkingCalendar
    prices: tuple[PriceRule, ...]

    @cached_property
    def half_days(self) -> int:
        """The event's length; read only where a line of the price list counts it, for few do."""
        if all(line.base not in COUNTED_BY_LENGTH for line in self.prices):
            return 1
        lengths = [session.ends_at - session.starts_at for session in self.event.sessions.all()]
        if not lengths:
            lengths = [timedelta(minutes=self.event.course.minutes)]
        return half_days(int(length.total_seconds() // 60) for length in lengths)

    @property
    def notice(self) -> NoticePolicy:
        return self.policy.as_rule()

    @property
    def free_until(self) -> datetime:
        """The last instant at which cancelling is free."""
        zone = timezone.get_current_timezone()
        return free_until(self.event.starts_at, self.notice, self.calendar, zone)

    @property
    def deadline(self) -> Explanation:
        """How that instant was reached."""
        zone = timezone.get_current_timezone()
        return explain_deadline(self.event.starts_at, self.notice, self.calendar, zone)

    def price(self, kind: ChargeKind, payer_class: str, notice_left: int | None = None) -> Price:
        """What one kind of charge comes to for a payer."""
        return price_for(self.case(kind, payer_class, notice_left), self.prices)

    def case(self, kind: ChargeKind, payer_class: str, notice_left: int | None) -> Circumstances:
        course = self.event.course
        return Circumstances(
            kind=kind,
            payer_class=payer_class,
            event_type=course.event_type,
            group=group_code(course),
            course=course.reference,
            half_days=self.half_days,
            notice_left=notice_left,
            notice_unit=self.notice.unit.label.lower(),
            names=self.names,
        )

    @cached_property
    def names(self) -> Names:
        """What the explanations call the course and the groups."""
        groups = {group.code: group.name for _, group in groups_in_order()}
        return Names(self.event.course.title, active_partnership().group_term, groups)

    def wasted(self, kind: ChargeKind, payer_class: str) -> Price | None:
        """What a wasted place costs at most; None where the policy does not cover the course (W6)."""
        if not self.notice.covers(group_code(self.event.course)):
            return None
        return self.price(kind, payer_class, 0 if kind is ChargeKind.LATE_CANCELLATION else None)


def group_code(course: Course) -> str:
    """Code of the group that a course is for; empty where it is for everybody."""
    return course.group.code if course.group else ""


def terms_of(event: Event, policy: CancellationPolicy) -> Terms:
    """The terms of one event. Three queries, whatever the size of the price list."""
    first_day = local_day(event.starts_at)
    return Terms(
        event=event,
        policy=policy,
        calendar=calendar_around(first_day),
        prices=price_rules(first_day),
    )


def payer_class_of(agency: Agency, event: Event) -> str:
    """How the agency stands to charges on the event's first day."""
    return agency.payer_class_on(local_day(event.starts_at)) or UNKNOWN_PAYER


@dataclass(frozen=True)
class Quote:
    """What a place costs one agency: to come, to cancel late, to stay away. None: costs nothing by this policy."""

    attendance: Price
    late: Price | None
    no_show: Price | None
    deadline: Explanation

    def to_json(self) -> dict[str, Any]:
        """As kept with the booking."""
        kept: dict[str, Any] = {
            "attendance": priced(self.attendance),
            "deadline": self.deadline.to_json(),
        }
        for name, price in (("late", self.late), ("no_show", self.no_show)):
            kept[name] = None if price is None else priced(price)
        return kept


def priced(price: Price) -> dict[str, Any]:
    """A price as JSON: its explanation and whether it is free, an amount or undecided."""
    return {"outcome": str(price.outcome), **price.explanation.to_json()}


def quote_for(terms: Terms, agency: Agency) -> Quote:
    """What this agency is told before somebody books."""
    payer = payer_class_of(agency, terms.event)
    return Quote(
        attendance=terms.price(ChargeKind.ATTENDANCE, payer),
        late=terms.wasted(ChargeKind.LATE_CANCELLATION, payer),
        no_show=terms.wasted(ChargeKind.NO_SHOW, payer),
        deadline=terms.deadline,
    )
