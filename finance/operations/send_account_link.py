"""Finance emails an agency's finance office a link to its invoices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.emails import email_account_link
from partnerships.models import Agency
from partnerships.rules.refused import refuse


@transaction.atomic
def send_account_link(*, agency: Agency, at: datetime) -> None:
    """To the address that invoices go to. Pressed twice within a minute, it sends one email."""
    if not agency.finance_email:
        raise refuse(
            "finance_email",
            f"{agency} has no finance office email address.",
            "Enter one under “Invoices go to”.",
        )
    email_account_link(agency, at)
