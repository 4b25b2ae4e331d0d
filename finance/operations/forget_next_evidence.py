"""Delete files of evidence some months after the decision: they can be about someone's health."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from finance.models import EvidenceFile
from finance.rules.evidence import EVIDENCE_KEPT_FOR
from finance.rules.states import MitigationState
from outbox.sweeps import take


@transaction.atomic
def forget_next_evidence(*, now: datetime) -> int:
    """Delete one file whose request and its appeal were decided long enough ago and return 1; 0 if there is none.

    The request stays, with what was said of the evidence and who decided.
    """
    open_appeal = Q(case__appeal__state=MitigationState.OPEN)
    newer_appeal = Q(case__appeal__decided_at__gte=now - EVIDENCE_KEPT_FOR)
    can_still_appeal = Q(case__appeal_by__gte=now, case__appeal__isnull=True)
    old = EvidenceFile.objects.defer("content").filter(case__decided_at__lt=now - EVIDENCE_KEPT_FOR)
    file = take(
        old.exclude(open_appeal).exclude(newer_appeal).exclude(can_still_appeal).order_by("pk")
    )
    if file is None:
        return 0
    file.delete()
    return 1
