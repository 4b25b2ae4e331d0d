"""What an agency owes and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from bookings.models import Booking, Exemption, WaiverReason
from bookings.rules.fees import extras_within
from bookings.rules.prices import ChargeKind
from bookings.rules.waivers import AskedAs, WaiverRule
from finance.models.billing import BillingProfile, VatRow
from finance.models.order import PurchaseOrder
from finance.rules.invoicing import order_number_missing
from finance.rules.requests import Decision
from finance.rules.states import ChargeState, MitigationState
from finance.rules.vat import VatCode
from partnerships.models import Agency, Membership
from partnerships.rules.months import last_of_month
from partnerships.rules.reasons import Explanation
from tenancy import TenantForeignKey, TenantOneToOneField, scoped
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


def billed_apart_sql() -> models.Case:
    """rules.einvoices.is_billed_apart as SQL, by the treatments and electronic addresses of now."""
    outside = VatRow.objects.filter(kind=models.OuterRef("kind"), code=VatCode.OUTSIDE_SCOPE)
    sent = BillingProfile.objects.exclude(electronic_scheme="")
    apart = models.Exists(outside) & models.Exists(sent) & ~models.Q(agency__electronic_scheme="")
    return models.Case(models.When(apart, then=True), default=False)


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

    def by_invoice(self) -> ChargeQuerySet:
        """With what tells an agency's invoices apart: the order, and whether it is ``billed_apart``."""
        return self.with_order().annotate(billed_apart=billed_apart_sql())  # type: ignore[no-redef]

    def on_one_invoice(self, order: str, *, billed_apart: bool) -> ChargeQuerySet:
        """Those of an agency that one invoice can have together."""
        return self.by_invoice().filter(order_number=order, billed_apart=billed_apart)  # type: ignore[misc]

    def awaiting_purchase_order(self) -> ChargeQuerySet:
        """Approved charges to agencies that need a purchase order number on invoices and have given none for them."""
        return self.approved().with_order().filter(NO_ORDER_NUMBER)

    def without_address(self) -> ChargeQuerySet:
        """Approved charges to agencies without an address for invoices."""
        return self.approved().filter(NO_ADDRESS)

    def ready_to_invoice(self) -> ChargeQuerySet:
        """Approved charges not held up by an open request, a missing order number or a missing address."""
        ready = self.approved().disputed(disputed=False).by_invoice()
        return ready.exclude(NO_ORDER_NUMBER).exclude(NO_ADDRESS)

    def of_month(self, first: date) -> ChargeQuerySet:
        """Charges that arose in the month that begins on ``first``."""
        return self.filter(arose_on__range=(first, last_of_month(first)))


class Charge(TenantModel):
    """One amount for one booking, with the clause, the inputs and the arithmetic that made it.

    ``explanation`` is a ``partnerships.rules.reasons.Explanation`` as JSON. ``amount`` is before VAT treatment,
    in pounds; zero until someone has decided. With the terms that the booking keeps, ``notice`` is all that the amount
    was worked out from, so it can be worked out again at any time (``finance.terms.replay``). ``order_number`` comes
    from ``with_order``, and ``billed_apart`` from ``by_invoice``.
    """

    order_number: str
    billed_apart: bool

    booking = TenantForeignKey(Booking, on_delete=models.PROTECT, related_name="charges")
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=20, choices=ChargeKind.choices())
    state = models.CharField(
        "status", max_length=15, choices=ChargeState.choices(), default=ChargeState.TO_REVIEW
    )
    amount = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal("0.00"))
    explanation = models.JSONField(default=dict)
    notice = models.PositiveSmallIntegerField(
        "notice given",
        null=True,
        blank=True,
        help_text="What was left when the cancellation arrived, in the unit of the charging policy.",
    )
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
    exemption = TenantForeignKey(
        Exemption,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="charges",
        help_text="The agency’s exemption that waived it.",
    )

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
    def extra_costs(self) -> tuple[str, ...]:
        """What the extra costs in its amount are for and how much each is: "Interpreter, £50.00"."""
        return extras_within(ChargeKind(self.kind), self.why)

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


class ChargeTransition(TenantModel):
    """One step in a charge's life: from, to, when, who, why. ``entry_key`` names the form that was sent.

    A charge that is withdrawn with its register takes its steps along; the history of both tables keeps them.
    """

    charge = TenantForeignKey(Charge, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=15, choices=ChargeState.choices())
    to_state = models.CharField(max_length=15, choices=ChargeState.choices())
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    at = models.DateTimeField()
    by = TenantForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty if one of the partnership’s rules did it.",
    )
    why = models.CharField(max_length=300, blank=True)
    entry_key = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "step of a charge"
        verbose_name_plural = "steps of charges"
        indexes = [models.Index(fields=["entry_key"], name="charge_step_by_form")]
        triggers = [
            Refuse(
                name="charge_step_is_final",
                sentence="A step of a charge cannot be changed.",
                operation=pgtrigger.Update,
            ),
            never_emptied("charge_steps_are_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"


class MitigationCase(TenantModel):
    """A request to waive a charge: reason, evidence, decision, decider; or an appeal against such a decision.

    ``ground`` is the entry of the partnership's list, empty for another reason; ``told`` is what the list said of it
    then, ``checks`` what a person has to look at. ``appeal_by`` ends the time to appeal.
    """

    charge = TenantForeignKey(Charge, on_delete=models.CASCADE, related_name="mitigation_cases")
    asked_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_as = models.CharField(
        "asked as", max_length=10, choices=AskedAs.choices(), default=AskedAs.DELEGATE
    )
    asked_at = models.DateTimeField("asked")
    ground = TenantForeignKey(
        WaiverReason,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name="reason",
    )
    told = models.JSONField("what the reason asks for", default=list, blank=True)
    checks = models.JSONField("to check", default=list, blank=True)
    reason = models.TextField("what happened")
    evidence = models.TextField(blank=True)
    state = models.CharField(
        "status", max_length=15, choices=MitigationState.choices(), default=MitigationState.OPEN
    )
    decided_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decision = models.TextField(blank=True)
    appeal_by = models.DateTimeField("appeal by", null=True, blank=True)
    appeal_against = TenantOneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="appeal"
    )

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
        what = "Request to waive" if self.appeal_against_id is None else "Appeal about"
        return f"{what}: {self.charge}"

    def get_absolute_url(self) -> str:
        return reverse("mitigation_case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == MitigationState.OPEN

    @property
    def rule(self) -> WaiverRule | None:
        """The entry of the list as it is now; None for another reason."""
        found: WaiverRule | None = self.ground.as_rule() if self.ground else None
        return found

    @property
    def ground_name(self) -> str:
        """The reason as people read it."""
        return self.ground.name if self.ground else "Another reason"

    @property
    def as_decision(self) -> Decision:
        """The request as the rules about appeals read it."""
        return Decision(
            state=MitigationState(self.state),
            asked_by=self.asked_by_id,
            decided_by=self.decided_by_id,
            is_appeal=self.appeal_against_id is not None,
            appeal_by=self.appeal_by,
        )
