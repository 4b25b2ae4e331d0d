"""What is charged, and what a line of a charging policy can say."""

from decimal import Decimal

from govuk.rules.choice import Choice


class ChargeKind(Choice):
    """What is charged for; attending and leaving a place unused are separate (seeds 001 and 002)."""

    ATTENDANCE = "attendance", "Attendance fee"
    LATE_CANCELLATION = "late_cancellation", "Late cancellation fee"
    NO_SHOW = "no_show", "Non-attendance fee"
    LATE_ARRIVAL = "late_arrival", "Late arrival fee"
    LEFT_EARLY = "left_early", "Early leaving fee"
    WALK_IN = "walk_in", "Walk-in surcharge"
    NOT_COMPLETED = "not_completed", "Non-completion fee"
    EXTRAS = "extras", "Extra cost"


# What each kind is called before it is owed: on the price page, in quotes and in the emails that repeat one, in this
# order. A test checks that none is left out.
QUOTED_AS = {
    ChargeKind.ATTENDANCE: "Taking part",
    ChargeKind.LATE_CANCELLATION: "Cancelling late",
    ChargeKind.NO_SHOW: "Not attending",
    ChargeKind.LATE_ARRIVAL: "Arriving late",
    ChargeKind.LEFT_EARLY: "Leaving early",
    ChargeKind.WALK_IN: "Coming without a booking",
    ChargeKind.NOT_COMPLETED: "Not finishing e-learning",
    ChargeKind.EXTRAS: "Extra costs",
}
# Owed for a place that was not used, if the charging policy covers the course.
FOR_A_WASTED_PLACE = frozenset(
    {ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW, ChargeKind.NOT_COMPLETED}
)
# Kinds that are neither quoted nor owed if the policy has no line for them. For the others a person then decides.
ONLY_WHERE_PRICED = frozenset(
    {
        ChargeKind.LATE_ARRIVAL,
        ChargeKind.LEFT_EARLY,
        ChargeKind.WALK_IN,
        ChargeKind.NOT_COMPLETED,
        ChargeKind.EXTRAS,
    }
)


class FeeOutcome(Choice):
    """What a line says; there is no silent default (the gap in seed 003)."""

    FREE = "free", "Free"
    AMOUNT = "amount", "An amount"
    DECISION = "decision", "Needs a decision"


class FeeBase(Choice):
    """What an amount is multiplied by, or what it is a percentage of."""

    FLAT = "flat", "A flat amount"
    PER_SESSION = "per_session", "For each session"
    PER_HALF_DAY = "per_half_day", "For each half day"
    PER_DAY = "per_day", "For each day"
    PERCENT_OF_ATTENDANCE = "percent_of_attendance", "A percentage of the attendance fee"
    PERCENT_OF_LIST_PRICE = "percent_of_list_price", "A percentage of the course’s list price"
    PERCENT_OF_EXTRAS = "percent_of_extras", "A percentage of the booking’s extra costs"


COUNTED_BY_LENGTH = frozenset({FeeBase.PER_SESSION, FeeBase.PER_HALF_DAY, FeeBase.PER_DAY})
SHARES = frozenset(
    {FeeBase.PERCENT_OF_ATTENDANCE, FeeBase.PERCENT_OF_LIST_PRICE, FeeBase.PERCENT_OF_EXTRAS}
)
WHOLE = 100  # per cent


def share_wording(base: FeeBase, amount: Decimal) -> str:
    """What is wrong with a price that is a percentage, in a sentence; empty if nothing is.

    No policy that we know charges more than all of a fee; those with a surcharge name it in pounds.
    """
    if base not in SHARES or amount <= WHOLE:
        return ""
    return "A percentage cannot be above 100. To charge more, enter an amount in pounds"
