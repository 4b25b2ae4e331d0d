"""The columns by which a rule of a charging policy names the places that it is for."""

from __future__ import annotations

from typing import Any

from django.db import models

from bookings.rules.place import AppliesTo
from courses.models import Course
from courses.rules.states import Delivery, EventType
from partnerships.models import Area, PayerClass, Sector, WorkforceGroup
from tenancy import TenantForeignKey
from tenancy.models import TenantModel

# What a scope links to; read them along with its rows.
SCOPE_LINKS = ("course", "payer_class", "sector", "area", "group")


class ScopedRow(TenantModel):
    """A rule for some places. Empty columns match anything; the most specific rule that matches applies."""

    is_rule = True

    course = TenantForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payer_class = TenantForeignKey(
        PayerClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sector = TenantForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = TenantForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = TenantForeignKey(
        WorkforceGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    event_type = models.CharField(
        "type of event", max_length=20, choices=EventType.choices(), blank=True
    )
    delivery = models.CharField(
        "way of delivery", max_length=20, choices=Delivery.choices(), blank=True
    )
    shortest = models.PositiveSmallIntegerField(
        "shortest (minutes)",
        null=True,
        blank=True,
        help_text="Only for events of at least this many minutes.",
    )
    longest = models.PositiveSmallIntegerField(
        "longest (minutes)",
        null=True,
        blank=True,
        help_text="Only for events of at most this many minutes.",
    )

    class Meta:
        abstract = True

    @property
    def links(self) -> dict[str, Any]:
        """What the row names of the partnership's lists, by column."""
        named = {name: getattr(self, name) for name in SCOPE_LINKS}
        return {name: one for name, one in named.items() if one is not None}

    @property
    def applies_to(self) -> AppliesTo:
        """The places as the rules read them; an empty column means any."""
        return AppliesTo(
            **{name: code_of(one) for name, one in self.links.items()},
            event_type=self.event_type or None,
            delivery=self.delivery or None,
            shortest=self.shortest,
            longest=self.longest,
        )


def code_of(entry: Any) -> str:
    """How rules call an entry of a list: a course by its reference, the others by their code."""
    return str(entry.reference if isinstance(entry, Course) else entry.code)
