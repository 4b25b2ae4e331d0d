"""What a line of a price list can depend on and say."""

from govuk.rules.choice import Choice


class ChargeKind(Choice):
    """What is charged for; attending and leaving a place unused are separate (seeds 001 and 002)."""

    ATTENDANCE = "attendance", "Attendance fee"
    LATE_CANCELLATION = "late_cancellation", "Late cancellation fee"
    NO_SHOW = "no_show", "Non-attendance fee"


# What each kind is called before it is owed: on the price page, in quotes and in the emails that repeat one, in this
# order. A test checks that none is left out.
QUOTED_AS = {
    ChargeKind.ATTENDANCE: "Taking part",
    ChargeKind.LATE_CANCELLATION: "Cancelling late",
    ChargeKind.NO_SHOW: "Not attending",
}
# Owed for a place that was not used, if the cancellation policy covers the course.
FOR_A_WASTED_PLACE = frozenset({ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW})
# Kinds that are neither quoted nor owed if the price list has no line for them. For the others a person then decides.
ONLY_WHERE_PRICED: frozenset[ChargeKind] = frozenset()


class FeeOutcome(Choice):
    """What a line says; there is no silent default (the gap in seed 003)."""

    FREE = "free", "Free"
    AMOUNT = "amount", "An amount"
    DECISION = "decision", "Needs a decision"


class FeeBase(Choice):
    """What an amount is multiplied by."""

    FLAT = "flat", "Flat"
    PER_DAY = "per_day", "Per day"
    PER_HALF_DAY = "per_half_day", "Per half day"
    PERCENT_OF_ATTENDANCE = "percent_of_attendance", "Percentage of the attendance fee"
