"""What a line of a price list can depend on and say."""

from govuk.rules.choice import Choice


class ChargeKind(Choice):
    """What is charged for; attending and leaving a place unused are separate (seeds 001 and 002)."""

    ATTENDANCE = "attendance", "Attendance fee"
    LATE_CANCELLATION = "late_cancellation", "Late cancellation fee"
    NO_SHOW = "no_show", "Non-attendance fee"


# What each kind is called before it is owed: on the price page, in quotes and in the mails that repeat one. In this
# order; a test holds that none is left out.
TOLD = {
    ChargeKind.ATTENDANCE: "Taking part",
    ChargeKind.LATE_CANCELLATION: "Cancelling late",
    ChargeKind.NO_SHOW: "Not attending",
}
# Kinds that nothing is told or owed of where the list has no line for them; for the others a person decides.
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
