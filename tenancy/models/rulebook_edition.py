"""Which edition of a partnership's rules is in force."""

from django.db import models

from tenancy.models.base import TenantModel


class RulebookEdition(TenantModel):
    """Changes each time a row of a rule table changes. Written only by the trigger ``new_edition``."""

    history_excludes = ("edition",)

    edition = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership"], name="rulebook_edition_one"),
        ]

    def __str__(self) -> str:
        return str(self.edition)
