"""Prices: what a place costs, and what wasting one costs."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from bookings.models.columns import answers
from bookings.models.policy import ChargingPolicy, fixed_with_the_policy
from bookings.models.scope import ScopedRow
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from tenancy import TenantForeignKey


class PriceRow(ScopedRow):
    """One price of a charging policy. Empty columns match anything; the most specific price that matches applies."""

    is_rule = True

    policy = TenantForeignKey(ChargingPolicy, on_delete=models.CASCADE, related_name="prices")
    kind = models.CharField("charge", max_length=20, choices=ChargeKind.choices())
    outcome = models.CharField(max_length=10, choices=FeeOutcome.choices())
    amount = models.DecimalField(
        max_digits=9,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text="In pounds, or as a percentage.",
    )
    base = models.CharField(
        "how the amount applies", max_length=25, choices=FeeBase.choices(), default=FeeBase.FLAT
    )
    less = models.DecimalField(
        "less (pounds)",
        max_digits=9,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text="Taken off the amount, such as a booking fee that has been paid.",
    )
    at_least = models.DecimalField(
        "at least (pounds)", max_digits=9, decimal_places=2, null=True, blank=True
    )
    at_most = models.DecimalField(
        "at most (pounds)", max_digits=9, decimal_places=2, null=True, blank=True
    )
    rounding = models.CharField(max_length=12, choices=Rounding.choices(), default=Rounding.PENNY)
    plus_extras = models.BooleanField(
        "plus extra costs",
        default=False,
        help_text="Add the extra costs recorded for the booking, such as an interpreter.",
    )
    notice_under = models.PositiveSmallIntegerField(
        "notice of less than",
        null=True,
        blank=True,
        help_text="Use this price only if people gave less notice than this, in the unit of the notice.",
    )
    clause = models.CharField(
        max_length=300, help_text="The rule in one sentence, shown to the people it applies to."
    )

    class Meta:
        ordering = ["policy", "kind", "id"]
        verbose_name = "price"
        triggers = [fixed_with_the_policy("price_row_is_fixed")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="amount", amount__gt=0)
                | (~models.Q(outcome="amount") & models.Q(amount=0)),
                name="price_row_amount_fits_outcome",
                violation_error_message="Enter an amount above zero if the outcome is an amount. Otherwise enter 0.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ChargeKind.ATTENDANCE, base=FeeBase.PERCENT_OF_ATTENDANCE),
                name="price_row_attendance_is_no_share_of_itself",
                violation_error_message="An attendance fee cannot be a percentage of the attendance fee.",
            ),
            models.CheckConstraint(
                condition=models.Q(less__gte=0),
                name="price_row_less_not_negative",
                violation_error_message="Enter £0 or more to take off.",
            ),
            models.CheckConstraint(
                condition=models.Q(at_least__isnull=True)
                | models.Q(at_most__isnull=True)
                | models.Q(at_most__gte=models.F("at_least")),
                name="price_row_limits_in_order",
                violation_error_message="The most must not be below the least.",
            ),
            models.CheckConstraint(
                condition=models.Q(shortest__isnull=True)
                | models.Q(longest__isnull=True)
                | models.Q(longest__gte=models.F("shortest")),
                name="price_row_lengths_in_order",
                violation_error_message="The longest length must not be below the shortest.",
            ),
        ]

    def __str__(self) -> str:
        return self.clause

    def as_rule(self) -> PriceRule:
        """The price as the rules read it."""
        told = {
            "kind": ChargeKind(self.kind),
            "outcome": FeeOutcome(self.outcome),
            "base": FeeBase(self.base),
            "rounding": Rounding(self.rounding),
            "scope": self.applies_to,
        }
        return PriceRule(**answers(self, PriceRule) | told)
