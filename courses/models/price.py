"""Price lists: what a place costs, and what wasting one costs."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.db import models

from courses.models.course import Course
from courses.rules.prices import ChargeKind, FeeBase, FeeOutcome
from courses.rules.states import EventType
from partnerships.models import WorkforceGroup
from partnerships.rules.agencies import PayerClass
from tenancy import TenantForeignKey, fixed_since
from tenancy.guards import Guard
from tenancy.models import TenantModel

FIXED = """
IF EXISTS (
    SELECT FROM courses_pricelist
     WHERE id IN (NEW.price_list_id, OLD.price_list_id) AND quoted_since IS NOT NULL
       FOR SHARE
) THEN
    RAISE EXCEPTION 'Prices that someone was quoted cannot be changed. Make a new price list.'
        USING ERRCODE = 'restrict_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""


class PriceList(TenantModel):
    """Prices for events from a given day. The newest list in force on an event's first day applies to it.

    What was quoted is what is charged: from the first booking on (``quoted_since``) neither the list nor its lines
    change, and bookings name the list they go by. New prices are a new list.
    """

    is_rule = True

    name = models.CharField(max_length=100)
    valid_from = models.DateField("start date", help_text="Applies to events from this day.")
    is_example = models.BooleanField(
        "example prices", default=False, help_text="These are invented amounts, for demonstration."
    )

    quoted_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When the first booking used it. It cannot be changed after that.",
    )

    class Meta:
        ordering = ["-valid_from"]
        triggers = [fixed_since("price_list_is_fixed", "quoted_since", "A price list in use")]

    def __str__(self) -> str:
        return self.name


class PriceRow(TenantModel):
    """One line of a price list. Empty columns match anything; the most specific line that matches applies."""

    is_rule = True

    price_list = TenantForeignKey(PriceList, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField("charge", max_length=20, choices=ChargeKind.choices())
    payer_class = models.CharField(max_length=20, choices=PayerClass.choices(), blank=True)
    event_type = models.CharField(
        "type of event", max_length=20, choices=EventType.choices(), blank=True
    )
    group = TenantForeignKey(
        WorkforceGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    course = TenantForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=FeeOutcome.choices())
    amount = models.DecimalField(
        max_digits=9, decimal_places=2, default=Decimal("0.00"), help_text="In pounds."
    )
    base = models.CharField(
        "how the amount applies", max_length=25, choices=FeeBase.choices(), default=FeeBase.FLAT
    )
    notice_under = models.PositiveSmallIntegerField(
        "notice of less than",
        null=True,
        blank=True,
        help_text="Use this line only if people gave less notice than this, in the unit of the cancellation policy.",
    )
    clause = models.CharField(
        max_length=300, help_text="The rule in one sentence, shown to the people it applies to."
    )

    class Meta:
        ordering = ["kind", "id"]
        verbose_name = "price"
        triggers = [
            # The list's row is held, so that no line changes while someone is being quoted for the first time.
            Guard(
                name="price_row_is_fixed",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FIXED,
            )
        ]
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
        ]

    def __str__(self) -> str:
        return self.clause
