"""What reopening a closed register undoes: the page shows it and the operation does it, both from here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from bookings.ledger import RegisterCharges, ledger
from bookings.models import Booking
from bookings.rules.states import WAS_PRESENT, BookingState
from courses.models import Event, TrainingRecord
from partnerships.rules.reasons import Reason


@dataclass(frozen=True)
class Reopening:
    """What is withdrawn or undone. An ``obstacle`` keeps everything as it is."""

    charges: RegisterCharges
    records: QuerySet[TrainingRecord]
    bookings: QuerySet[Booking]

    @property
    def obstacle(self) -> Reason | None:
        """Why it must stay closed, if finance has decided on its charges; otherwise empty."""
        return self.charges.obstacle


def reopening_of(event: Event) -> Reopening:
    """What closing its register had written."""
    over = [*WAS_PRESENT, BookingState.NO_SHOW]
    return Reopening(
        charges=ledger().charges_of_register(event=event),
        records=TrainingRecord.objects.filter(event=event),
        bookings=Booking.objects.filter(event=event, state__in=over),
    )
