"""Whoever asked for a charge to be waived appeals against a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from finance.models import Charge, MitigationCase
from finance.rules.evidence import SentFile
from finance.rules.requests import appeal_reasons
from finance.steps.keep_files import keep_files
from finance.terms.charges import is_waived
from finance.terms.evidence import objections
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def appeal(
    *,
    case: MitigationCase,
    reason: str,
    by: Membership,
    at: datetime,
    files: Sequence[SentFile] = (),
) -> MitigationCase:
    """Open the one appeal that there is. Someone else than the first decider decides it, and that is final.

    Until then the charge is not invoiced. Sending it twice makes one appeal.
    """
    charge: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=case.charge_id)
    first: MitigationCase = MitigationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    existing: MitigationCase | None = MitigationCase.objects.filter(appeal_against=first).first()
    if existing is not None and existing.asked_by_id == by.pk:
        return existing
    against = appeal_reasons(first.as_decision, by.pk, at, timezone.get_current_timezone())
    against += objections(files)
    if against:
        raise Refused(*against)
    if is_waived(charge):
        raise refuse("already_waived", "There is nothing to pay for this charge any more.")
    made: MitigationCase = MitigationCase.objects.create(
        charge=charge,
        ground_id=first.ground_id,
        told=first.told,
        reason=reason,
        asked_by=by,
        asked_as=first.asked_as,
        asked_at=at,
        appeal_against=first,
    )
    keep_files(case=made, files=files, by=by, at=at)
    return made
