"""Reasons to waive a charge: until when, who may ask, what is checked, what people are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.usual_reasons import USUAL_REASONS
from bookings.rules.waivers import (
    Accepts,
    AskedAs,
    Asker,
    AskUntil,
    DecidedBy,
    Occasion,
    WaiverRule,
    asking_reasons,
    last_to_ask,
)
from partnerships.rules.reasons import Kind, Reason

LONDON = ZoneInfo("Europe/London")
DELEGATE, MANAGER, TEAM = AskedAs.DELEGATE, AskedAs.MANAGER, AskedAs.TEAM
BEFORE, AFTER_EVENT, AFTER_CHARGE = (
    AskUntil.BEFORE_EVENT,
    AskUntil.AFTER_EVENT,
    AskUntil.AFTER_CHARGE,
)


def at(day: int, hour: int = 12, minute: int = 0, *, month: int = 6) -> datetime:
    """A time in London in the summer of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


# Two days in June; the register was closed on the 20th, which raised the charge.
OCCASION = Occasion(at(16, 9, 30), at(17, 16), date(2026, 6, 20), None, LONDON)


def rule(until: AskUntil = AFTER_CHARGE, days: int = 14, **fields: object) -> WaiverRule:
    return WaiverRule(1, "Sickness", until=until, days=days, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("until", "days", "by", "last"),
    [
        (AFTER_CHARGE, 0, None, at(20, 23, 59)),
        (AFTER_CHARGE, 14, None, at(4, 23, 59, month=7)),
        (AFTER_EVENT, 0, None, at(17, 23, 59)),
        (AFTER_EVENT, 10, None, at(27, 23, 59)),
        (BEFORE, 0, time(10), at(18, 23, 59, month=7)),  # as long as any other reason: 28 days
    ],
)
def test_until_when_a_request_can_be_sent(
    until: AskUntil, days: int, by: time | None, last: datetime
) -> None:
    found = rule(until, days, by=by).ask_by(OCCASION, 28)
    assert found.replace(second=0, microsecond=0) == last
    assert (found.second, found.microsecond) == (59, 999999)


