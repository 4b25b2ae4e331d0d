"""The purchase order numbers that agencies give for some of their charges."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from courses.models import Event
from finance.rules.orders import Order, OrderScope
from partnerships.models import Agency, Membership
from partnerships.rules.order_numbers import LONGEST_ORDER
from tenancy import TenantForeignKey, scoped
from tenancy.guards import Refuse, never_emptied
from tenancy.models import TenantModel

DAYS = Func(
    F("first_day"),
    F("last_day"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="DATERANGE",
    output_field=DateRangeField(),
)
LIVE = Q(withdrawn_at=None)
GIVEN = "A purchase order number that was given"


class PurchaseOrderQuerySet(models.QuerySet["PurchaseOrder"]):
    def live(self) -> PurchaseOrderQuerySet:
        """Those that have not been withdrawn or replaced."""
        return self.filter(LIVE)

    def chosen_from(self) -> PurchaseOrderQuerySet:
        """Live ones for some charges. The standing number is the agency's own."""
        return self.live().exclude(scope=OrderScope.STANDING)


class PurchaseOrder(TenantModel):
    """A number that an agency has given, for which charges, by whom and when.

    It counts for invoices issued from then on. A standing number is kept with the agency as well, which is where
    invoices find it. Rows are withdrawn, never changed, so that it stays known what was printed why.
    """

    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="purchase_orders")
    scope = models.CharField("for", max_length=10, choices=OrderScope.choices())
    event = TenantForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=LONGEST_ORDER)
    given_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_email = models.EmailField(
        "email address", help_text="Who gave it, or where the link they used was sent."
    )
    given_at = models.DateTimeField("given")
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)

    objects: ClassVar[Any] = scoped(PurchaseOrderQuerySet)

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="standing", event=None, first_day=None, last_day=None)
                | Q(scope="event", event__isnull=False, first_day=None, last_day=None)
                | Q(scope="period", event=None, last_day__gte=F("first_day")),
                name="purchase_order_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["agency", "event"],
                condition=LIVE & Q(scope="event"),
                name="purchase_order_one_an_event",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=LIVE & Q(scope="standing"),
                name="purchase_order_one_standing",
            ),
            ExclusionConstraint(
                name="purchase_order_one_a_day",
                expressions=[("agency", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                condition=LIVE & Q(scope="period"),
            ),
        ]
        triggers = [
            Refuse(
                name="purchase_order_is_fixed",
                sentence=f"{GIVEN} cannot be changed. Withdraw it.",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL"
                    " OR (NEW.agency_id, NEW.scope, NEW.number, NEW.event_id, NEW.first_day, NEW.last_day)"
                    " IS DISTINCT FROM"
                    " (OLD.agency_id, OLD.scope, OLD.number, OLD.event_id, OLD.first_day, OLD.last_day))"
                ),
            ),
            Refuse(
                name="purchase_order_is_kept",
                sentence=f"{GIVEN} cannot be deleted. Withdraw it.",
                operation=pgtrigger.Delete,
            ),
            never_emptied("purchase_orders_are_kept"),
        ]

    def __str__(self) -> str:
        return self.number

    def as_rule(self) -> Order:
        if self.event_id is not None:
            return Order(self.number, event=self.event_id)
        assert self.first_day is not None
        assert self.last_day is not None
        return Order(self.number, first=self.first_day, last=self.last_day)
