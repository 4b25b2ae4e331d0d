"""Say what the columns of a payment file mean."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.models import PaymentFile, PaymentFileLayout
from finance.rules.payment_columns import Columns, columns_reasons, headings_digest, table_of
from finance.steps.read_payments import hold_imports, read_payments
from finance.terms.imports import why_not_replace
from partnerships.models import Membership
from partnerships.rules.refused import Refused


@transaction.atomic
def set_payment_columns(
    *, file: PaymentFile, columns: Columns, by: Membership, at: datetime
) -> PaymentFile:
    """Read the file with these columns, and keep them for the next file with the same headings.

    Payments that were read otherwise are replaced, as long as no one has decided about any.
    """
    hold_imports()
    locked: PaymentFile = PaymentFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    table, unreadable = table_of(bytes(locked.content))
    reasons = (*unreadable, *columns_reasons(columns), *why_not_replace(locked))
    if reasons:
        raise Refused(*reasons)
    locked.payments.all().delete()
    read_payments(locked, table, columns, at)
    PaymentFileLayout.objects.update_or_create(
        headings_digest=headings_digest(table.headings),
        defaults={
            "headings": list(table.headings),
            "columns": dict(columns),
            "entered_by": by,
            "entered_at": at,
        },
    )
    return locked
