"""How long a quality-assured programme stays approved: two years by default (seed 001, W51)."""

from datetime import date, timedelta

from govuk.rules.phrases import short_date
from partnerships.rules.months import add_years
from partnerships.rules.reasons import Kind, Reason

YEARS = 2
ASK_AGAIN = "Ask the learning and development subgroup to approve it."


def lapses_on(approved_on: date, years: int = YEARS) -> date:
    """The first day on which the approval no longer applies."""
    return add_years(approved_on, years)


def approval_reasons(
    approved_on: date | None, on: date, years: int = YEARS, warn_days: int = 90
) -> tuple[Reason, ...]:
    """Whether the programme is approved on a day, and if that is about to end."""
    if approved_on is None or on < approved_on:
        return (
            Reason(Kind.BLOCKS, "not_approved", "This programme is not approved yet.", ASK_AGAIN),
        )
    lapse = lapses_on(approved_on, years)
    if on >= lapse:
        sentence = f"The approval lapsed on {short_date(lapse)}."
        return (Reason(Kind.BLOCKS, "approval_lapsed", sentence, ASK_AGAIN),)
    if on + timedelta(days=warn_days) >= lapse:
        sentence = f"The approval lapses on {short_date(lapse)}."
        return (Reason(Kind.WARNS, "approval_ending", sentence, ASK_AGAIN),)
    return ()
