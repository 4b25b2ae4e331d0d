"""The second and third belt: a query outside a partnership raises, and Postgres hides foreign rows anyway.

``activate`` is the one door; everything that reads or writes tenant rows goes through it.
"""

from partnerships.tenancy import fence
from partnerships.tenancy.fields import TenantForeignKey, TenantOneToOneField
from partnerships.tenancy.guards import fixed_since
from partnerships.tenancy.policy import Island, Rule, SamePartnership
from partnerships.tenancy.rulebook import kept, rulebook
from partnerships.tenancy.scope import activate, active_partnership_id, scoped

__all__ = [
    "Island",
    "Rule",
    "SamePartnership",
    "TenantForeignKey",
    "TenantOneToOneField",
    "activate",
    "active_partnership_id",
    "fence",
    "fixed_since",
    "kept",
    "rulebook",
    "scoped",
]
