"""Discard a payment file that was the wrong one."""

from __future__ import annotations

from django.db import transaction

from finance.models import PaymentFile
from finance.terms.imports import why_not_replace
from partnerships.rules.refused import Refused


@transaction.atomic
def discard_payment_file(*, file: PaymentFile) -> None:
    """Delete it with its payments, so that it can be uploaded again; refused once someone has decided about any."""
    locked: PaymentFile = PaymentFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    reasons = why_not_replace(locked)
    if reasons:
        raise Refused(*reasons)
    locked.delete()
