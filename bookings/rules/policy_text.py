"""Whether the text that people accept says what the policy does: its days, hours, pounds and percentages.

Three working days are not 72 hours, and a text is often older than the prices beside it. Nothing here blocks a
release, because only a person can say what a sentence means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bookings.rules.deadline import notice_wording
from bookings.rules.fees import PriceRule
from bookings.rules.money import pounds
from bookings.rules.notice import NoticePolicy, NoticeUnit
from bookings.rules.prices import SHARES, FeeOutcome
from partnerships.rules.reasons import Kind, Reason

NUMBERS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
PERIOD = re.compile(
    rf"\b(?P<number>\d{{1,4}}|{'|'.join(NUMBERS)}) (?:full |clear )?"
    r"(?P<unit>working |calendar )?(?P<noun>day|hour|week)s?\b",
    re.IGNORECASE,
)
POUNDS = re.compile(r"£ ?(\d[\d,]*(?:\.\d\d)?)")
PER_CENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)")
# A plain "day" can be meant either way; a week is seven days, of which five are worked.
DAYS = (NoticeUnit.WORKING_DAYS, NoticeUnit.CALENDAR_DAYS)
MEANT = {
    "working day": {NoticeUnit.WORKING_DAYS: 1},
    "calendar day": {NoticeUnit.CALENDAR_DAYS: 1},
    "day": dict.fromkeys(DAYS, 1),
    "working week": {NoticeUnit.WORKING_DAYS: 5},
    "week": {NoticeUnit.WORKING_DAYS: 5, NoticeUnit.CALENDAR_DAYS: 7},
    "hour": {NoticeUnit.HOURS: 1},
}


def text_reasons(
    text: str, notices: Iterable[NoticePolicy], prices: Iterable[PriceRule], hours: Iterable[int]
) -> tuple[Reason, ...]:
    """What the policy's text names and nothing in the policy says; ``hours`` are other spans of time it can name."""
    rules, lines = tuple(notices), tuple(prices)
    said = {(rule.unit, rule.notice) for rule in rules} | {(NoticeUnit.HOURS, one) for one in hours}
    said |= {
        (rule.unit, line.notice_under) for rule in rules for line in lines if line.notice_under
    }
    return (*_other_periods(text, said, rules[0]), *_other_amounts(text, lines))


def clause_reasons(prices: Iterable[PriceRule]) -> tuple[Reason, ...]:
    """Prices whose own sentence names another amount."""
    found: list[Reason] = []
    for line in prices:
        if line.outcome is FeeOutcome.AMOUNT:
            found += _other_amounts(line.clause, (line,))
    return tuple(found)


def _other_periods(
    text: str, said: set[tuple[NoticeUnit, int]], general: NoticePolicy
) -> Iterator[Reason]:
    for words, number, times in _periods_in(text):
        if not any((unit, number * each) in said for unit, each in times.items()):
            counted = notice_wording(general)
            sentence = f"The text says “{words}”, but the notice to cancel is {counted}."
            step = "Change one of them if they mean the same."
            if general.unit not in times:
                step = f"They differ over a weekend. {step}"
            yield Reason(Kind.WARNS, "text_names_another_period", sentence, step)


def _periods_in(text: str) -> Iterator[tuple[str, int, dict[NoticeUnit, int]]]:
    """Every period a text names, as it says it, with what it can mean."""
    for found in PERIOD.finditer(text):
        number = found["number"].lower()
        noun = f"{found['unit'] or ''}{found['noun']}".lower()
        value = int(number) if number.isdigit() else NUMBERS.index(number) + 1
        yield found[0], value, MEANT.get(noun, MEANT[found["noun"].lower()])


def _other_amounts(text: str, lines: Iterable[PriceRule]) -> Iterator[Reason]:
    """Pounds and percentages that none of the prices names."""
    rows = tuple(lines)
    shares = {row.amount for row in rows if row.base in SHARES}
    money = {row.amount for row in rows if row.base not in SHARES}
    money |= {
        one for row in rows for one in (row.less, row.at_least, row.at_most) if one is not None
    }
    wrong = [
        pounds(amount)
        for amount in (Decimal(one.replace(",", "")) for one in POUNDS.findall(text))
        if amount not in money
    ]
    wrong += [f"{one}%" for one in PER_CENT.findall(text) if Decimal(one) not in shares]
    for amount in dict.fromkeys(wrong):
        sentence = f"“{text}” names {amount}, which is not the price."
        if len(rows) != 1:
            sentence = f"The text names {amount}, but no price of the policy does."
        yield Reason(Kind.WARNS, "text_names_another_amount", sentence, "Change one of them.")
