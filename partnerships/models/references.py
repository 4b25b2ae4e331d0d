"""The partnership's own lists by which agencies are told apart: payer classes, sectors and areas."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models

from partnerships.rules.payers import Named
from tenancy import kept
from tenancy.guards import Refuse
from tenancy.models.base import TenantModel


def keeps_its_code(name: str) -> Refuse:
    """Bookings, prices and reports name an entry by its code for good; what people call it can change."""
    return Refuse(
        name=name,
        sentence="The code cannot be changed: bookings and prices use it. Change the name instead.",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("(NEW.code <> OLD.code)"),
    )


def unique_code(name: str) -> Any:
    return models.UniqueConstraint(fields=["partnership", "code"], name=name)


class ListEntry(TenantModel):
    """One entry of a list of the partnership's own, in its order."""

    is_rule = True

    code = models.SlugField(max_length=40, help_text="Cannot be changed later.")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def named(self) -> Named:
        """The entry as rules and prices name it."""
        return Named(self.code, self.name)


class PayerClass(ListEntry):
    """How an agency pays for training: prices name it (seeds 002 and 003)."""

    description = models.TextField(
        blank=True, help_text="Who belongs here, as people read it on the page about charges."
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "payer classes"
        triggers = [keeps_its_code("payer_class_keeps_its_code")]
        constraints = [unique_code("payer_class_code_unique")]


class Sector(ListEntry):
    """The part of the workforce an agency belongs to; reports and requirements use it."""

    class Meta:
        ordering = ["position", "pk"]
        triggers = [keeps_its_code("sector_keeps_its_code")]
        constraints = [unique_code("sector_code_unique")]


class Area(ListEntry):
    """Where an agency is, if that matters for prices."""

    class Meta:
        ordering = ["position", "pk"]
        triggers = [keeps_its_code("area_keeps_its_code")]
        constraints = [unique_code("area_code_unique")]


LISTS: tuple[type[ListEntry], ...] = (PayerClass, Sector, Area)


@kept
def entries() -> dict[str, tuple[Named, ...]]:
    """Every entry of all three lists by the name of its model, in the partnership's order. One query for all."""
    payers, *others = (
        model.objects.order_by().values_list(
            models.Value(model.__name__), "code", "name", "position", "pk"
        )
        for model in LISTS
    )
    found: dict[str, list[Named]] = {model.__name__: [] for model in LISTS}
    for of, code, name, *_ in payers.union(*others, all=True).order_by("position", "pk"):
        found[of].append(Named(code, name))
    return {of: tuple(named) for of, named in found.items()}


def payer_classes() -> tuple[Named, ...]:
    """Every payer class, in the partnership's order."""
    return entries()[PayerClass.__name__]


def sectors() -> tuple[Named, ...]:
    """Every sector, in the partnership's order."""
    return entries()[Sector.__name__]


def areas() -> tuple[Named, ...]:
    """Every area, in the partnership's order."""
    return entries()[Area.__name__]
