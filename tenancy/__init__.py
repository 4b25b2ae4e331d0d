"""The second and third belt: a query outside a partnership raises, and PostgreSQL hides other partnerships' rows.

``activate`` is the one door; everything that reads or writes tenant rows goes through it.
"""

from tenancy import fence
from tenancy.fields import TenantForeignKey, TenantOneToOneField
from tenancy.guards import fixed_since
from tenancy.policy import Island, Rule, SamePartnership
from tenancy.rulebook import kept, rulebook
from tenancy.scope import activate, active_partnership_id, scoped

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
