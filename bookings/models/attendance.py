"""The register: one mark per person and session."""

from typing import Any, ClassVar

from django.db import models

from bookings.models.booking import Booking
from bookings.rules.attendance import SessionMark
from bookings.rules.states import Mark
from courses.models import Session
from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class Attendance(TenantModel):
    """What the register says of one booking in one session."""

    booking = TenantForeignKey(Booking, on_delete=models.CASCADE, related_name="attendances")
    session = TenantForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    mark = models.CharField(max_length=12, choices=Mark.choices())
    minutes_late = models.PositiveSmallIntegerField(default=0)
    minutes_early = models.PositiveSmallIntegerField(default=0)
    marked_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        ordering = ["booking", "session"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "session"], name="attendance_once_a_session"
            ),
        ]

    def __str__(self) -> str:
        return Mark(self.mark).label

    def as_rule(self) -> SessionMark:
        return SessionMark(Mark(self.mark), self.minutes_late, self.minutes_early)
