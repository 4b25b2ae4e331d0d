"""The one bridge to finance, which stands above: what the end of a booking owes is written down there.

Bookings know what is owed and why; what becomes of it (review, waiver, invoice) is finance's. The settings name the
ledger, so that bookings never import it (ADR 0022).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from bookings.models import Booking
from bookings.rules.settlement import Due
from courses.models import Event
from partnerships.models import Membership
from partnerships.rules.reasons import Reason


class RegisterCharges(Protocol):
    """The charges that closing a register has brought about."""

    @property
    def count(self) -> int: ...

    @property
    def obstacle(self) -> Reason | None:
        """Why they stay as they are, and the register with them."""

    def hold(self) -> None:
        """Keep everybody else from deciding about them until the transaction ends."""

    def withdraw(self) -> None:
        """Take them back. The history keeps them."""


class Ledger(Protocol):
    """What bookings ask of finance. Each is part of the transaction around it."""

    def raise_charges(self, *, booking: Booking, dues: Iterable[Due], at: datetime) -> None:
        """One charge for each kind that is due. Safe to repeat: what exists stays, for a person may have decided."""

    def charges_let_off(self, *, event: Event) -> Sequence[object]:
        """Charges of people who had cancelled late, which go when the partnership cancels the event (W32)."""

    def let_off(self, *, event: Event, reason: str, by: Membership, at: datetime) -> None:
        """Waive those."""

    def charges_of_register(self, *, event: Event) -> RegisterCharges:
        """What reopening the register would take back."""


def ledger() -> Ledger:
    """The ledger of this site."""
    return cast(Ledger, import_string(settings.BOOKING_LEDGER)())