@pytest.mark.parametrize(
    ("days", "by", "starts_at", "last"),
    [
        (0, time(8), at(16, 9, 30), at(16, 8)),
        (0, time(10), at(16, 9, 30), at(16, 9, 30)),  # never later than the start
        (0, time(10), at(16, 13, 0), at(16, 10)),
        (0, None, at(16, 9, 30), at(16, 9, 30)),
        (2, time(17), at(16, 9, 30), at(14, 17)),
        (1, None, at(16, 9, 30), at(15, 23, 59)),
        # The clocks go back in the night before.
        (0, time(8), at(25, 9, month=10), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        # Half past one comes twice; the event starts at a quarter past one, the second time.
        (
            0,
            time(1, 30),
            at(25, 1, 15, month=10).replace(fold=1),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
    ],
)
def test_by_when_somebody_has_to_tell_us(
    days: int, by: time | None, starts_at: datetime, last: datetime
) -> None:
    found = rule(BEFORE, days, by=by).tell_by(replace(OCCASION, starts_at=starts_at))
    assert found.astimezone(UTC).replace(second=0, microsecond=0) == last.astimezone(UTC)
    assert found.tzinfo is LONDON


@pytest.mark.parametrize(
    ("asker", "may"),
    [
        (Asker.EITHER, {DELEGATE, MANAGER, TEAM}),
        (Asker.DELEGATE, {DELEGATE, TEAM}),
        (Asker.MANAGER, {MANAGER, TEAM}),
    ],
)
def test_who_can_ask(asker: Asker, may: set[AskedAs]) -> None:
    one = rule(asker=asker)
    found = {part for part in AskedAs if not asking_reasons(one, part, OCCASION, at(21), 28)}
    assert found == may
    for part in set(AskedAs) - may:
        sentence = f"Only {asker.label[0].lower()}{asker.label[1:]} can give this reason."
        assert asking_reasons(one, part, OCCASION, at(21), 28) == (
            Reason(Kind.BLOCKS, "ground", sentence, "Choose another reason."),
        )


@pytest.mark.parametrize(
    ("part", "asked_at", "kinds"),
    [
        (DELEGATE, at(4, 23, 59, month=7), []),
        (DELEGATE, at(5, 0, 0, month=7), [Kind.BLOCKS]),
        (MANAGER, at(5, 0, 0, month=7), [Kind.BLOCKS]),
        (TEAM, at(5, 0, 0, month=7), [Kind.WARNS]),  # it may enter late what it was told in time
    ],
)
def test_the_time_to_ask_ends(part: AskedAs, asked_at: datetime, kinds: list[Kind]) -> None:
    sentence = "The time limit for this reason was the end of Saturday 4 July 2026."
    assert asking_reasons(rule(), part, OCCASION, asked_at, 28) == tuple(
        Reason(kind, "ground", sentence) for kind in kinds
    )


TOLD_TOO_LATE = Reason(
    Kind.BLOCKS,
    "ground",
    "For this reason, we had to be told by 8am on Tuesday 16 June 2026."
    " Your message arrived at 8:01am on Tuesday 16 June 2026.",
    "Choose another reason.",
)
NOT_ON_RECORD = Reason(
    Kind.WARNS,
    "not_on_record",
    "We had to be told by 8am on Tuesday 16 June 2026, and the booking does not say when we were.",
    "Check your emails and calls.",
)


@pytest.mark.parametrize(
    ("told_at", "asked_at", "reasons"),
    [
        (at(16, 8, 0), at(21), []),
        (at(16, 8, 1), at(21), [TOLD_TOO_LATE]),
        (at(16, 8, 1).astimezone(UTC), at(21), [TOLD_TOO_LATE]),
        (None, at(21), [NOT_ON_RECORD]),  # a person has to look for the call
        (None, at(16, 7, 30), []),  # the request itself tells us
        (at(16, 8, 1), at(16, 8), []),
    ],
)
def test_whether_we_were_told_is_checked_where_it_can_be(
    told_at: datetime | None, asked_at: datetime, reasons: list[Reason]
) -> None:
    occasion = replace(OCCASION, told_at=told_at)
    found = asking_reasons(rule(BEFORE, 0, by=time(8)), DELEGATE, occasion, asked_at, 28)
    assert found == tuple(reasons)


def test_everything_against_a_request_is_said_together() -> None:
    one = rule(BEFORE, 0, by=time(8), asker=Asker.DELEGATE)
    found = asking_reasons(one, MANAGER, OCCASION, at(19, month=7), 28)
    assert [reason.sentence for reason in found] == [
        "Only the person who had the place can give this reason.",
        "The time limit for this reason was the end of Saturday 18 July 2026.",
        NOT_ON_RECORD.sentence,
    ]


@pytest.mark.parametrize(
    ("accepts", "rules", "last"),
    [
        (Accepts.NONE, [rule(AFTER_CHARGE, 60)], None),
        (Accepts.LISTED, [], None),
        (Accepts.LISTED, [rule(AFTER_EVENT, 10), rule(AFTER_CHARGE, 14)], at(4, month=7)),
        (Accepts.LISTED, [rule(BEFORE, 0), rule(AFTER_EVENT, 10)], at(18, month=7)),
        (Accepts.ANY, [], at(18, month=7)),
        (Accepts.ANY, [rule(AFTER_CHARGE, 60)], at(19, month=8)),
    ],
)
def test_the_last_day_to_ask_at_all(
    accepts: Accepts, rules: list[WaiverRule], last: datetime | None
) -> None:
    found = last_to_ask(rules, accepts, OCCASION, 28)
    assert (found and found.date()) == (last and last.date())


@pytest.mark.parametrize(
    ("until", "days", "by", "words"),
    [
        (AFTER_CHARGE, 1, None, "Ask within 1 day of the charge."),
        (AFTER_EVENT, 28, None, "Ask within 28 days of the event."),
        (BEFORE, 0, time(10), "Tell us by 10am on the day of the event."),
        (BEFORE, 0, None, "Tell us before the event starts."),
        (BEFORE, 2, time(17), "Tell us by 5pm, 2 days before the event."),
        (BEFORE, 1, None, "Tell us by the end of the day, 1 day before the event."),
    ],
)
def test_the_limit_in_words(until: AskUntil, days: int, by: time | None, words: str) -> None:
    assert rule(until, days, by=by).until_in_words == words


def test_people_are_told_everything_about_a_reason() -> None:
    told = dict(rule(steps="Ring us.", evidence="A letter.", evidence_needed=True).told)
    assert told == {
        "What to do": "Ring us.",
        "Evidence": "A letter.",
        "Who can ask": "The person, their manager or their agency’s lead",
        "Until when": "Ask within 14 days of the charge.",
        "Decision": "A person decides each time",
    }
    assert dict(rule().told)["Evidence"] == "None needed"
    assert "Evidence" not in dict(rule(evidence_needed=True).told)


@pytest.mark.parametrize(
    ("decided_by", "needed", "at_once"),
    [
        (DecidedBy.RULE, False, True),
        (DecidedBy.RULE, True, False),
        (DecidedBy.PERSON, False, False),
    ],
)
def test_only_what_nobody_has_to_look_at_is_decided_at_once(
    decided_by: DecidedBy, needed: bool, at_once: bool
) -> None:
    assert rule(decided_by=decided_by, evidence_needed=needed).is_decided_at_once() is at_once


def test_the_usual_reasons_can_be_read_as_rules() -> None:
    found = [WaiverRule(number, **columns) for number, columns in enumerate(USUAL_REASONS)]
    assert [one.until_in_words for one in found] == [
        "Tell us by 10am on the day of the event.",
        "Ask within 28 days of the event.",
        "Ask within 10 days of the event.",
    ]
    assert all(one.steps for one in found)
