"""Grants: who pays less for a number of places, by a code or without one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from bookings.rules.grants import USES_A_GRANT, bare_code
from bookings.rules.prices import ChargeKind
from partnerships.models import Agency, PayerClass
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel

ABOVE_ZERO = MinValueValidator(Decimal("0.01"))


def kinds_by_default() -> list[str]:
    """A grant is for taking part; a place that is wasted costs what it costs."""
    return [ChargeKind.ATTENDANCE.value]


class GrantQuerySet(models.QuerySet["Grant"]):
    def with_used(self) -> GrantQuerySet:
        """Grants with the number of their places that bookings have ``used``."""
        uses = Q(bookings__state__in=sorted(USES_A_GRANT))
        return self.annotate(used=models.Count("bookings", filter=uses))


class Grant(TenantModel):
    """Money set aside for employers that could not pay: what it takes off, for how many places, when and for whom.

    Bookings keep what it was when they were made, so a change holds for places that are booked from then on.
    """

    is_rule = True

    name = models.CharField(max_length=100, help_text="People see this next to the price.")
    code = models.CharField(
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9 -]*$", "Use only letters, numbers, spaces and hyphens.", "letters"
            )
        ],
        help_text="People enter this when they book. Leave this empty to give the grant without a code.",
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=ChargeKind.choices()),
        default=kinds_by_default,
        verbose_name="charges",
    )
    percent = models.DecimalField(
        "percentage off",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[ABOVE_ZERO],
        help_text="Enter either a percentage or an amount.",
    )
    amount = models.DecimalField(
        "pounds off",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[ABOVE_ZERO],
        help_text="Taken off each charge. A charge cannot go below £0.",
    )
    places = models.PositiveIntegerField("number of places")
    valid_from = models.DateField("first day of booking")
    valid_until = models.DateField("last day of booking", null=True, blank=True)
    note = models.TextField(blank=True, help_text="For the training team, such as who pays for it.")

    objects: ClassVar[Any] = scoped(GrantQuerySet)

    class Meta:
        ordering = ["-valid_from", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True, amount__isnull=False, amount__gt=0)
                | Q(amount__isnull=True, percent__isnull=False, percent__gt=0, percent__lte=100),
                name="grant_takes_off_a_share_or_an_amount",
                violation_error_message="Enter a percentage up to 100, or an amount above £0, but not both.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="grant_days_in_order",
                violation_error_message="The last day must not be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Codes that differ only in capitals, spaces or hyphens are the same code."""
        bare = bare_code(self.code)
        others = Grant.objects.exclude(pk=self.pk).exclude(code="").values_list("code", flat=True)
        if bare and bare in {bare_code(code) for code in others}:
            raise ValidationError({"code": "Another grant has this code. Enter a different one."})
        if self.code and not bare:
            raise ValidationError({"code": "Enter at least one letter or number."})


class GrantRecipient(TenantModel):
    """One employer, or one payer class, that can have a grant. A grant that names none is for everyone."""

    is_rule = True

    grant = TenantForeignKey(Grant, on_delete=models.CASCADE, related_name="recipients")
    agency = TenantForeignKey(
        Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    payer_class = TenantForeignKey(
        PayerClass, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = "agency or payer class"
        verbose_name_plural = "who can have it"
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, payer_class__isnull=True)
                | Q(agency__isnull=True, payer_class__isnull=False),
                name="grant_recipient_is_one",
                violation_error_message="Choose an agency or a payer class, one in each row.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency or self.payer_class)
