"""The words of the documents about rules, read back as what the rules take."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache

import holidays

from bookings.rules.attendance import AttendanceRule, SessionMark
from bookings.rules.deadline import UNIT_NOUNS
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding
from bookings.rules.notice import Counting, NoticePolicy
from bookings.rules.place import EVERYWHERE, AppliesTo, Place
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.rules.states import Mark
from govuk.rules.phrases import END_OF_DAY, MONTHS, WEEKDAYS
from partnerships.rules.agencies import Nation
from partnerships.rules.working_days import WorkingCalendar
from tests.rules.bookings.boards import LONDON

UNITS = {noun: unit for unit, noun in UNIT_NOUNS.items()}
KINDS = {kind.label: kind for kind in ChargeKind}
# The parts of a place or a scope as the documents call them.
PARTS = {"payer": "payer_class", "type": "event_type"}
CODES = {"e-learning": "e_learning", "in person": "in_person"}
BASES = {
    "for each session": FeeBase.PER_SESSION,
    "for each half day": FeeBase.PER_HALF_DAY,
    "for each day": FeeBase.PER_DAY,
    "% of the attendance fee": FeeBase.PERCENT_OF_ATTENDANCE,
    "% of the list price": FeeBase.PERCENT_OF_LIST_PRICE,
}
ROUNDINGS = {
    "to the nearest pound": Rounding.POUND,
    "down to the pound": Rounding.POUND_DOWN,
    "up to the pound": Rounding.POUND_UP,
}
LATE_AND_EARLY = {
    "late is charged": {"late_charged": True},
    "late still earns a certificate": {"late_certificate": True},
    "late is turned away": {"late_admitted": False},
    "early is charged": {"early_charged": True},
    "walk-ins are not charged": {"walk_in_charged": False},
}


def a_day(words: str) -> date:
    """Monday 16 December 2024; the day of the week must be right."""
    weekday, day, month, year = words.split()
    found = date(int(year), MONTHS.index(month) + 1, int(day))
    assert WEEKDAYS[found.weekday()] == weekday, f"{words} is a {WEEKDAYS[found.weekday()]}"
    return found


def a_time(words: str) -> time:
    """5pm, 9:30am, 12:00:01pm, midday, midnight."""
    if words in {"midday", "midnight"}:
        return time(12 if words == "midday" else 0)
    found = re.fullmatch(r"(\d+)(?::(\d+))?(?::(\d+))?(am|pm)?", words)
    assert found, f"not a time: {words}"
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    if found[4]:
        hour = hour % 12 + (12 if found[4] == "pm" else 0)
    return time(hour, minute, second)


def an_instant(words: str) -> datetime:
    """5pm on Monday 16 December 2024, 22:59:59 UTC on ..., the end of Monday ..."""
    if words.startswith("the end of "):
        return datetime.combine(a_day(words.removeprefix("the end of ")), END_OF_DAY, LONDON)
    at, day = words.split(" on ")
    zone = UTC if at.endswith(" UTC") else LONDON
    return datetime.combine(a_day(day), a_time(at.removesuffix(" UTC")), zone)


def pounds_in(words: str) -> Decimal:
    """£1,234.50."""
    return Decimal(words.removeprefix("£").replace(",", ""))


def a_notice(
    words: str, *, until: str = "", bank_holidays: str = "", unused: str = ""
) -> NoticePolicy:
    """At least 10 working days; more than 14 clear calendar days."""
    found = re.fullmatch(r"(at least|more than) (\d+) (clear )?(.+?)s?", words)
    assert found, f"not a notice: {words}"
    how, number, clear, noun = found.groups()
    return NoticePolicy(
        int(number),
        UNITS[noun],
        Counting.MORE_THAN if how == "more than" else Counting.AT_LEAST,
        clear_days=bool(clear),
        skip_bank_holidays=bank_holidays != "counted",
        cut_off=None if until in {"", "end of the day"} else a_time(until),
        is_charged=unused != "not charged",
    )


@cache
def calendar_of(nation: str = "", closed: str = "") -> WorkingCalendar:
    """Bank holidays from the library that the product reads, and closure days."""
    subdivisions = {one.label: one.value for one in Nation}
    subdivision = subdivisions[nation or "England"]
    names = holidays.country_holidays("GB", subdiv=subdivision, years=range(2024, 2028))
    own = {a_day(closed): "Closed"} if closed else {}
    return WorkingCalendar.from_names(dict(names) | own)


def named_parts(words: str) -> dict[str, str]:
    """Payer: partner, type: course."""
    pairs = (part.split(": ") for part in words.split(", "))
    return {PARTS.get(name, name): CODES.get(value, value) for name, value in pairs}


def a_place(words: str) -> Place:
    """What is known of a place; sessions are minutes, added up with +."""
    parts = named_parts(words)
    sessions = parts.pop("sessions", "60 minutes").removesuffix(" minutes")
    half_day = parts.pop("half day", "240 minutes").removesuffix(" minutes")
    price = parts.pop("list_price", parts.pop("list price", ""))
    place = Place(
        sittings=tuple(int(minutes) for minutes in sessions.split(" + ")),
        half_day_minutes=int(half_day),
        list_price=pounds_in(price) if price else None,
    )
    return replace(place, **parts)  # type: ignore[arg-type]


def a_scope(words: str) -> AppliesTo:
    """The places that a rule is for; both ends of a length are included."""
    if words == "every place":
        return EVERYWHERE
    parts = named_parts(words)
    length = parts.pop("length", "")
    scope = AppliesTo(**parts)  # type: ignore[arg-type]
    if not length:
        return scope
    numbers = [int(one) for one in re.findall(r"\d+", length)]
    first = None if length.startswith("up to") else numbers[0]
    last = None if length.endswith("or more") else numbers[-1]
    return replace(scope, shortest=first, longest=last)


def a_price(charge: str, scope: str, amount: str, under: str = "") -> PriceRule:
    """Free; a person decides; £25 for each half day; 50% of the list price; less £10; at least £20."""
    says: dict[str, object] = {"notice_under": int(under) if under else None}
    what, *more = amount.split("; ")
    for words in more:
        name, _, value = words.rpartition(" £")
        says |= (
            {name.replace(" ", "_"): Decimal(value)}
            if value and name
            else {"rounding": ROUNDINGS[words]}
        )
    outcomes = {"free": FeeOutcome.FREE, "a person decides": FeeOutcome.DECISION}
    outcome = outcomes.get(what, FeeOutcome.AMOUNT)
    found = re.fullmatch(r"£?([\d.]+) ?(.*)", what)
    number, base = found.groups() if found else ("0", "")
    clause = f"{charge}: {scope}, {amount}"
    return PriceRule(
        KINDS[charge],
        outcome,
        Decimal(number),
        clause,
        a_scope(scope),
        base=BASES[base] if base else FeeBase.FLAT,
        **says,  # type: ignore[arg-type]
    )


def an_attendance_rule(words: str) -> AttendanceRule:
    """15 minutes late allowed, late is charged; what is not said is as in a new policy."""
    says: dict[str, object] = {"late_charged": False}
    for part in words.split(", "):
        limit = re.fullmatch(r"(\d+|any) minutes (late|early) allowed", part)
        if limit:
            name = "grace_minutes" if limit[2] == "late" else "early_minutes"
            says[name] = None if limit[1] == "any" else int(limit[1])
        else:
            says |= LATE_AND_EARLY[part]
    return AttendanceRule(**says)  # type: ignore[arg-type]


def the_register(words: str) -> tuple[list[SessionMark], bool]:
    """Present, absent, 16 minutes late, left 16 minutes early; whether someone came without a booking."""
    parts = words.split(", ")
    marks = []
    for part in parts:
        minutes = int((re.findall(r"\d+", part) or ["0"])[0])
        if part.endswith("late"):
            marks.append(SessionMark(Mark.LATE, minutes))
        elif part.endswith("early"):
            marks.append(SessionMark(Mark.LEFT_EARLY, minutes_early=minutes))
        elif part != "without a booking":
            marks.append(SessionMark(Mark(part)))
    return marks, "without a booking" in parts
