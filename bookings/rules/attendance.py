"""From the register's marks to the booking's outcome.

Three answers are independent (docs/domain/rules.md, late arrival): does it count as having come, is a certificate
earned, and what is charged. Policies differ in each for those who come late, leave early or come without a booking.
So no answer follows from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bookings.rules.place import EVERYWHERE, AppliesTo, Place, rule_for
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState, Mark
from govuk.rules.phrases import counted
from partnerships.rules.reasons import Kind, Reason

LATE_IS_FREE = "The policy does not charge someone who came too late to be let in."
WALK_IN_WASTED_NOTHING = "Someone who came without a booking did not keep a place from anyone else."
WALK_IN_IS_FREE = "The policy does not charge someone who came without a booking."


# People sign in as they arrive, so a session takes marks a little before it begins.
DOORS_OPEN = timedelta(hours=1)


def takes_marks(starts_at: datetime, at: datetime) -> bool:
    """Whether a session can be marked at an instant: no one knows yet who will come to a later one."""
    return at >= starts_at - DOORS_OPEN


def minutes_beyond(mark: SessionMark, starts_at: datetime, ends_at: datetime) -> int | None:
    """The session's length in minutes if a mark says that more than that was missed; otherwise None."""
    length = (ends_at - starts_at) // timedelta(minutes=1)
    return length if mark.minutes_late + mark.minutes_early > length else None


@dataclass(frozen=True)
class SessionMark:
    """One person in one session; minutes matter only for "came late" and "left early"."""

    mark: Mark
    minutes_late: int = 0
    minutes_early: int = 0


@dataclass(frozen=True)
class AttendanceRule:
    """How a partnership treats arriving late, leaving early and coming without a booking.

    ``grace_minutes`` and ``early_minutes`` None mean no limit: the trainer's mark is enough. Past the limit, three
    answers apply: may the person stay (``late_admitted``) or does the session still count in full
    (``early_counts``), is a certificate earned, and is the place charged as if no one had come. Someone without a
    booking may be added to the register (``walk_in_admitted``), may earn a certificate, and pays for taking part.

    ``scope``, ``label`` and ``clause`` are the places that an exception is for, what they are called and the rule in
    one sentence; ``exception`` is its id, by which a booking keeps it. All of that decides nothing once it is chosen.
    """

    grace_minutes: int | None = 30
    late_admitted: bool = True
    late_certificate: bool = False
    late_charged: bool = True
    early_minutes: int | None = None
    early_counts: bool = False
    early_certificate: bool = False
    early_charged: bool = False
    walk_in_admitted: bool = True
    walk_in_certificate: bool = True
    walk_in_charged: bool = True
    scope: AppliesTo = EVERYWHERE
    label: str = ""
    clause: str = ""
    exception: int | None = None

    @property
    def says(self) -> AttendanceRule:
        """What it decides, whatever places it is for."""
        return replace(self, scope=EVERYWHERE, label="", clause="", exception=None)

    @property
    def may_charge(self) -> frozenset[ChargeKind]:
        """The fees that can be owed by it, if the policy has a price for them."""
        owed = {
            ChargeKind.LATE_ARRIVAL: self.late_charged and self.grace_minutes is not None,
            ChargeKind.LEFT_EARLY: self.early_charged and self.early_minutes is not None,
            ChargeKind.WALK_IN: self.walk_in_charged and self.walk_in_admitted,
        }
        return frozenset(kind for kind, can_be in owed.items() if can_be)

    @property
    def named(self) -> str:
        """A sentence that names the exception, with a space before it; empty for the general rule."""
        return f" The rule for “{self.label}” applies." if self.label else ""


def attendance_for(place: Place, rules: Iterable[AttendanceRule]) -> AttendanceRule:
    """The rule that applies to a place. Every charging policy has one for all places."""
    return rule_for(rules, place)


