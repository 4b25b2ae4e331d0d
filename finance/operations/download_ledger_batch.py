"""Record that an export to the ledger was downloaded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.models import LedgerBatch, LedgerDownload
from partnerships.models import Membership


@transaction.atomic
def download_ledger_batch(*, batch: LedgerBatch, by: Membership, at: datetime) -> LedgerDownload:
    """The first download is the original, every later one a copy, whoever asks and however many at once."""
    locked = LedgerBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    made: LedgerDownload = LedgerDownload.objects.create(
        batch=locked, is_copy=locked.downloads.exists(), made_by=by, made_at=at
    )
    return made
