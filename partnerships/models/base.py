"""What every row of a partnership has in common."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import pghistory
from django.db import models

from partnerships.models.partnership import Partnership
from partnerships.tenancy import active_partnership_id, fence, scoped

__all__ = ["TenantModel", "fence", "recorded"]

ModelT = TypeVar("ModelT", bound=models.Model)


class TenantModel(models.Model):
    """A row that belongs to one partnership, taken from the active one when it is made."""

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        default=active_partnership_id,
        editable=False,
        related_name="+",
        db_index=False,  # the fence's unique pair (partnership, id) serves
    )

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        abstract = True


def recorded(*, exclude: tuple[str, ...] = ()) -> Callable[[type[ModelT]], type[ModelT]]:
    """Who changed what: database triggers copy each inserted, changed or deleted row to ``<Model>History``.

    ``exclude`` leaves out columns that are large and never change, such as a stored PDF.
    """

    def track(model: type[ModelT]) -> type[ModelT]:
        decorate = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            model_name=f"{model.__name__}History",
            exclude=list(exclude) or None,
            obj_field=pghistory.ObjForeignKey(related_name="history"),
        )
        result: type[ModelT] = decorate(model)
        return result

    return track
