"""What an agency owes and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from bookings.models.booking import Booking
from bookings.rules.prices import ChargeKind
from finance.models.order import PurchaseOrder
from finance.rules.invoicing import order_number_missing
from finance.rules.states import ChargeState, MitigationState
from partnerships.models import Agency, Membership
from partnerships.rules.months import last_of_month
from partnerships.rules.reasons import Explanation
from tenancy import TenantForeignKey, scoped
from tenancy.guards import Refuse, never_emptied
from tenancy.models import TenantModel

# rules.invoicing.order_number_missing and customer_reasons, as SQL conditions; a test keeps them in step.
NO_ORDER_NUMBER = models.Q(agency__purchase_order_required=True, order_number="")
NO_ADDRESS = ~models.Q(agency__address__regex=r"\S")


def order_number_sql() -> Coalesce:
    """rules.orders.order_for as SQL: the number for a charge's event, else for its day, else the standing one."""
    of_event = models.Q(event=models.OuterRef("booking__event"))
    of_day = models.Q(
        first_day__lte=models.OuterRef("arose_on"), last_day__gte=models.OuterRef("arose_on")
    )
    orders = PurchaseOrder.objects.chosen_from().filter(agency=models.OuterRef("agency"))
    found = [
        models.Subquery(orders.filter(fits).order_by().values("number")[:1])
        for fits in (of_event, of_day)
    ]
    return Coalesce(*found, "agency__purchase_order")


class ChargeQuerySet(models.QuerySet["Charge"]):
    def approved(self) -> ChargeQuerySet:
        return self.filter(state=ChargeState.APPROVED)

    def disputed(self, *, disputed: bool = True) -> ChargeQuerySet:
        """Charges with an unanswered request to waive them, or those without."""
        case = MitigationCase.objects.filter(
            charge=models.OuterRef("pk"), state=MitigationState.OPEN
        )
        return self.filter(models.Exists(case) if disputed else ~models.Exists(case))

    def with_order(self) -> ChargeQuerySet:
        """With the purchase order number that its invoice would show if it were issued now."""
        return self.annotate(order_number=order_number_sql())  # type: ignore[no-redef]

    def under_order(self, number: str) -> ChargeQuerySet:
        """Those whose invoice would show this purchase order number, or none."""
        return self.with_order().filter(order_number=number)  # type: ignore[misc]

    def awaiting_purchase_order(self) -> ChargeQuerySet:
        """Approved charges to agencies that need a purchase order number on invoices and have given none for them."""
        return self.approved().with_order().filter(NO_ORDER_NUMBER)

    def without_address(self) -> ChargeQuerySet:
        """Approved charges to agencies without an address for invoices."""
        return self.approved().filter(NO_ADDRESS)

    def ready_to_invoice(self) -> ChargeQuerySet:
        """Approved charges not held up by an open request, a missing order number or a missing address."""
        ready = self.approved().disputed(disputed=False).with_order()
        return ready.exclude(NO_ORDER_NUMBER).exclude(NO_ADDRESS)

    def of_month(self, first: date) -> ChargeQuerySet:
        """Charges that arose in the month that begins on ``first``."""
        return self.filter(arose_on__range=(first, last_of_month(first)))


class Charge(TenantModel):
    """One amount for one booking, with the clause, the inputs and the arithmetic that made it.

    ``explanation`` is a ``partnerships.rules.reasons.Explanation`` as JSON. ``amount`` is before VAT treatment,
    in pounds; zero until someone has decided. ``order_number`` comes from ``with_order``.
    """

    order_number: str

    booking = TenantForeignKey(Booking, on_delete=models.PROTECT, related_name="charges")
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=20, choices=ChargeKind.choices())
    state = models.CharField(
        "status", max_length=15, choices=ChargeState.choices(), default=ChargeState.TO_REVIEW
    )
    amount = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal("0.00"))
    explanation = models.JSONField(default=dict)
    arose_on = models.DateField(
        "date of charge",
        help_text="The day the charge arose. It decides which month the charge belongs to.",
    )
    created_at = models.DateTimeField("created")
    decided_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decision_reason = models.CharField("reason for the decision", max_length=300, blank=True)

    objects: ClassVar[Any] = scoped(ChargeQuerySet)

    class Meta:
        ordering = ["-arose_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "kind"], name="charge_once_a_booking_and_kind"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="charge_not_negative"),
        ]
        triggers = [
            Refuse(
                name="charge_is_final",
                sentence="An invoiced charge cannot be changed or deleted. Issue a credit note instead.",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ChargeState.INVOICED.value),
            ),
            never_emptied("charge_is_kept"),
        ]

    def __str__(self) -> str:
        return f"{ChargeKind(self.kind).label}, {self.booking}"

    def get_absolute_url(self) -> str:
        return reverse("charge", args=[self.pk])

    @property
    def why(self) -> Explanation:
        """The clause, the inputs and the arithmetic, as the rule gave them."""
        return Explanation.from_json(self.explanation)

    @property
    def invoice_number(self) -> str:
        """The number of its invoice; empty if it has not been invoiced."""
        line = getattr(self, "invoice_line", None)
        return line.invoice.number if line else ""

    @property
    def awaits_purchase_order(self) -> bool:
        """Approved, but its agency needs a purchase order number on invoices and has given none for it."""
        missing = order_number_missing(self.agency.purchase_order_required, self.order_number)
        return missing and self.state == ChargeState.APPROVED

    @property
    def open_case(self) -> MitigationCase | None:
        """The unanswered request to waive it."""
        found: MitigationCase | None = self.mitigation_cases.filter(
            state=MitigationState.OPEN
        ).first()
        return found


class MitigationCase(TenantModel):
    """A request to waive a charge: reason, evidence, decision, decider."""

    charge = TenantForeignKey(Charge, on_delete=models.CASCADE, related_name="mitigation_cases")
    asked_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("asked")
    reason = models.TextField()
    evidence = models.TextField(blank=True)
    state = models.CharField(
        "status", max_length=10, choices=MitigationState.choices(), default=MitigationState.OPEN
    )
    decided_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "request to waive a charge"
        verbose_name_plural = "requests to waive a charge"
        constraints = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=models.Q(state="open"),
                name="mitigation_one_open_a_charge",
            ),
        ]

    def __str__(self) -> str:
        return f"Request to waive: {self.charge}"

    def get_absolute_url(self) -> str:
        return reverse("mitigation_case", args=[self.pk])
