"""What the pages for writing a charging policy show: a version as it is, and what it means for one event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bookings.models import ChargingPolicy, NoticeException, PriceRow, RegisterException
from bookings.models.scope import ScopedRow, code_of
from bookings.reports.charges_page import example_start
from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, attendance_for
from bookings.rules.deadline import Deadline, counted_deadline
from bookings.rules.fees import PriceRule
from bookings.rules.notice import NoticePolicy, notice_for
from bookings.rules.place import Place
from bookings.rules.policy_preview import preview
from bookings.rules.policy_words import attendance_in_words
from bookings.terms.agreement import calendar_around
from bookings.terms.policies import (
    exception_rows,
    exceptions_of,
    price_rows,
    prices_of,
    register_exception_rows,
    register_exceptions_of,
)
from courses.models import Course
from courses.rules.states import Delivery, EventType
from govuk.rules.phrases import moment
from partnerships.models import payer_classes
from partnerships.rules.payers import Named
from partnerships.rules.working_days import WorkingCalendar

Rows = Callable[[int], QuerySet[Any]]
EVERY_EMPLOYER = "Every employer"


@dataclass(frozen=True)
class Version:
    """A version with its parts, as the rules read them. A part that is still being typed can take another's place."""

    policy: ChargingPolicy
    exceptions: tuple[NoticePolicy, ...]
    register_exceptions: tuple[AttendanceRule, ...]
    prices: tuple[PriceRule, ...]

    @property
    def notices(self) -> tuple[NoticePolicy, ...]:
        """The general notice rule, and the exceptions."""
        return self.policy.as_rule(), *self.exceptions

    @property
    def registers(self) -> tuple[AttendanceRule, ...]:
        """What happens at the event: the general rule, and the exceptions."""
        return self.policy.attendance_rule(), *self.register_exceptions


def version_with(
    policy: ChargingPolicy, part: NoticeException | RegisterException | PriceRow | None = None
) -> Version:
    """A version as it is saved, but with this exception or price as it is typed."""

    def rules(rows_of: Rows, rules_of: Callable[[int], tuple[Any, ...]]) -> tuple[Any, ...]:
        rows = rows_of(policy.pk)
        if not isinstance(part, rows.model):
            return rules_of(policy.pk)
        return tuple(one.as_rule() for one in (*(one for one in rows if one.pk != part.pk), part))

    return Version(
        policy,
        rules(exception_rows, exceptions_of),
        rules(register_exception_rows, register_exceptions_of),
        rules(price_rows, prices_of),
    )


def version_of(
    policy: ChargingPolicy,
    exceptions: Iterable[NoticeException],
    register_exceptions: Iterable[RegisterException],
    prices: Iterable[PriceRow],
) -> Version:
    """A version with these rows as its parts."""
    return Version(
        policy,
        tuple(one.as_rule() for one in exceptions),
        tuple(one.as_rule() for one in register_exceptions),
        tuple(one.as_rule() for one in prices),
    )


def names_in(rows: Iterable[ScopedRow]) -> dict[tuple[str, str], str]:
    """What people here call whatever these rows name, by column and code."""
    names = {("event_type", one.value): one.label for one in EventType}
    names |= {("delivery", one.value): one.label for one in Delivery}
    for row in rows:
        names |= {(name, code_of(one)): str(one) for name, one in row.links.items()}
    return names


@dataclass(frozen=True)
class Trial:
    """An event that a version is tried on."""

    starts_at: datetime
    course: Course | None = None
    delivery: str = Delivery.IN_PERSON
    sector: str = ""
    area: str = ""

    @property
    def place(self) -> Place:
        """A place at it, for any employer of the sector and area."""
        known = Place(delivery=self.delivery, sector=self.sector, area=self.area)
        course = self.course
        if course is None:
            return known
        return replace(
            known,
            course=course.reference,
            group=course.group.code if course.group else "",
            event_type=course.event_type,
            sittings=(course.minutes,),
            list_price=course.list_price,
        )


def usual_trial(now: datetime) -> Trial:
    """A morning some weeks ahead, of no particular course."""
    return Trial(example_start(now))


@dataclass(frozen=True)
class TrialTable:
    """What a version means for one event: a row for each payer class, and a column for each way it can end."""

    starts_at: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    deadlines: tuple[tuple[str, Deadline], ...]
    registers: tuple[tuple[str, str], ...]


def trial_table(version: Version, trial: Trial) -> TrialTable:
    """Worked out by the rules that charge, for every payer class."""
    payers = payer_classes() or (Named(name=EVERY_EMPLOYER),)
    calendar = calendar_around(timezone.localdate(trial.starts_at))
    terms = [
        agreed_under(version, replace(trial.place, payer_class=one.code), trial.starts_at, calendar)
        for one in payers
    ]
    shown, zone = preview(terms), timezone.get_current_timezone()
    ends = [moment(span.until, zone) for span in shown.spans]
    return TrialTable(
        starts_at=moment(trial.starts_at, zone),
        headings=(
            *(in_words(index, ends) for index in range(len(ends))),
            *(title for title, _ in shown.other),
        ),
        rows=tuple(
            (
                payer.name,
                *(span.fees[index] for span in shown.spans),
                *(cells[index] for _, cells in shown.other),
            )
            for index, payer in enumerate(payers)
        ),
        deadlines=tuple(different_deadlines([one.name for one in payers], terms)),
        registers=tuple(different_registers([one.name for one in payers], terms)),
    )


def in_words(index: int, ends: Sequence[str]) -> str:
    """When a cancellation of one span arrives."""
    until = "the event starts" if index == len(ends) - 1 else ends[index]
    if index == 0:
        return f"Cancelling until {until}"
    return f"Cancelling after that, until {until}"


def different_deadlines(
    names: Sequence[str], terms: Sequence[Agreed]
) -> Iterator[tuple[str, Deadline]]:
    """Each deadline once, with the first kind of employer that has it."""
    seen = set()
    for name, agreed in zip(names, terms, strict=True):
        if agreed.notice.is_charged and agreed.deadline.instant not in seen:
            seen.add(agreed.deadline.instant)
            yield name, agreed.deadline


def different_registers(names: Sequence[str], terms: Sequence[Agreed]) -> Iterator[tuple[str, str]]:
    """What happens at the event, each rule once, with the first kind of employer that has it."""
    seen = set()
    for name, agreed in zip(names, terms, strict=True):
        if agreed.attendance not in seen:
            seen.add(agreed.attendance)
            yield name, attendance_in_words(agreed.attendance)


def agreed_under(
    version: Version, place: Place, starts_at: datetime, calendar: WorkingCalendar
) -> Agreed:
    """What someone would agree to who books such a place under the version."""
    zone, policy = timezone.get_current_timezone(), version.policy
    place = replace(place, half_day_minutes=policy.half_day_minutes)
    notice = notice_for(place, version.notices)
    return Agreed(
        place=place,
        notice=notice,
        attendance=attendance_for(place, version.registers),
        prices=version.prices,
        starts_at=starts_at,
        deadline=counted_deadline(starts_at, notice, calendar, zone),
        calendar=calendar,
        tz=zone,
    )
