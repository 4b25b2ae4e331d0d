"""Who works together."""

from partnerships.models.account_event import FAILURES, AccountEvent, AccountEventKind
from partnerships.models.account_mail import AccountMail, AccountMailState
from partnerships.models.agency import (
    Agency,
    AgencyDomain,
    AgencyFacts,
    PayerClassRule,
    facts_on,
)
from partnerships.models.closure import ClosureDay, working_calendar
from partnerships.models.partnership import Partnership, active_partnership
from partnerships.models.people import Employment, EmploymentState, Membership
from partnerships.models.references import (
    Area,
    PayerClass,
    Sector,
    areas,
    payer_classes,
    sectors,
)
from partnerships.models.searching import PlainVector, Together, searched, spelt
from partnerships.models.user import User, by_family_name
from partnerships.models.workforce import WorkforceGroup

__all__ = [
    "FAILURES",
    "AccountEvent",
    "AccountEventKind",
    "AccountMail",
    "AccountMailState",
    "Agency",
    "AgencyDomain",
    "AgencyFacts",
    "Area",
    "ClosureDay",
    "Employment",
    "EmploymentState",
    "Membership",
    "Partnership",
    "PayerClass",
    "PayerClassRule",
    "PlainVector",
    "Sector",
    "Together",
    "User",
    "WorkforceGroup",
    "active_partnership",
    "areas",
    "by_family_name",
    "facts_on",
    "payer_classes",
    "searched",
    "sectors",
    "spelt",
    "working_calendar",
]
