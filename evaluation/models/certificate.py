"""Proof of attendance that anybody can check."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from bookings.models import Booking
from partnerships.models import TenantModel
from partnerships.tenancy import TenantOneToOneField


class Certificate(TenantModel):
    """What was attended, frozen at issue; its code is printed, in a QR code, and checked at /verify/."""

    history_excludes = ("pdf",)

    code = models.CharField(max_length=12)
    booking = TenantOneToOneField(Booking, on_delete=models.PROTECT, related_name="certificate")
    issued_at = models.DateTimeField()
    holder_name = models.CharField(max_length=150)
    agency_name = models.CharField(max_length=200)
    course_title = models.CharField(max_length=200)
    completed_on = models.DateField()
    minutes = models.PositiveIntegerField()
    pdf = models.BinaryField(default=b"", help_text="Drawn when it is first opened, then kept.")

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="certificate_code_unique"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.code])
