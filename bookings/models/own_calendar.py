"""The secret address of someone's own calendar."""

from __future__ import annotations

from django.db import models

from partnerships.models import Membership
from tenancy import TenantOneToOneField
from tenancy.models import TenantModel


class OwnCalendar(TenantModel):
    """Someone subscribes to their own bookings. A new ``number`` makes earlier addresses useless.

    The address is signed (``bookings.access``) and kept nowhere.
    """

    membership = TenantOneToOneField(
        Membership, on_delete=models.CASCADE, related_name="own_calendar", verbose_name="person"
    )
    number = models.PositiveIntegerField("renewed", default=1)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.membership)
