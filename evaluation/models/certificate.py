"""Proof of attendance that anyone can check."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import WAS_PRESENT
from courses.rules.states import EventState
from evaluation.rules.certificate import Withdrawal, spaced, withdrawal_sentence
from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.guards import Refuse, never_emptied
from tenancy.models import TenantModel

NOT_WITHDRAWN = Q(withdrawn_at__isnull=True)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self) -> CertificateQuerySet:
        """Certificates that have not been withdrawn; the register may have been reopened."""
        return self.filter(NOT_WITHDRAWN)

    def to_check(self) -> CertificateQuerySet:
        """Valid ones whose register has been closed again since, or whose attendance no longer exists."""
        event = "booking__event__"
        closed_again = Q(
            **{f"{event}register_closed_at__gt": Coalesce("stands_since", "issued_at")}
        )
        not_there = ~Q(booking__state__in=sorted(WAS_PRESENT))
        is_closed = Q(**{f"{event}register_closed_at__isnull": False})
        never_to_be_closed = Q(**{f"{event}state": EventState.CANCELLED}) & ~is_closed
        return self.valid().filter((closed_again | not_there) & is_closed | never_to_be_closed)


class Certificate(TenantModel):
    """What was attended, frozen at issue; its code is printed, in a QR code, and checked at /verify/.

    A withdrawn one never changes, so that its code can always be checked; the database refuses
    anything else. A booking has one valid certificate at most.
    """

    history_excludes = ("pdf",)

    code = models.CharField(max_length=12)
    booking = TenantForeignKey(Booking, on_delete=models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField("issued")
    holder_name = models.CharField("name on the certificate", max_length=150)
    agency_name = models.CharField("name of the agency", max_length=200)
    course_title = models.CharField("course", max_length=200)
    completed_on = models.DateField("date completed")
    minutes = models.PositiveIntegerField("minutes of learning")
    outcomes = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    pdf = models.BinaryField(
        default=b"", help_text="Created when the certificate is first opened, then kept."
    )
    stands_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When the register was last closed with an attendance that earned the certificate.",
    )
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)
    withdrawal = models.CharField(
        "why withdrawn", max_length=10, choices=Withdrawal.choices(), blank=True
    )
    withdrawn_by = TenantForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty if it was withdrawn because the attendance was corrected.",
    )
    withdrawal_reason = models.CharField(
        "reason given to the holder",
        max_length=300,
        blank=True,
        help_text="What we told the certificate holder. Never shown to the public.",
    )

    objects: ClassVar[Any] = scoped(CertificateQuerySet)

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="certificate_code_unique"),
            models.UniqueConstraint(
                fields=["booking"],
                condition=NOT_WITHDRAWN,
                name="certificate_one_valid_per_booking",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal="")
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawal=Withdrawal.ATTENDANCE.value,
                    withdrawn_by__isnull=True,
                )
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawal__in=[Withdrawal.REPLACED.value, Withdrawal.DECIDED.value],
                    withdrawn_by__isnull=False,
                ),
                name="certificate_withdrawal_is_whole",
            ),
        ]
        triggers = [
            Refuse(
                name="certificate_is_kept",
                sentence="A certificate is never deleted. Withdraw it, with the reason.",
                operation=pgtrigger.Delete,
            ),
            Refuse(
                name="certificate_withdrawal_is_final",
                sentence="A withdrawn certificate stays as it is. Issue another.",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            never_emptied("certificate_never_emptied"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.code])

    @property
    def is_valid(self) -> bool:
        """Whether no one has withdrawn it. ``terms.certificates`` knows whether the register behind it is closed."""
        return self.withdrawn_at is None

    @property
    def printed_code(self) -> str:
        return spaced(self.code)

    @property
    def why_withdrawn(self) -> str:
        """For the holder and the training team; empty unless it is withdrawn."""
        return self.withdrawn_in_words(self.withdrawal_reason)

    def withdrawn_in_words(self, reason: str = "") -> str:
        """What happened to it, with the reason only if that is given; empty unless it is withdrawn."""
        if self.withdrawn_at is None:
            return ""
        day = timezone.localdate(self.withdrawn_at)
        return withdrawal_sentence(Withdrawal(self.withdrawal), day, reason)

    def withdraw(
        self, withdrawal: Withdrawal, *, at: datetime, by: Membership | None = None, why: str = ""
    ) -> None:
        """End it for good. The caller holds the booking's row and tells the holder."""
        self.withdrawn_at, self.withdrawal = at, withdrawal
        self.withdrawn_by, self.withdrawal_reason = by, why
        self.save(update_fields=["withdrawn_at", "withdrawal", "withdrawn_by", "withdrawal_reason"])
