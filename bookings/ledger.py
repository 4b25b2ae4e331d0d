"""The one bridge to finance, the app above: it records what is owed when a booking ends.

Bookings know what is owed and why; what happens to it then (review, waiver, invoice) is finance's business. The
settings name the ledger, so that bookings never import it (ADR 0022).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from bookings.models import Booking
from bookings.rules.prices import ChargeKind
from bookings.rules.settlement import Due
from courses.models import Event
from partnerships.models import Membership
from partnerships.rules.reasons import Reason


class RegisterCharges(Protocol):
    """The charges that closing a register has raised."""

    @property
    def count(self) -> int: ...

    @property
    def obstacle(self) -> Reason | None:
        """Why they must stay as they are, and so must the register."""

    def hold(self) -> None:
        """Stop anyone else deciding on them until the transaction ends."""

    def withdraw(self) -> None:
        """Withdraw them. The history keeps them."""


class Ledger(Protocol):
    """What bookings ask of finance. Each is part of the transaction around it."""

    def raise_charges(self, *, booking: Booking, dues: Iterable[Due], at: datetime) -> None:
        """One charge for each kind that is due, waived at once where the agency is exempt.

        Safe to repeat: existing charges stay, as they may be decided.
        """

    def missing_for(self, *, kinds: Iterable[ChargeKind]) -> tuple[Reason, ...]:
        """What finance still has to settle before these kinds of charge can be invoiced. Nothing here blocks."""

    def charges_to_waive(self, *, event: Event) -> Sequence[object]:
        """Charges of people who had cancelled late, waived when the partnership cancels the event (W32)."""

    def waive_charges(self, *, event: Event, reason: str, by: Membership, at: datetime) -> None:
        """Waive those."""

    def excused(self, *, bookings: Collection[int]) -> frozenset[int]:
        """Ids of those bookings whose charge for an unused place was waived or credited in full."""

    def charges_of_register(self, *, event: Event) -> RegisterCharges:
        """What reopening the register would take back."""


def ledger() -> Ledger:
    """The ledger of this site."""
    return cast(Ledger, import_string(settings.BOOKING_LEDGER)())
