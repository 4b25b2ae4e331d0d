"""What the public page about charges says of a version of the charging policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.rules.attendance import AttendanceRule
from bookings.rules.closing import CloseOfBookings, counted_close
from bookings.rules.deadline import Deadline, counted_deadline
from bookings.rules.notice import NoticePolicy
from bookings.rules.place import EVERYWHERE
from bookings.rules.policy_words import (
    ASK_FIRST,
    EVERYONE_ELSE,
    attendance_in_words,
    notice_in_words,
    price_in_words,
    tier_in_words,
    who_it_is_for,
)
from bookings.rules.prices import QUOTED_AS, ChargeKind
from bookings.rules.waivers import Accepts, WaiverRule
from bookings.terms.agreement import calendar_around
from bookings.terms.policies import (
    attendance_rules,
    notice_rules,
    policies,
    policy_or_none,
    prices_of,
)
from bookings.terms.waivers import accepted, waiver_practice, waiver_rules
from courses.models import Course
from courses.rules.states import Delivery, EventType
from govuk.rules.phrases import moment
from partnerships.models import WorkforceGroup, areas, payer_classes, sectors

# The example is an event on a Thursday morning some weeks ahead.
AHEAD, THURSDAY, MORNING = timedelta(weeks=8), 3, time(9, 30)


@dataclass(frozen=True)
class ListedPrice:
    """One price in words; ``when`` is the notice that it depends on."""

    who: str
    when: str
    amount: str
    clause: str


@dataclass(frozen=True)
class PricesOfAKind:
    """What one kind of charge costs, the most specific price first."""

    title: str
    prices: tuple[ListedPrice, ...]

    @property
    def has_tiers(self) -> bool:
        """Whether any price depends on the notice given."""
        return any(one.when for one in self.prices)

    @property
    def leaves_open(self) -> bool:
        """Whether a person decides any of them."""
        return any(one.amount == ASK_FIRST for one in self.prices)


@dataclass(frozen=True)
class NoticeExample:
    """A notice rule, and what it means for an event on a day."""

    who: str
    words: str
    starts_at: str
    deadline: Deadline | None


@dataclass(frozen=True)
class WaiversTold:
    """What the page says of requests to waive a charge; ``rules`` are the reasons that we accept."""

    accepts: Accepts
    rules: tuple[WaiverRule, ...]
    ask_days: int
    appeal_days: int


def waivers_told() -> WaiversTold:
    """The reasons in use, and how requests are answered now."""
    practice, accepts = waiver_practice(), accepted()
    rules = () if accepts is Accepts.NONE else waiver_rules()
    return WaiversTold(accepts, rules, practice.ask_days, practice.appeal_days)


def version_shown(number: str, now: datetime) -> ChargingPolicy | None:
    """The version with that number if it is released; otherwise the one in force."""
    found = [one for one in policies() if str(one.version) == number]
    return found[0] if found else policy_or_none(now)


def version_to_come(now: datetime) -> ChargingPolicy | None:
    """The released version that begins next."""
    today = timezone.localdate(now)
    return min(
        (one for one in policies() if one.valid_from > today),
        key=lambda one: one.valid_from,
        default=None,
    )


def price_groups(policy: ChargingPolicy) -> list[PricesOfAKind]:
    """Every price of a version by kind of charge."""
    names, unit, lines = names_of_codes(), policy.as_rule().unit, prices_of(policy.pk)
    groups = []
    for kind, title in QUOTED_AS.items():
        own = sorted((line for line in lines if line.kind is kind), key=lambda line: line.rank)
        others = any(line.scope != EVERYWHERE for line in own)
        prices = tuple(
            ListedPrice(
                EVERYONE_ELSE
                if others and line.scope == EVERYWHERE
                else who_it_is_for(line.scope, names),
                tier_in_words(line, unit),
                price_in_words(line),
                line.clause,
            )
            for line in reversed(own)
        )
        if prices:
            groups.append(PricesOfAKind(title, prices))
    return groups


def notice_examples(policy: ChargingPolicy, now: datetime) -> list[NoticeExample]:
    """Every notice rule of a version, the general one last, each for the same day."""
    starts_at, zone = example_start(now), timezone.get_current_timezone()
    calendar = calendar_around(timezone.localdate(starts_at))
    general, *exceptions = notice_rules(policy)
    rules = (*exceptions, general)
    return [
        NoticeExample(
            who=who_needs(rule, alone=len(rules) == 1),
            words=notice_in_words(rule),
            starts_at=moment(starts_at, zone),
            deadline=counted_deadline(starts_at, rule, calendar, zone) if rule.is_charged else None,
        )
        for rule in rules
    ]


@dataclass(frozen=True)
class RegistersTold:
    """What happens at the event: for which places, and in words, the general rule last.

    ``own_fees``: whether the version has prices that are charged in place of the one for not attending.
    """

    rules: tuple[tuple[str, str], ...]
    own_fees: bool


def registers_told(policy: ChargingPolicy) -> RegistersTold:
    """Every rule of a version about arriving late, leaving early and coming without a booking."""
    general, *exceptions = attendance_rules(policy)
    rules = (*exceptions, general)
    return RegistersTold(
        rules=tuple(
            (who_needs(rule, alone=not exceptions), rule.clause or attendance_in_words(rule))
            for rule in rules
        ),
        own_fees=any(
            line.kind in {ChargeKind.LATE_ARRIVAL, ChargeKind.LEFT_EARLY}
            for line in prices_of(policy.pk)
        ),
    )


def closing_example(policy: ChargingPolicy, now: datetime) -> CloseOfBookings | None:
    """Until when the same event could be booked; None if until it starts."""
    rule = policy.closing_rule()
    if rule is None:
        return None
    starts_at, zone = example_start(now), timezone.get_current_timezone()
    return counted_close(starts_at, rule, calendar_around(timezone.localdate(starts_at)), zone)


def who_needs(rule: NoticePolicy | AttendanceRule, *, alone: bool) -> str:
    return rule.label or ("All places" if alone else "All other places")


def example_start(now: datetime) -> datetime:
    """When the event of the example starts."""
    day: date = timezone.localdate(now) + AHEAD
    day += timedelta(days=(THURSDAY - day.weekday()) % 7)
    return datetime.combine(day, MORNING, timezone.get_current_timezone())


def names_of_codes() -> dict[tuple[str, str], str]:
    """What people here call whatever a price can name."""
    named = {
        "payer_class": [(one.code, one.name) for one in payer_classes()],
        "sector": [(one.code, one.name) for one in sectors()],
        "area": [(one.code, one.name) for one in areas()],
        "course": list(Course.objects.values_list("reference", "title")),
        "group": list(WorkforceGroup.objects.values_list("code", "name")),
        "event_type": [(one.value, one.label) for one in EventType],
        "delivery": [(one.value, one.label) for one in Delivery],
    }
    return {(name, code): words for name, pairs in named.items() for code, words in pairs}
