"""Finance answers a dispute about a line of an invoice."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from bookings.rules.money import to_pence
from finance.emails import tell_of_dispute
from finance.models import Dispute, Invoice
from finance.rules.disputes import DisputeState
from finance.rules.invoicing import credit_reasons
from finance.terms.charges import why_not_decide
from finance.terms.debt import left_on
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def answer_dispute(
    *, dispute: Dispute, credit: Decimal, answer: str, by: Membership, at: datetime
) -> Dispute:
    """Let the charge stand, or agree to credit an amount in pounds including VAT; whoever raised it is emailed.

    The credit note is issued next, as a document of its own. Until then finance is shown the day it is due.
    """
    line = dispute.line
    list(Invoice.objects.select_for_update(of=("self",)).filter(pk=line.invoice_id).only("pk"))
    locked: Dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if locked.state != DisputeState.OPEN:
        raise refuse("already_answered", "Someone has already answered this dispute.")
    left = left_on(line).gross
    obstacles = (
        *filter(None, [why_not_decide(line.charge, by)]),
        *(credit_reasons(line.gross, line.gross - left, credit) if credit else ()),
    )
    if obstacles:
        raise Refused(*obstacles)
    if not answer.strip():
        raise refuse("answer", "Enter the reason for the decision.")
    locked.state = DisputeState.REDUCED if credit else DisputeState.STANDS
    locked.agreed, locked.answer = to_pence(credit), answer
    locked.answered_by, locked.answered_at = by, at
    locked.save()
    tell_of_dispute(locked, at)
    return locked
