"""The organisations that work together: who employs practitioners and who pays."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, NamedTuple

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from partnerships.rules.agencies import PayerClass, Sector
from tenancy import TenantForeignKey, kept, scoped
from tenancy.models.base import TenantModel


class AgencyQuerySet(models.QuerySet["Agency"]):
    def active(self) -> AgencyQuerySet:
        """Agencies that people can join and that can be charged."""
        return self.filter(is_active=True)

    def matching(self, text: str) -> AgencyQuerySet:
        """Agencies whose name or postcode contains every word of a search text."""
        found = self
        for word in text.split():
            found = found.filter(Q(name__icontains=word) | Q(postcode__icontains=word))
        return found


class Agency(TenantModel):
    """An employer in the partnership's register; invoices go to it, never to a person (seed 001)."""

    name = models.CharField(max_length=200)
    reference = models.SlugField(max_length=60)
    sector = models.CharField(max_length=30, choices=Sector.choices())
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    finance_email = models.EmailField(
        "finance office email address", blank=True, help_text="We send invoices here."
    )
    purchase_order = models.CharField(
        "standing purchase order",
        max_length=60,
        blank=True,
        help_text="Printed on every invoice. If one is required, no invoices are issued until you enter it.",
    )
    purchase_order_required = models.BooleanField(default=False)
    is_active = models.BooleanField("active", default=True)

    objects: ClassVar[Any] = scoped(AgencyQuerySet)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="agency_reference_unique"
            ),
            models.UniqueConstraint(fields=["partnership", "name"], name="agency_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def payer_class_on(self, day: date) -> PayerClass | None:
        """How the agency pays for training on a day; None if no one has said."""
        for one in payer_classes_of(self.pk):
            if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to):
                return PayerClass(one.payer_class)
        return None


class Days(Func):
    """A closed range of days, open-ended where the end is NULL."""

    function = "DATERANGE"
    output_field = DateRangeField()


class AgencyPayerClass(TenantModel):
    """An agency's payer class from a day on, because it changes (docs/domain/rules.md, payer classes)."""

    is_rule = True

    agency = TenantForeignKey(Agency, on_delete=models.CASCADE, related_name="payer_classes")
    payer_class = models.CharField(max_length=20, choices=PayerClass.choices())
    valid_from = models.DateField("first day")
    valid_to = models.DateField(
        "last day",
        null=True,
        blank=True,
        help_text="The last day. Leave empty if it still applies.",
    )

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        ordering = ["agency", "-valid_from"]
        verbose_name = "payer class"
        verbose_name_plural = "payer classes"
        constraints = [
            ExclusionConstraint(
                name="agency_payer_class_once_a_day",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="These dates overlap with another payer class of the agency.",
            ),
        ]

    def __str__(self) -> str:
        return f"{PayerClass(self.payer_class).label} from {self.valid_from:%-d %B %Y}"


class PayerPeriod(NamedTuple):
    """A payer class of an agency, with its first and last day."""

    payer_class: str
    valid_from: date
    valid_to: date | None


@kept
def payer_classes_of(agency: int) -> tuple[PayerPeriod, ...]:
    """Every payer class that an agency had, has or will have, the newest first."""
    rows = AgencyPayerClass.objects.filter(agency=agency).order_by("-valid_from")
    return tuple(PayerPeriod(**row) for row in rows.values(*PayerPeriod._fields))


class AgencyDomain(TenantModel):
    """People with this email domain join the agency straight away; those who keep the register need confirming."""

    agency = TenantForeignKey(Agency, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField("email domain", max_length=200)

    class Meta:
        ordering = ["domain"]
        verbose_name = "email domain"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "domain", "agency"], name="agency_domain_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.domain
