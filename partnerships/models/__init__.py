"""Who works together."""

from partnerships.models.account_event import FAILURES, AccountEvent, AccountEventKind
from partnerships.models.account_mail import AccountMail, AccountMailState
from partnerships.models.agency import Agency, AgencyDomain, AgencyPayerClass
from partnerships.models.closure import ClosureDay, working_calendar
from partnerships.models.partnership import Partnership, active_partnership
from partnerships.models.people import Employment, EmploymentState, Membership
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
    "AgencyPayerClass",
    "ClosureDay",
    "Employment",
    "EmploymentState",
    "Membership",
    "Partnership",
    "User",
    "WorkforceGroup",
    "active_partnership",
    "by_family_name",
    "working_calendar",
]
