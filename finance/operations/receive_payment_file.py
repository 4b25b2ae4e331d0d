"""Take in a file of payments from the bank or the ledger."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from finance.models import PaymentFile
from finance.rules.payment_columns import table_of
from finance.steps.read_payments import hold_imports, read_payments
from finance.terms.imports import columns_known
from govuk.rules.phrases import short_date
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse

LONGEST_NAME = 200


@transaction.atomic
def receive_payment_file(*, name: str, content: bytes, by: Membership, at: datetime) -> PaymentFile:
    """Keep the file and read its payments, each with a suggestion. If its columns are not known, they are asked for.

    Refused, with nothing kept, if it is no CSV file, if any row cannot be read, or if the same file is there already.
    """
    table, reasons = table_of(content)
    if reasons:
        raise Refused(*reasons)
    hold_imports()
    digest = sha256(content).hexdigest()
    before = PaymentFile.objects.filter(digest=digest).select_related("uploaded_by__user").first()
    if before is not None:
        day = short_date(timezone.localdate(before.uploaded_at))
        sentence = (
            f"This file was already uploaded on {day} by {before.uploaded_by}, as {before.name}."
        )
        raise refuse("file", sentence, "Nothing has been changed.")
    file = PaymentFile(
        name=name[:LONGEST_NAME], digest=digest, content=content, uploaded_by=by, uploaded_at=at
    )
    columns = columns_known(table.headings)
    if columns is None:
        file.save()
    else:
        read_payments(file, table, columns, at)
    return file
