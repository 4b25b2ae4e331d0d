"""When completed learning has to be renewed."""

from datetime import date

from partnerships.rules.months import add_months


def renewal_due(completed_on: date, months: int | None) -> date | None:
    """The last day on which the learning is still current; None when it never lapses (W36)."""
    return None if months is None else add_months(completed_on, months)
