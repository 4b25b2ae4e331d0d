"""The organisations that work together: who employs practitioners and who pays."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from partnerships.models.electronic_address import Addressable
from partnerships.models.references import Area, PayerClass, Sector
from partnerships.models.searching import spelt
from partnerships.rules.order_numbers import LONGEST_ORDER, order_number_reasons
from partnerships.rules.payers import (
    UNKNOWN_PAYER,
    ClassRule,
    Facts,
    Gives,
    Named,
    Payer,
    known_on,
    payer_from,
)
from tenancy import TenantForeignKey, kept, scoped
from tenancy.models.base import TenantModel


class AgencyQuerySet(models.QuerySet["Agency"]):
    def active(self) -> AgencyQuerySet:
        """Agencies that people can join and that can be charged."""
        return self.filter(is_active=True)

    def with_sector(self, day: date) -> AgencyQuerySet:
        """With the name and the code of each agency's sector on a day."""
        return self.annotate(
            sector_name=facts_on(day, OuterRef("pk"), "sector__name"),
            sector_code=facts_on(day, OuterRef("pk"), "sector__code"),
        )

    def matching(self, text: str) -> AgencyQuerySet:
        """Agencies whose name or postcode contains every word of a search text."""
        return self.filter(spelt(text, "name", "postcode"))


def facts_on(day: date, agency: OuterRef, column: str) -> Subquery:
    """One column of the facts that hold for an agency on a day, inside another query."""
    held = AgencyFacts.objects.filter(agency=agency, valid_from__lte=day)
    return Subquery(held.order_by("-valid_from").values(column)[:1])


class Agency(Addressable):
    """An employer in the partnership's register; invoices go to it, never to a person (seed 001)."""

    name = models.CharField(max_length=200)
    reference = models.SlugField(max_length=60)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    finance_email = models.EmailField(
        "finance office email address", blank=True, help_text="We send invoices here."
    )
    purchase_order = models.CharField(
        "standing purchase order",
        max_length=LONGEST_ORDER,
        blank=True,
        help_text="Printed on every invoice. If one is required, no invoices are issued until you enter it.",
    )
    purchase_order_required = models.BooleanField(default=False)
    ledger_code = models.CharField(
        "code in the ledger",
        max_length=40,
        blank=True,
        help_text="What the accounting system calls the agency, such as a customer account, for the ledger file.",
    )
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

    def clean(self) -> None:
        """Refuse an order number that payers' systems would not recognise."""
        reasons = order_number_reasons(self.purchase_order) if self.purchase_order else ()
        if reasons:
            raise ValidationError({"purchase_order": [str(reason) for reason in reasons]})

    def payer_on(self, day: date) -> Payer:
        """Who the agency is to the charging policy on a day."""
        return payer_of(self.pk, day)


class AgencyFacts(TenantModel):
    """What is known of an agency from a day on, because it changes (docs/domain/rules.md, payer classes)."""

    is_rule = True

    agency = TenantForeignKey(Agency, on_delete=models.CASCADE, related_name="facts")
    valid_from = models.DateField("first day")
    sector = TenantForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    area = TenantForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    payer_class = TenantForeignKey(
        PayerClass,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave empty to let the rules for payer classes decide.",
    )
    gives_money = models.BooleanField("contributes money", default=False)
    gives_in_kind = models.BooleanField("contributes in kind", default=False)
    turnover = models.DecimalField(
        "turnover a year",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="In pounds. Leave empty if it is not known.",
    )
    staff = models.PositiveIntegerField("number of staff", null=True, blank=True)

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        ordering = ["agency", "-valid_from"]
        verbose_name = "facts about an agency"
        verbose_name_plural = "facts about agencies"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "valid_from"],
                name="agency_facts_once_a_day",
                violation_error_message="There are already facts from this day. Change those.",
            ),
            models.CheckConstraint(
                condition=Q(turnover__isnull=True) | Q(turnover__gte=0),
                name="agency_turnover_not_negative",
                violation_error_message="Enter a turnover of £0 or more.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector} from {self.valid_from:%-d %B %Y}"


class PayerClassRule(TenantModel):
    """Which agencies belong to a payer class, unless somebody set theirs by hand. The first rule that fits decides."""

    is_rule = True

    payer_class = TenantForeignKey(PayerClass, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField("order", default=0)
    sector = TenantForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = TenantForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gives = models.CharField("contribution", max_length=10, choices=Gives.choices(), blank=True)
    turnover_from = models.DecimalField(
        "turnover from", max_digits=12, decimal_places=2, null=True, blank=True
    )
    turnover_below = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    staff_from = models.PositiveIntegerField(null=True, blank=True)
    staff_below = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "rule for a payer class"
        verbose_name_plural = "rules for payer classes"

    def __str__(self) -> str:
        return f"{self.payer_class}: {self.as_rule().words}"

    def as_rule(self) -> ClassRule:
        return ClassRule(
            payer_class=self.payer_class.named,
            sector=self.sector.named if self.sector else None,
            area=self.area.named if self.area else None,
            gives=Gives(self.gives) if self.gives else None,
            turnover_from=self.turnover_from,
            turnover_below=self.turnover_below,
            staff_from=self.staff_from,
            staff_below=self.staff_below,
        )


@kept
def facts_of(agency: int) -> tuple[Facts, ...]:
    """Everything that was, is or will be known of an agency."""
    rows = AgencyFacts.objects.filter(agency=agency).order_by("valid_from")
    rows = rows.select_related("sector", "area", "payer_class")
    return tuple(
        Facts(
            since=one.valid_from,
            payer_class=one.payer_class.named if one.payer_class else Named(),
            sector=one.sector.named,
            area=one.area.named if one.area else Named(),
            gives_money=one.gives_money,
            gives_in_kind=one.gives_in_kind,
            turnover=one.turnover,
            staff=one.staff,
        )
        for one in rows
    )


@kept
def class_rules() -> tuple[ClassRule, ...]:
    """The partnership's rules for payer classes, in their order."""
    rows = PayerClassRule.objects.select_related("payer_class", "sector", "area")
    return tuple(one.as_rule() for one in rows)


@kept
def payer_of(agency: int, day: date) -> Payer:
    """Who an agency is to the charging policy on a day."""
    facts = known_on(day, facts_of(agency))
    if facts is None:
        return UNKNOWN_PAYER
    return payer_from(facts, () if facts.payer_class.code else class_rules())


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
