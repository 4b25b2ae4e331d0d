"""Ask for an agency's statement to be emailed to its finance office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from finance.models import StatementEmail
from finance.steps.next_number import billing_profile
from outbox.tasks import wake
from partnerships.models import Agency, Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def email_statement(*, agency: Agency, key: UUID, by: Membership, at: datetime) -> StatementEmail:
    """The worker writes it, as the account is then. The same ``key`` gives the same email: sent twice, it is one."""
    billing_profile()  # refused without the details of who asks for the money
    if not agency.finance_email:
        raise refuse(
            "finance_email",
            f"{agency} has no finance office email address.",
            "Enter it under “Invoices go to”.",
        )
    asked, _ = StatementEmail.objects.get_or_create(
        agency=agency, key=key, defaults={"asked_by": by, "asked_at": at}
    )
    wake()
    made: StatementEmail = asked
    return made
