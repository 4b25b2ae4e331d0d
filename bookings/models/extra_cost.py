"""Extra costs of a place: an interpreter, printed materials."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models

from bookings.models.booking import Booking
from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class ExtraCostQuerySet(models.QuerySet["ExtraCost"]):
    def standing(self) -> ExtraCostQuerySet:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class ExtraCost(TenantModel):
    """One thing that a place costs beyond its fee, and who at the agency agreed to it; pounds.

    Those that stand are also in ``Booking.extras``, which the fees read. ``entry_key`` comes from the form: the same
    form sent twice is one cost. A wrong one is withdrawn and entered again.
    """

    booking = TenantForeignKey(Booking, on_delete=models.PROTECT, related_name="extra_costs")
    description = models.CharField("what it is for", max_length=120)
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    agreed_by = models.CharField("who agreed to it", max_length=150)
    entered_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("entered")
    entry_key = models.UUIDField(default=uuid4, editable=False)
    withdrawn_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)

    objects: ClassVar[Any] = scoped(ExtraCostQuerySet)

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "entry_key"], name="extra_cost_entered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="extra_cost_above_zero",
                violation_error_message="Enter an amount above £0.",
            ),
        ]

    def __str__(self) -> str:
        return self.description
