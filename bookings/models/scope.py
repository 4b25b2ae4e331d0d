"""The columns by which a rule of a charging policy names the places that it is for."""

from __future__ import annotations

from django.db import models

from bookings.rules.place import AppliesTo
from courses.models import Course
from courses.rules.states import Delivery, EventType
from partnerships.models import Area, PayerClass, Sector, WorkforceGroup
from tenancy import TenantForeignKey
from tenancy.models import TenantModel

# The columns of a scope as a query reads them, by what the rules call them.
SCOPE_COLUMNS = {
    "course": "course__reference",
    "payer_class": "payer_class__code",
    "sector": "sector__code",
    "area": "area__code",
    "group": "group__code",
    "event_type": "event_type",
    "delivery": "delivery",
    "shortest": "shortest",
    "longest": "longest",
}


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
        help_text="Only for events of at least so many minutes.",
    )
    longest = models.PositiveSmallIntegerField(
        "longest (minutes)",
        null=True,
        blank=True,
        help_text="Only for events of at most so many minutes.",
    )

    class Meta:
        abstract = True


def scope_of(row: dict[str, object]) -> AppliesTo:
    """A row of :data:`SCOPE_COLUMNS` as the rules read it; an empty column means any."""
    named = {name: row[column] for name, column in SCOPE_COLUMNS.items()}
    return AppliesTo(**{name: None if value == "" else value for name, value in named.items()})  # type: ignore[arg-type]
