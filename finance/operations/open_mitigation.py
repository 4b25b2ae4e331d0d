"""Someone asks for a charge to be waived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import WaiverReason
from bookings.rules.waivers import AskedAs
from finance.models import Charge, MitigationCase
from finance.operations.waive import waive
from finance.rules.evidence import SentFile
from finance.rules.requests import decided_by_rule, evidence_reasons
from finance.rules.states import NOT_INVOICED, ChargeState
from finance.steps.keep_files import keep_files
from finance.terms.evidence import objections
from finance.terms.requests import asks_as, opening_for
from partnerships.models import Membership
from partnerships.rules.reasons import Reason, blocks
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def open_mitigation(
    *,
    charge: Charge,
    reason: str,
    evidence: str,
    by: Membership,
    at: datetime,
    ground: WaiverReason | None = None,
    files: Sequence[SentFile] = (),
) -> MitigationCase:
    """Open one request about a charge, for an entry of the partnership's list or for another reason.

    Until it is decided the charge is not invoiced. Sending the same request twice opens one. If nobody has anything
    to look at, the rule decides at once.
    """
    locked: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    refuse_if_decided(locked)
    existing: MitigationCase | None = locked.open_case
    if existing is not None:
        return existing
    part, reasons = asked_in_time(locked, ground, by, at)
    rule = ground.as_rule() if ground else None
    missing = evidence_reasons(rule, told=bool(evidence.strip()), files=len(files))
    against = [*(one for one in reasons if blocks((one,))), *missing, *objections(files)]
    if against:
        raise Refused(*against)
    case: MitigationCase = MitigationCase.objects.create(
        charge=locked,
        ground=ground,
        told=[list(pair) for pair in rule.told] if rule else [],
        checks=[str(one) for one in reasons],
        reason=reason,
        evidence=evidence,
        asked_by=by,
        asked_as=part,
        asked_at=at,
    )
    keep_files(case=case, files=files, by=by, at=at)
    if rule is not None and rule.is_decided_at_once() and locked.state in NOT_INVOICED:
        waive(charge=locked, reason=decided_by_rule(rule), by=None, at=at)
        case.refresh_from_db()
    return case


def asked_in_time(
    charge: Charge, ground: WaiverReason | None, by: Membership, at: datetime
) -> tuple[AskedAs, tuple[Reason, ...]]:
    """In which part someone asks, with what is against it or has to be checked."""
    part = asks_as(charge.booking, by, timezone.localdate(at))
    if part is None:
        raise refuse("stranger", "You cannot ask about this booking.")
    return part, opening_for(charge, part, at).reasons_for(ground.pk if ground else None)


def refuse_if_decided(charge: Charge) -> None:
    """There is nothing to pay, or a request has been answered and can only be appealed against."""
    if charge.state == ChargeState.WAIVED:
        raise refuse(
            "already_waived", "This charge has already been waived: there is nothing to pay."
        )
    if charge.open_case is None and charge.mitigation_cases.exists():
        sentence = "We have already decided on a request about this charge."
        step = "The person who asked can appeal, if there is still time."
        raise refuse("already_decided", sentence, step)
