"""For which reasons an agency can ask for a charge to be waived: who asks, with what evidence, until when.

Boards differ in all of it, so the reasons are the partnership's own (docs/domain/rules.md, waivers). A time before
the event is about when somebody told us: it is checked if the booking says when a message arrived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bookings.rules.notice import in_time
from govuk.rules.choice import Choice
from govuk.rules.phrases import END_OF_DAY, clock, counted, moment
from partnerships.rules.reasons import Kind, Reason


class Accepts(Choice):
    """Which requests to waive a charge the partnership answers."""

    ANY = "any", "Requests for the reasons listed, or for any other reason"
    LISTED = "listed", "Requests for the reasons listed only"
    NONE = "none", "No requests at all"


class Asker(Choice):
    """Who can ask for a reason."""

    EITHER = "either", "The person, their manager or their agency’s lead"
    DELEGATE = "delegate", "The person who had the place"
    MANAGER = "manager", "The person’s manager or their agency’s lead"


class AskedAs(Choice):
    """In which part someone asks. The training team enters what others have told it."""

    DELEGATE = "delegate", "The person who had the place"
    MANAGER = "manager", "For the agency"
    TEAM = "team", "The training team, for them"


class AskUntil(Choice):
    """What the last day to ask, or the time to tell us, is counted from."""

    AFTER_CHARGE = "after_charge", "A number of days after the charge"
    AFTER_EVENT = "after_event", "A number of days after the event"
    BEFORE_EVENT = "before_event", "A time before the event starts"


class DecidedBy(Choice):
    """Who decides once the evidence is there."""

    PERSON = "person", "A person decides each time"
    RULE = "rule", "The charge is waived once the evidence is accepted"


MAY_ASK = {
    Asker.EITHER: frozenset(AskedAs),
    Asker.DELEGATE: frozenset({AskedAs.DELEGATE, AskedAs.TEAM}),
    Asker.MANAGER: frozenset({AskedAs.MANAGER, AskedAs.TEAM}),
}


@dataclass(frozen=True)
class Occasion:
    """What the dates of a request are counted from: the event, the day we raised the charge, when we were told.

    ``told_at`` is when the message that cancelled the place arrived; None if the booking says nothing of a message.
    """

    starts_at: datetime
    ends_at: datetime
    charged_on: date
    told_at: datetime | None
    tz: tzinfo

    def end_of_days_after(self, day: date, days: int) -> datetime:
        """The last instant of the day so many days later."""
        return datetime.combine(day + timedelta(days=days), END_OF_DAY, self.tz)


@dataclass(frozen=True)
class WaiverRule:
    """One reason of the partnership's list. ``days`` and ``by`` are counted from what ``until`` says."""

    number: int
    name: str
    steps: str = ""
    evidence: str = ""
    evidence_needed: bool = False
    asker: Asker = Asker.EITHER
    until: AskUntil = AskUntil.AFTER_CHARGE
    days: int = 28
    by: time | None = None
    decided_by: DecidedBy = DecidedBy.PERSON

    def can_be_asked_by(self, part: AskedAs) -> bool:
        return part in MAY_ASK[self.asker]

    @property
    def is_told_before(self) -> bool:
        """Whether it depends on when somebody told us."""
        return self.until is AskUntil.BEFORE_EVENT

    def tell_by(self, occasion: Occasion) -> datetime:
        """The last instant to tell us, for a reason that has to be told before the event."""
        day = occasion.starts_at.astimezone(occasion.tz).date() - timedelta(days=self.days)
        if self.by is None and not self.days:
            return occasion.starts_at.astimezone(occasion.tz)
        found = datetime.combine(day, self.by or END_OF_DAY, occasion.tz)
        return min(found, occasion.starts_at.astimezone(occasion.tz), key=in_utc)

    def ask_by(self, occasion: Occasion, general_days: int) -> datetime:
        """The last instant to send the request. What must be told before the event can be asked as long as others."""
        if self.until is AskUntil.AFTER_EVENT:
            last_day = occasion.ends_at.astimezone(occasion.tz).date()
            return occasion.end_of_days_after(last_day, self.days)
        days = self.days if self.until is AskUntil.AFTER_CHARGE else general_days
        return occasion.end_of_days_after(occasion.charged_on, days)

    def is_decided_at_once(self) -> bool:
        """Whether nobody has anything to look at: no evidence is needed, and the rule waives the charge."""
        return self.decided_by is DecidedBy.RULE and not self.evidence_needed

    @property
    def until_in_words(self) -> str:
        """Until when, as the pages say it."""
        if self.until is AskUntil.AFTER_CHARGE:
            return f"Ask within {counted(self.days, 'day')} of the charge."
        if self.until is AskUntil.AFTER_EVENT:
            return f"Ask within {counted(self.days, 'day')} of the event."
        if self.by is None and not self.days:
            return "Tell us before the event starts."
        when = f"by {clock(self.by)}" if self.by else "by the end of the day"
        if not self.days:
            return f"Tell us {when} on the day of the event."
        return f"Tell us {when}, {counted(self.days, 'day')} before the event."

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Everything that people are told about it, each under what it is called."""
        evidence = self.evidence or ("" if self.evidence_needed else "None needed")
        found = (
            ("What to do", self.steps),
            ("Evidence", evidence),
            ("Who can ask", self.asker.label),
            ("Until when", self.until_in_words),
            ("Decision", self.decided_by.label),
        )
        return tuple((title, words) for title, words in found if words)


def in_utc(instant: datetime) -> datetime:
    """For comparing: two times of one zone are otherwise compared by the wall clock."""
    return instant.astimezone(UTC)


def asking_reasons(
    rule: WaiverRule, part: AskedAs, occasion: Occasion, asked_at: datetime, general_days: int
) -> tuple[Reason, ...]:
    """Why someone cannot ask for this reason any more, or what a person has to check.

    The training team may be late in entering what it was told in time, so it is only reminded.
    """
    found = []
    if not rule.can_be_asked_by(part):
        sentence = f"Only {lower_first(rule.asker.label)} can give this reason."
        found.append(Reason(Kind.BLOCKS, "ground", sentence, "Choose another reason."))
    last = rule.ask_by(occasion, general_days)
    if not in_time(asked_at, last):
        found.append(late(last, occasion.tz, part))
    if rule.is_told_before:
        found += told_reasons(rule, occasion, asked_at)
    return tuple(found)


def told_reasons(rule: WaiverRule, occasion: Occasion, asked_at: datetime) -> list[Reason]:
    """Whether we were told in time, as far as the booking or the request itself shows."""
    last = rule.tell_by(occasion)
    if in_time(asked_at, last) or (occasion.told_at and in_time(occasion.told_at, last)):
        return []
    by = moment(last, occasion.tz)
    if occasion.told_at is None:
        sentence = f"We had to be told by {by}, and the booking does not say when we were."
        return [Reason(Kind.WARNS, "not_on_record", sentence, "Check your emails and calls.")]
    came = moment(occasion.told_at, occasion.tz)
    sentence = f"For this reason, we had to be told by {by}. Your message arrived at {came}."
    return [Reason(Kind.BLOCKS, "ground", sentence, "Choose another reason.")]


def late(last: datetime, tz: tzinfo, part: AskedAs) -> Reason:
    """The time to ask is over."""
    sentence = f"The time limit for this reason was {moment(last, tz)}."
    kind = Kind.WARNS if part is AskedAs.TEAM else Kind.BLOCKS
    return Reason(kind, "ground", sentence)


def last_to_ask(
    rules: Iterable[WaiverRule], accepts: Accepts, occasion: Occasion, general_days: int
) -> datetime | None:
    """The last instant to ask for any reason at all; None if no requests are accepted."""
    if accepts is Accepts.NONE:
        return None
    found = [rule.ask_by(occasion, general_days) for rule in rules]
    if accepts is Accepts.ANY:
        found.append(occasion.end_of_days_after(occasion.charged_on, general_days))
    return max(found, default=None)  # ends of days of one zone, so that the wall clock does


def lower_first(words: str) -> str:
    """A label in the middle of a sentence."""
    return words[:1].lower() + words[1:]
