"""Who works together."""

from partnerships.models.account_event import FAILURES, AccountEvent, AccountEventKind
from partnerships.models.account_mail import AccountMail, AccountMailState
from partnerships.models.agency import Agency, AgencyDomain, AgencyPayerClass
from partnerships.models.base import TenantModel
from partnerships.models.closure import ClosureDay, working_calendar
from partnerships.models.history import Change
from partnerships.models.message import Message, MessageState
from partnerships.models.partnership import Partnership
from partnerships.models.people import Employment, EmploymentState, Membership
from partnerships.models.rulebook import RulebookEdition
from partnerships.models.set_aside import SetAside
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
    "Change",
    "ClosureDay",
    "Employment",
    "EmploymentState",
    "Membership",
    "Message",
    "MessageState",
    "Partnership",
    "RulebookEdition",
    "SetAside",
    "TenantModel",
    "User",
    "WorkforceGroup",
    "by_family_name",
    "working_calendar",
]
