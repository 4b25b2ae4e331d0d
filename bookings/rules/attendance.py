"""From the register's marks to the booking's outcome.

Three answers are independent (domain.md 1.3): may the person stay, is a certificate earned, and is
the place charged as if they had stayed away. Policies differ in each, so none follows from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bookings.rules.states import BookingState, Mark
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.wording import counted


@dataclass(frozen=True)
class SessionMark:
    """One session of one person; minutes matter only with the marks late and left early."""

    mark: Mark
    minutes_late: int = 0
    minutes_early: int = 0


@dataclass(frozen=True)
class AttendanceRule:
    """What a partnership makes of lateness.

    ``grace_minutes`` and ``early_minutes`` None mean no limit: the trainer's mark is enough. Past
    the limit, ``late_admitted``, ``late_certificate`` and ``late_charged`` decide one thing each.
    """

    grace_minutes: int | None = 30
    early_minutes: int | None = None
    late_admitted: bool = True
    late_certificate: bool = False
    late_charged: bool = True


@dataclass(frozen=True)
class AttendanceOutcome:
    """The booking's state and the three flags, with the grounds."""

    state: BookingState
    admitted: bool
    certificate: bool
    charge: bool
    reasons: tuple[Reason, ...] = ()


def attendance_outcome(marks: Sequence[SessionMark], rule: AttendanceRule) -> AttendanceOutcome:
    """The outcome of all sessions; a session past its limit counts in part, or not if turned away."""
    if not marks:
        raise ValueError("Nobody has marked the register yet.")
    over = [mark for mark in marks if _over_limit(mark, rule)]
    turned_away = [mark for mark in over if mark.mark is Mark.LATE and not rule.late_admitted]
    absent = [mark for mark in marks if mark.mark is Mark.ABSENT] + turned_away
    reasons = _reasons(len(absent) - len(turned_away), over, turned_away)
    if len(absent) == len(marks):
        return AttendanceOutcome(
            BookingState.NO_SHOW,
            admitted=False,
            certificate=False,
            charge=rule.late_charged or not turned_away,
            reasons=reasons,
        )
    whole = not absent and not over
    return AttendanceOutcome(
        BookingState.ATTENDED if whole else BookingState.PARTLY_ATTENDED,
        admitted=True,
        certificate=not absent and (not over or rule.late_certificate),
        charge=bool(over) and rule.late_charged,
        reasons=reasons,
    )


def _over_limit(one: SessionMark, rule: AttendanceRule) -> bool:
    """Exactly the grace is still in time."""
    if one.mark is Mark.LATE:
        return rule.grace_minutes is not None and one.minutes_late > rule.grace_minutes
    if one.mark is Mark.LEFT_EARLY:
        return rule.early_minutes is not None and one.minutes_early > rule.early_minutes
    return False


def _reasons(
    missed: int, over: Sequence[SessionMark], turned_away: Sequence[SessionMark]
) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if missed:
        sentence = f"{counted(missed, 'session')} missed."
        found.append(Reason(Kind.BLOCKS, "session_missed", sentence))
    for one in over:
        if one in turned_away:
            sentence = f"Came {counted(one.minutes_late, 'minute')} late and could not be let in."
            found.append(Reason(Kind.BLOCKS, "turned_away", sentence))
        elif one.mark is Mark.LATE:
            sentence = f"Came {counted(one.minutes_late, 'minute')} late, past the time allowed."
            found.append(Reason(Kind.WARNS, "too_late", sentence))
        else:
            sentence = f"Left {counted(one.minutes_early, 'minute')} early, past the time allowed."
            found.append(Reason(Kind.WARNS, "left_too_early", sentence))
    return tuple(found)
