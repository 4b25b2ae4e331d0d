"""Files that people send as evidence, kept with the rest of their partnership's rows."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models

from finance.models.charge import MitigationCase
from finance.rules.evidence import LARGEST, LONGEST_NAME, FileKind
from partnerships.models import Membership
from tenancy import TenantForeignKey
from tenancy.guards import Refuse
from tenancy.models import TenantModel


class EvidenceFile(TenantModel):
    """One file of a request. It can be a doctor's letter: only those who decide and who sent it can download it.

    The content is a column of this table and nowhere else, so the partnership's policy, its exports and its backups
    cover it, and no address of the file system leads to it (ADR 0025). It can be deleted but not replaced.
    """

    history_excludes: ClassVar[tuple[str, ...]] = ("content",)

    case = TenantForeignKey(
        MitigationCase, on_delete=models.CASCADE, related_name="files", verbose_name="request"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField("type", max_length=100, choices=FileKind.choices())
    size = models.PositiveIntegerField(help_text="In bytes.")
    content = models.BinaryField()
    added_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("added")

    class Meta:
        ordering = ["pk"]
        verbose_name = "file of evidence"
        verbose_name_plural = "files of evidence"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gt=0, size__lte=LARGEST), name="evidence_file_size"
            ),
        ]
        triggers = [
            Refuse(
                name="evidence_file_is_fixed",
                sentence="A file of evidence cannot be changed.",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return self.name
