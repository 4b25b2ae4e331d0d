"""Write the emails with statements that finance has asked for, one per transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from finance.documents.papers import statement_pdf
from finance.emails import send_statement
from finance.models import StatementEmail
from finance.steps.printed import printed
from finance.terms.statements import statement_of
from outbox.sweeps import take


@transaction.atomic
def write_next_statement(*, now: datetime) -> int:
    """Queue one statement with its PDF, as the account is now, and return 1; 0 when none is left.

    The message's key names the form and the agency, so that each is sent once. If the agency has lost its address by
    now, there is nothing to send.
    """
    asked = take(StatementEmail.objects.waiting().order_by("pk"))
    if asked is None:
        return 0
    if asked.agency.finance_email:
        said = statement_of(asked.agency, timezone.localdate(now))
        send_statement(asked, said, printed("The statement", lambda: statement_pdf(said)), now)
    asked.written_at = now
    asked.save()
    return 1
