"""What every row of a partnership has in common."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from tenancy import active_partnership_id, scoped
from tenancy.models.typed import Typed

PARTNERSHIP = "partnerships.Partnership"  # the one model above this app, by name


class TenantModel(Typed):
    """A row that belongs to one partnership: the active one when it is made.

    The fence adds its policy, its composite keys and the trigger that keeps its history.
    """

    # Large columns that never change, such as a stored PDF.
    history_excludes: ClassVar[tuple[str, ...]] = ()
    # Whether its rows are rules of the partnership, which may be kept in memory until one of them changes.
    is_rule: ClassVar[bool] = False

    partnership = models.ForeignKey(
        PARTNERSHIP,
        on_delete=models.PROTECT,
        default=active_partnership_id,
        editable=False,
        related_name="+",
        db_index=False,  # the fence's unique pair (partnership, id) serves
    )

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        abstract = True

    def unique_error_message(
        self, model_class: type[models.Model], unique_check: Sequence[str]
    ) -> ValidationError:
        """Say which value is taken, without adding that it is taken in this partnership."""
        named = tuple(name for name in unique_check if name != "partnership")
        return super().unique_error_message(model_class, named or unique_check)
