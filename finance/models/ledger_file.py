"""The partnership's own layout of the ledger file."""

from __future__ import annotations

from django.db import models

from finance.rules.ledger_files import DateStyle, FileColumn, FileLayout, LedgerField
from tenancy.models import TenantModel

# One table for both, because the rule asks for a code by what it is of.
CODED = [("charge", "Kind of charge"), ("vat", "VAT treatment")]


class LedgerFormat(TenantModel):
    """How dates and amounts are written, and whether payments are rows. One per partnership; locked while exporting."""

    dates = models.CharField(
        "how dates are written",
        max_length=10,
        choices=DateStyle.choices(),
        default=DateStyle.UK,
    )
    signed = models.BooleanField("a minus sign for what agencies owe less", default=True)
    with_payments = models.BooleanField("payments as rows", default=False)

    class Meta:
        verbose_name = "format of the ledger file"
        constraints = [
            models.UniqueConstraint(fields=["partnership"], name="ledger_format_one_a_partnership"),
        ]

    def __str__(self) -> str:
        return f"Dates as {DateStyle(self.dates).label}"


class LedgerColumn(TenantModel):
    """One column of the ledger file, in its place."""

    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=60)
    what = models.CharField("content", max_length=20, choices=LedgerField.choices())
    text = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "column of the ledger file"
        verbose_name_plural = "columns of the ledger file"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "heading"], name="ledger_column_heading_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def as_rule(self) -> FileColumn:
        return FileColumn(self.heading, LedgerField(self.what), self.text)


class LedgerCode(TenantModel):
    """What the ledger calls a kind of charge or a VAT treatment."""

    coded = models.CharField(max_length=10, choices=CODED)
    value = models.CharField(max_length=20)
    code = models.CharField(max_length=40)

    class Meta:
        ordering = ["coded", "value"]
        verbose_name = "code in the ledger"
        verbose_name_plural = "codes in the ledger"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "coded", "value"], name="ledger_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.code}"


def ledger_layout(how: LedgerFormat) -> FileLayout:
    """The layout as the rules read it. Two queries."""
    return FileLayout(
        columns=tuple(column.as_rule() for column in LedgerColumn.objects.all()),
        codes={(one.coded, one.value): one.code for one in LedgerCode.objects.all()},
        dates=DateStyle(how.dates),
        signed=how.signed,
    )
