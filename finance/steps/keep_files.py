"""Keep the files that came with a request or an appeal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from finance.models import EvidenceFile, MitigationCase
from finance.rules.evidence import SentFile, safe_name
from finance.terms.evidence import kind_of
from partnerships.models import Membership


@transaction.atomic(savepoint=False)  # part of the operation around it, which has looked at them
def keep_files(
    *, case: MitigationCase, files: Iterable[SentFile], by: Membership, at: datetime
) -> None:
    """Each under a name that is safe to download."""
    for one in files:
        kind = kind_of(one.content)
        assert kind is not None
        EvidenceFile.objects.create(
            case=case,
            name=safe_name(one.name, kind),
            kind=kind,
            size=len(one.content),
            content=one.content,
            added_by=by,
            added_at=at,
        )
