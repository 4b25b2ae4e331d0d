"""The partnership's own levels or groups of the workforce."""

import pgtrigger
from django.db import models

from tenancy.guards import Refuse
from tenancy.models.base import TenantModel


class WorkforceGroup(TenantModel):
    """One of the ordered groups a partnership divides its workforce into: Group A, Level 3, Target group 2.

    Its code is fixed, because policies that people agreed to use it to name the groups they cover. The name can change.
    """

    is_rule = True

    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(
        "order",
        help_text="The order of the groups. Groups next to each other are adjoining groups.",
    )

    class Meta:
        ordering = ["position"]
        triggers = [
            Refuse(
                name="workforce_group_keeps_its_code",
                sentence="The code of a group cannot be changed: policies name the group by it.",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("(NEW.code <> OLD.code)"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="workforce_group_code_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name
