"""Requests to waive a charge that are still open: with a file, without, an appeal. And an exempt charity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bookings.models import WaiverReason
from bookings.rules.prices import ChargeKind
from bookings.rules.waivers import AskedAs
from finance.models import Charge
from finance.operations.appeal import appeal
from finance.operations.decide_mitigation import decide_mitigation
from finance.operations.grant_exemption import ExemptionAsked, grant_exemption
from finance.operations.open_mitigation import open_mitigation
from finance.rules.evidence import SentFile
from finance.rules.states import MitigationState
from finance.terms.requests import opening_for
from partnerships.rules.agencies import UsualPayerClass
from tools.demo.town import Town

CALLED_AWAY = "The practitioner was called to a child protection conference at short notice."
ILL = "I was ill from the evening before and rang the office at 8am."
NOTE = SentFile(
    "manager-confirmation.txt",
    b"I confirm that our colleague was off sick that day and told me at 7:45am.\n",
)
FORGOTTEN = "The date had not been put into the team calendar."
REFUSED = "A date that was not put into a calendar is not outside the agency’s control."
DISAGREES = "The joining email went to an old address, so nobody had the date."
SMALL_CHARITY = "Small charity: we accepted its application for this training year."
EXEMPT_FOR = timedelta(days=90)


def load_requests(town: Town, fees: Sequence[Charge]) -> None:
    """About the newest fees that still stand, as far as there is still time to ask."""
    evening = town.midnight - timedelta(hours=4)
    open_ones = [one for one in fees if can_be_asked(one, evening)]
    ill = [one for one in open_ones if one.kind == ChargeKind.NO_SHOW][:1]
    others = [one for one in open_ones if one not in ill]
    for charge in ill:
        ask(charge, ILL, at=evening, ground="Sickness on the day", files=[NOTE])
    for charge in others[:1]:
        ask(charge, CALLED_AWAY, at=evening + timedelta(hours=1))
    asked = town.office_closed - timedelta(hours=30)
    for charge in [one for one in others[1:] if can_be_asked(one, asked)][:1]:
        refuse_and_appeal(town, charge, asked)
    exempt_a_charity(town)


def can_be_asked(charge: Charge, at: datetime) -> bool:
    """Whether the charge was there by then, and not so long that the time to ask was over."""
    opening = opening_for(charge, AskedAs.DELEGATE, at)
    return charge.created_at < at and opening.takes_others


def ask(
    charge: Charge,
    why: str,
    *,
    at: datetime,
    ground: str = "",
    files: Sequence[SentFile] = (),
) -> object:
    """The delegate asks."""
    return open_mitigation(
        charge=charge,
        reason=why,
        evidence="",
        ground=WaiverReason.objects.filter(name=ground).first(),
        files=files,
        by=charge.booking.membership,
        at=at,
    )


def refuse_and_appeal(town: Town, charge: Charge, at: datetime) -> None:
    """Finance refuses on its last day in the office, and the delegate appeals in the evening."""
    who = charge.booking.membership
    case = open_mitigation(charge=charge, reason=FORGOTTEN, evidence="", by=who, at=at)
    decided = town.office_closed - timedelta(hours=8)
    decide_mitigation(
        case=case,
        outcome=MitigationState.REFUSED,
        decision=REFUSED,
        by=town.member("finance"),
        at=decided,
    )
    case.refresh_from_db()
    appeal(case=case, reason=DISAGREES, by=who, at=decided + timedelta(hours=3))


def exempt_a_charity(town: Town) -> None:
    """It does not contribute, and the policy would ask a person each time."""
    facts = (one for one in town.seed.partnership["agencies"])
    poor = [one["key"] for one in facts if one["payer_class"] == UsualPayerClass.NOT_FOR_PROFIT]
    for key in poor[:1]:
        grant = ExemptionAsked(
            agency=town.agencies[key],
            reason=SMALL_CHARITY,
            first_day=town.today,
            last_day=town.today + EXEMPT_FOR,
            kinds=(ChargeKind.ATTENDANCE,),
        )
        at = town.office_closed - timedelta(hours=9)
        grant_exemption(grant=grant, by=town.member("finance"), at=at)
