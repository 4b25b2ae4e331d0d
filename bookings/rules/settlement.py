"""How a booking ends, in any way: its state, the learning recorded, what is owed and who is told.

A page shows a settlement and an operation writes it. A booking cannot end in any other way, so nothing can be
charged, recorded or emailed that was not shown before.

Taking part and the wasted place are separate charges: partners attend free and still pay when they stay away
(seed 002, W30).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceOutcome, SessionMark, attendance_outcome
from bookings.rules.fees import Price, free
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.shown import fingerprint
from bookings.rules.states import BookingState
from govuk.rules.choice import Choice

NOT_CHARGED = "The charging policy does not charge for an unused place on this course."


class Tells(Choice):
    """The email that the delegate gets when a booking ends."""

    CANCELLED = "cancelled", "The place is cancelled"
    DECLINED = "declined", "The place was not approved"
    EVENT_CANCELLED = "event_cancelled", "The event is cancelled"
    REPLACED = "replaced", "A colleague takes the place"


@dataclass(frozen=True)
class Due:
    """One kind of charge that was considered, with its price. Free ones keep their grounds.

    ``notice`` is what was left when a cancellation arrived, in the policy's unit: all that a price asks and a booking
    does not keep.
    """

    kind: ChargeKind
    price: Price
    notice: int | None = None


@dataclass(frozen=True)
class Settlement:
    """How one booking ends. ``dues`` holds every kind of charge that was considered, even if it comes to nothing."""

    state: BookingState
    why: str
    dues: tuple[Due, ...] = ()
    is_learnt: bool = False
    tells: Tells | None = None

    @property
    def charges(self) -> tuple[Due, ...]:
        """What an agency pays or a person has to decide."""
        return tuple(due for due in self.dues if due.price.outcome is not FeeOutcome.FREE)

    @property
    def spared(self) -> tuple[Due, ...]:
        """What an agency would pay if it were not exempt. It is recorded, so that the exemption explains it."""
        return tuple(due for due in self.dues if due.price.exemption is not None)

    @property
    def shown(self) -> str:
        """The fingerprint of the booking's end and of every charge, for the form below it."""
        return fingerprint(
            [self.state, *((due.kind, due.price.outcome, due.price.amount) for due in self.charges)]
        )


def settled_by_cancelling(
    agreed: Agreed, received_at: datetime, *, was_pending: bool, why: str = ""
) -> Settlement:
    """The delegate cannot come. In time or not yet approved: nothing is owed. Otherwise: the late fee of the list."""
    if was_pending or agreed.deadline.is_met_by(received_at):
        return Settlement(BookingState.CANCELLED, why, tells=Tells.CANCELLED)
    kind = ChargeKind.LATE_CANCELLATION
    came_on = received_at.astimezone(agreed.tz).date()
    due = due_for(agreed, kind, notice=agreed.notice_given(received_at), arose_on=came_on)
    dues = (due, *_extras_due(agreed, (due,), came_on))
    return Settlement(BookingState.LATE_CANCELLED, why, dues, tells=Tells.CANCELLED)


def settled_by_register(
    agreed: Agreed, marks: Sequence[SessionMark], *, walk_in: bool = False
) -> Settlement:
    """What the register says about someone who was marked in it."""
    outcome = attendance_outcome(marks, agreed.attendance, walk_in=walk_in)
    why = " ".join(reason.sentence for reason in outcome.reasons) or "The register was closed."
    dues = tuple(
        due_for(agreed, kind, excused=outcome.excused) for kind in kinds_owed(outcome, agreed)
    )
    dues += _extras_due(agreed, dues)
    learnt = outcome.state is BookingState.ATTENDED or outcome.certificate
    return Settlement(outcome.state, why, dues, is_learnt=learnt)


def kinds_owed(outcome: AttendanceOutcome, agreed: Agreed) -> tuple[ChargeKind, ...]:
    """The kinds of charge that follow from the register.

    A place that was wasted costs the non-attendance fee, unless the policy names a fee of its own for what happened:
    that is owed in its place, and taking part is charged to whoever took part.
    """
    named = tuple(kind for kind in outcome.own_fees if agreed.asks_for(kind))
    if outcome.charge is ChargeKind.ATTENDANCE:
        return (ChargeKind.ATTENDANCE, *named)
    if not named or named != outcome.own_fees:
        return (ChargeKind.NO_SHOW,)
    return named if outcome.state is BookingState.NO_SHOW else (ChargeKind.ATTENDANCE, *named)


def settled_without_approval(why: str) -> Settlement:
    """No one approved it, or someone said no: the place is free again and nothing is owed."""
    return Settlement(BookingState.DECLINED, why, tells=Tells.DECLINED)


def settled_by_the_partnership(why: str) -> Settlement:
    """The partnership cancelled the event: that costs no one anything (W32)."""
    return Settlement(BookingState.EVENT_CANCELLED, why, tells=Tells.EVENT_CANCELLED)


def settled_by_substitution(colleague: str) -> Settlement:
    """A colleague takes the place, which costs nothing (docs/domain/rules.md, substitution)."""
    why = f"{colleague} takes the place."
    return Settlement(BookingState.CANCELLED, why, tells=Tells.REPLACED)


def _extras_due(
    agreed: Agreed, dues: Sequence[Due], arose_on: date | None = None
) -> tuple[Due, ...]:
    """The extra costs of the booking, if the policy charges them and no other fee contains them already."""
    if not agreed.asks_for(ChargeKind.EXTRAS) or any(due.price.with_extras for due in dues):
        return ()
    return (due_for(agreed, ChargeKind.EXTRAS, arose_on=arose_on),)


def due_for(
    agreed: Agreed,
    kind: ChargeKind,
    *,
    notice: int | None = None,
    excused: str = "",
    arose_on: date | None = None,
) -> Due:
    """What was quoted; nothing if it is ``excused``, or outside the policy (Southampton: level 3 only, W6)."""
    price = agreed.owed(kind, notice=notice, arose_on=arose_on)
    if price is not None and not excused:
        return Due(kind, price, notice)
    why = excused or NOT_CHARGED
    return Due(kind, free(agreed.case(kind, notice), agreed.notice.clause, why), notice)
