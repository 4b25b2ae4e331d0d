"""Disputes about lines of invoices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse

from finance.models.invoice import InvoiceLine
from finance.rules.disputes import DisputeState, Objection
from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.guards import Refuse, never_emptied
from tenancy.models import TenantModel


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def to_answer(self) -> DisputeQuerySet:
        return self.filter(state=DisputeState.OPEN)


class Dispute(TenantModel):
    """What an agency says is wrong with a line of an invoice, and what finance answered.

    ``agreed`` is what finance agreed to credit, in pounds including VAT. The credit note is a document of its own:
    until it is issued, finance is told when it is due (``finance.reports.credits``).
    """

    line = TenantForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="disputes")
    objection = models.CharField("what is wrong", max_length=10, choices=Objection.choices())
    text = models.TextField(blank=True)
    raised_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_email = models.EmailField("email address", help_text="Where the answer is sent.")
    raised_at = models.DateTimeField("raised")
    state = models.CharField(
        "status", max_length=10, choices=DisputeState.choices(), default=DisputeState.OPEN
    )
    agreed = models.DecimalField(
        "credit agreed", max_digits=10, decimal_places=2, default=Decimal("0.00")
    )
    answer = models.TextField(blank=True)
    answered_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True)

    objects: ClassVar[Any] = scoped(DisputeQuerySet)

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(state="open"), name="dispute_one_open_a_line"
            ),
            models.CheckConstraint(
                condition=models.Q(state="reduced", agreed__gt=0)
                | ~models.Q(state="reduced") & models.Q(agreed=0),
                name="dispute_agreed_if_reduced",
            ),
        ]
        triggers = [
            Refuse(
                name="dispute_is_final",
                sentence="A dispute that was answered cannot be changed or deleted.",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
            never_emptied("disputes_are_kept"),
        ]

    def __str__(self) -> str:
        return f"Dispute about line {self.line.position} of {self.line.invoice}"

    def get_absolute_url(self) -> str:
        return reverse("dispute", args=[self.pk])
