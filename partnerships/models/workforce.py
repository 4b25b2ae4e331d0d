"""The partnership's own levels or groups of the workforce."""

from django.db import models

from partnerships.models.base import TenantModel


class WorkforceGroup(TenantModel):
    """One of the ordered groups a partnership divides its workforce into: Group A, Level 3, Target group 2."""

    is_rule = True

    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(help_text="Order; neighbours are adjoining groups.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="workforce_group_code_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name
