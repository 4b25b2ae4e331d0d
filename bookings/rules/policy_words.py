"""A charging policy in plain words, made of the same rules that charge: for the public page about charges."""

from __future__ import annotations

from collections.abc import Mapping

from bookings.rules.attendance import AttendanceRule
from bookings.rules.deadline import UNIT_NOUNS, notice_wording
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding, pounds
from bookings.rules.notice import NoticePolicy, NoticeUnit
from bookings.rules.place import NAMED, AppliesTo
from bookings.rules.prices import SHARES, FeeBase, FeeOutcome
from courses.rules.catalogue import duration_wording
from govuk.rules.phrases import clock, counted, listed

EVERYONE, EVERYONE_ELSE = "Everyone", "Everyone else"
ASK_FIRST = "Ask us first"
CERTIFICATE = {True: "you can still get a certificate", False: "you get no certificate"}
AS_IF_ABSENT = "your employer is charged as if you had not come"
NOT_CHARGED = "your employer is not charged"
BASES = {
    FeeBase.FLAT: "{}",
    FeeBase.PER_SESSION: "{} for each session",
    FeeBase.PER_HALF_DAY: "{} for each half day",
    FeeBase.PER_DAY: "{} for each day",
    FeeBase.PERCENT_OF_ATTENDANCE: "{} of the attendance fee",
    FeeBase.PERCENT_OF_LIST_PRICE: "{} of the list price of the course",
    FeeBase.PERCENT_OF_EXTRAS: "{} of the extra costs agreed for a place",
}


def who_it_is_for(applies: AppliesTo, names: Mapping[tuple[str, str], str]) -> str:
    """Everyone, or what a rule names, by the names of codes: "Partner, Workshop, up to 2 hours"."""
    codes = ((name, getattr(applies, name)) for name in NAMED)
    parts = [names.get((name, code), code) for name, code in codes if code is not None]
    length = length_in_words(applies)
    return ", ".join([*parts, *([length] if length else [])]) or EVERYONE


def length_in_words(applies: AppliesTo) -> str:
    """The lengths of events that a rule is for; empty for any."""
    shortest = duration_wording(applies.shortest) if applies.shortest else ""
    longest = duration_wording(applies.longest) if applies.longest else ""
    if shortest and longest:
        return f"{shortest} to {longest}"
    if shortest:
        return f"{shortest} or longer"
    return f"up to {longest}" if longest else ""


def price_in_words(rule: PriceRule) -> str:
    """Free, that a person decides, or how the amount is made: "50% of the attendance fee, at least £20.00"."""
    if rule.outcome is FeeOutcome.FREE:
        return "Free"
    if rule.outcome is FeeOutcome.DECISION:
        return ASK_FIRST
    amount = f"{rule.amount.normalize():f}%" if rule.base in SHARES else pounds(rule.amount)
    parts = [BASES[rule.base].format(amount)]
    if rule.less:
        parts.append(f"less {pounds(rule.less)}")
    if rule.at_least is not None:
        parts.append(f"at least {pounds(rule.at_least)}")
    if rule.at_most is not None:
        parts.append(f"at most {pounds(rule.at_most)}")
    if rule.rounding is not Rounding.PENNY:
        label = rule.rounding.label
        parts.append(f"rounded {label[0].lower()}{label[1:]}")
    if rule.plus_extras:
        parts.append("plus the extra costs agreed for the place")
    return ", ".join(parts)


def tier_in_words(rule: PriceRule, unit: NoticeUnit) -> str:
    """When a price for late cancellation applies; empty if it does not depend on the notice."""
    if rule.notice_under is None:
        return ""
    return f"With less than {counted(rule.notice_under, UNIT_NOUNS[unit])} of notice"


def notice_in_words(rule: NoticePolicy) -> str:
    """How much notice is needed, and how it is counted."""
    if not rule.is_charged:
        return "Cancelling or not attending costs nothing."
    sentences = [f"Cancelling is free with {notice_wording(rule)} of notice."]
    if rule.unit is NoticeUnit.WORKING_DAYS:
        left_out = ["Weekends", *(["bank holidays"] if rule.skip_bank_holidays else [])]
        sentences.append(f"{listed(left_out)} are not counted.")
    if rule.unit is not NoticeUnit.HOURS and rule.cut_off is not None:
        sentences.append(f"Tell us by {clock(rule.cut_off)} on the last day.")
    return " ".join(sentences)


def exception_in_words(rule: NoticePolicy | AttendanceRule) -> str:
    """What an exception says, of the notice or at the event."""
    return notice_in_words(rule) if isinstance(rule, NoticePolicy) else attendance_in_words(rule)


def attendance_in_words(rule: AttendanceRule) -> str:
    """What happens to people who arrive late, leave early or come without a booking."""
    return " ".join([_arriving_late(rule), *_leaving_early(rule), _walking_in(rule)])


def _arriving_late(rule: AttendanceRule) -> str:
    if rule.grace_minutes is None:
        return "If you arrive late, the trainer decides if you can take part."
    follows = ["you can still take part" if rule.late_admitted else "you cannot take part"]
    if rule.late_admitted:
        follows.append(CERTIFICATE[rule.late_certificate])
    if rule.late_charged:
        follows.append(AS_IF_ABSENT)
    elif not rule.late_admitted:
        follows.append(NOT_CHARGED)
    return f"If you arrive {_more_than(rule.grace_minutes)}late, {listed(follows)}."


def _leaving_early(rule: AttendanceRule) -> list[str]:
    """Nothing if people can leave at any time."""
    if rule.early_minutes is None:
        return []
    follows = ["the session still counts"] if rule.early_counts else []
    follows.append(CERTIFICATE[rule.early_certificate])
    if rule.early_charged:
        follows.append(AS_IF_ABSENT)
    return [f"If you leave {_more_than(rule.early_minutes)}early, {listed(follows)}."]


def _walking_in(rule: AttendanceRule) -> str:
    if not rule.walk_in_admitted:
        return "You cannot take part without a booking."
    follows = ["you can take part if there is room"]
    if not rule.walk_in_certificate:
        follows.append(CERTIFICATE[False])
    if not rule.walk_in_charged:
        follows.append(NOT_CHARGED)
    return f"If you come without a booking, {listed(follows)}."


def _more_than(minutes: int) -> str:
    return f"more than {counted(minutes, 'minute')} " if minutes else ""
