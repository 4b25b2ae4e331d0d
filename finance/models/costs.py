"""What events cost, and what agencies contribute."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from courses.models import Event
from finance.rules.costs import CostKind
from finance.rules.years import FinancialYear
from partnerships.models import Agency, Membership
from tenancy import TenantForeignKey
from tenancy.models import TenantModel

ABOVE_ZERO = "Enter an amount above zero."


class EventCost(TenantModel):
    """One thing that an event cost, in pounds without VAT. ``entry_key`` comes from the form: sent twice, it is one."""

    event = TenantForeignKey(Event, on_delete=models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=10, choices=CostKind.choices())
    description = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    incurred_on = models.DateField("date")
    entered_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("entered")
    entry_key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["incurred_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "entry_key"], name="event_cost_entered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="event_cost_above_zero",
                violation_error_message=ABOVE_ZERO,
            ),
        ]

    def __str__(self) -> str:
        return f"{CostKind(self.kind).label}: {self.description}"


class Contribution(TenantModel):
    """Money that an agency gives to the partnership for a financial year, in pounds. ``year`` is that of its April."""

    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="contributions")
    year = models.PositiveSmallIntegerField("financial year")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    entered_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("entered")
    entry_key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["-year", "agency__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "entry_key"], name="contribution_entered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="contribution_above_zero",
                violation_error_message=ABOVE_ZERO,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {FinancialYear(self.year).label}"
