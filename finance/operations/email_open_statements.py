"""Ask for the statements of all agencies with a balance to be emailed at once."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from bookings.rules.money import NOTHING
from finance.models import StatementEmail
from finance.steps.next_number import billing_profile
from finance.terms.statements import open_accounts
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def email_open_statements(
    *, reviewed: tuple[int, Decimal], key: UUID, by: Membership, at: datetime
) -> int:
    """To every agency that owes something or that money is held for, if it has a finance email address; how many.

    ``reviewed`` is the number of emails and the sum of the balances as shown. If they have changed since, none is sent.
    The same ``key`` sends them once.
    """
    billing_profile()  # refused without the details of who asks for the money
    before: int = StatementEmail.objects.filter(key=key).count()
    if before:
        return before
    reached = [(agency, account) for agency, account in open_accounts() if agency.finance_email]
    if (len(reached), sum((account.net for _, account in reached), NOTHING)) != reviewed:
        sentence = "The balances have changed since this page was shown."
        raise refuse("changed", sentence, "Check them, then send the statements.")
    StatementEmail.objects.bulk_create(
        [StatementEmail(agency=agency, key=key, asked_by=by, asked_at=at) for agency, _ in reached],
        ignore_conflicts=True,
    )
    wake()
    return len(reached)