@dataclass(frozen=True)
class AttendanceOutcome:
    """The booking's state, whether a certificate is earned, which fee applies, and the grounds.

    ``own_fees`` are the kinds of charge that a policy may name for what happened, such as a late arrival fee.
    ``excused`` is the sentence of the policy that waives all fees, whatever the prices are; empty if none does.
    """

    state: BookingState
    certificate: bool
    charge: ChargeKind
    own_fees: tuple[ChargeKind, ...] = ()
    excused: str = ""
    reasons: tuple[Reason, ...] = ()


def attendance_outcome(
    marks: Sequence[SessionMark], rule: AttendanceRule, *, walk_in: bool = False
) -> AttendanceOutcome:
    """The outcome of all sessions; a session past its limit counts in part, or not if turned away."""
    if not marks:
        raise ValueError("No one has marked the register yet.")
    late = [mark for mark in marks if _is_too_late(mark, rule)]
    early = [mark for mark in marks if _left_too_early(mark, rule)]
    turned_away = late if not rule.late_admitted else []
    missed = sum(mark.mark is Mark.ABSENT for mark in marks)
    reasons = _reasons(missed, late, early, rule)
    if missed + len(turned_away) == len(marks):
        excused = "" if rule.late_charged or not turned_away else LATE_IS_FREE + rule.named
        if walk_in:  # turned away, or added by mistake
            excused = WALK_IN_WASTED_NOTHING
        own = ChargeKind.LATE_ARRIVAL if turned_away else ChargeKind.NOT_COMPLETED
        return AttendanceOutcome(
            BookingState.NO_SHOW, False, ChargeKind.NO_SHOW, (own,), excused, reasons
        )
    incomplete = missed or late or (early and not rule.early_counts)
    wasted = [
        kind
        for kind, happened in (
            (ChargeKind.LATE_ARRIVAL, late and rule.late_charged),
            (ChargeKind.LEFT_EARLY, early and rule.early_charged),
        )
        # Someone who had not booked has not wasted a place, however late they came.
        if happened and not walk_in
    ]
    return AttendanceOutcome(
        BookingState.PARTLY_ATTENDED if incomplete else BookingState.ATTENDED,
        certificate=(
            not missed
            and not turned_away
            and (rule.late_certificate or not late)
            and (rule.early_certificate or not early)
            and (rule.walk_in_certificate or not walk_in)
        ),
        charge=ChargeKind.NO_SHOW if wasted else ChargeKind.ATTENDANCE,
        own_fees=(ChargeKind.WALK_IN,) if walk_in else tuple(wasted),
        excused=WALK_IN_IS_FREE + rule.named if walk_in and not rule.walk_in_charged else "",
        reasons=reasons,
    )


def _is_too_late(one: SessionMark, rule: AttendanceRule) -> bool:
    """Exactly the allowed minutes are still in time."""
    limit = rule.grace_minutes
    return one.mark is Mark.LATE and limit is not None and one.minutes_late > limit


def _left_too_early(one: SessionMark, rule: AttendanceRule) -> bool:
    """Exactly the limit is still allowed."""
    limit = rule.early_minutes
    return one.mark is Mark.LEFT_EARLY and limit is not None and one.minutes_early > limit


def _reasons(
    missed: int,
    late: Sequence[SessionMark],
    early: Sequence[SessionMark],
    rule: AttendanceRule,
) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if missed:
        found.append(Reason(Kind.BLOCKS, "session_missed", f"{counted(missed, 'session')} missed."))
    for one in late:
        how_late = f"Came {counted(one.minutes_late, 'minute')} late"
        if not rule.late_admitted:
            sentence = f"{how_late} and could not be let in."
            found.append(Reason(Kind.BLOCKS, "turned_away", sentence))
        else:
            found.append(Reason(Kind.WARNS, "too_late", f"{how_late}, past the time allowed."))
    for one in early:
        sentence = f"Left {counted(one.minutes_early, 'minute')} early, past the time allowed."
        found.append(Reason(Kind.WARNS, "left_too_early", sentence))
    if rule.label and (late or early):
        found.append(Reason(Kind.WARNS, "register_exception", rule.named.strip()))
    return tuple(found)
