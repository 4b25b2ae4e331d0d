"""Exports to the ledger: each row goes out once, and stays as it went out."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from finance.models.credit_note import CreditNote
from finance.models.invoice import InvoiceLine
from finance.models.payment import Payment, Reversal
from partnerships.models import Membership
from tenancy import TenantForeignKey, TenantOneToOneField
from tenancy.guards import final
from tenancy.models import TenantModel

SOURCES = ("invoice_line", "credit_note", "payment", "reversal")


class LedgerBatch(TenantModel):
    """One export. ``columns`` are the columns of that day; ``total`` is what agencies owe more through its rows."""

    number = models.PositiveIntegerField()
    made_at = models.DateTimeField("exported")
    made_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField()
    row_count = models.PositiveIntegerField("rows")
    total = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["-number"]
        verbose_name = "export to the ledger"
        verbose_name_plural = "exports to the ledger"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"], name="ledger_batch_number_unique"
            ),
        ]
        triggers = final("ledger_batch_is_final", "An export to the ledger", "Download a copy.")

    def __str__(self) -> str:
        return f"Export {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("ledger_batch", args=[self.pk])


class LedgerEntry(TenantModel):
    """One row of an export, for one line, credit note, payment or reversal; the database lets each out once."""

    history_excludes = ("cells",)

    batch = TenantForeignKey(LedgerBatch, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    cells = models.JSONField(help_text="The row as it was exported, one text for each column.")
    invoice_line = TenantOneToOneField(
        InvoiceLine, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_entry"
    )
    credit_note = TenantOneToOneField(
        CreditNote, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_entry"
    )
    payment = TenantOneToOneField(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_entry"
    )
    reversal = TenantOneToOneField(
        Reversal, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_entry"
    )

    class Meta:
        ordering = ["position"]
        verbose_name = "exported row"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"], name="ledger_entry_position_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    *(
                        models.Q(
                            *((f"{other}__isnull", other != source) for other in SOURCES),
                        )
                        for source in SOURCES
                    ),
                    _connector="OR",
                ),
                name="ledger_entry_of_one_source",
            ),
        ]
        triggers = final("ledger_entry_is_final", "An exported row", "Download a copy.")

    def __str__(self) -> str:
        return f"{self.batch}, row {self.position}"


class LedgerDownload(TenantModel):
    """Someone downloaded an export. The first time is the original, every other time is a copy."""

    batch = TenantForeignKey(LedgerBatch, on_delete=models.PROTECT, related_name="downloads")
    is_copy = models.BooleanField("copy")
    made_at = models.DateTimeField("downloaded")
    made_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        verbose_name = "download of an export"
        verbose_name_plural = "downloads of exports"
        constraints = [
            models.UniqueConstraint(
                fields=["batch"],
                condition=models.Q(is_copy=False),
                name="ledger_download_one_original",
            ),
        ]
        triggers = final("ledger_download_is_final", "A download", "Download another copy.")

    def __str__(self) -> str:
        return f"{'Copy' if self.is_copy else 'Original'} of {self.batch}"
