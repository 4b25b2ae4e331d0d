"""What every tenant table is made of, and the two tables that tenancy keeps itself."""

from tenancy.models.base import TenantModel
from tenancy.models.change import Change
from tenancy.models.rulebook_edition import RulebookEdition
from tenancy.models.typed import Typed

__all__ = ["Change", "RulebookEdition", "TenantModel", "Typed"]
