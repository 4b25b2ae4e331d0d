"""What opening a closed register again takes back: shown before, and done by the operation, from here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from bookings.models import Booking, Charge
from bookings.rules.states import (
    UNDECIDED,
    WAS_PRESENT,
    BookingState,
    ChargeKind,
    ChargeState,
)
from courses.models import Event, TrainingRecord
from partnerships.rules.reasons import Kind, Reason

FROM_THE_REGISTER = [ChargeKind.ATTENDANCE, ChargeKind.NO_SHOW]


@dataclass(frozen=True)
class Reopening:
    """The rows that go or go back. An ``obstacle`` keeps all of them as they are."""

    charges: QuerySet[Charge]
    records: QuerySet[TrainingRecord]
    bookings: QuerySet[Booking]

    @property
    def obstacle(self) -> Reason | None:
        """Money that somebody has decided about stays: a credit note puts that right."""
        if self.charges.filter(state=ChargeState.INVOICED).exists():
            sentence = "Charges from this register have been invoiced, so it stays closed."
            step = "Ask finance for a credit note instead."
            return Reason(Kind.BLOCKS, "already_invoiced", sentence, step)
        decided = self.charges.exclude(state__in=sorted(UNDECIDED)).exists()
        if decided or self.charges.filter(mitigation_cases__isnull=False).exists():
            sentence = (
                "Finance has already decided on charges from this register, so it stays closed."
            )
            return Reason(Kind.BLOCKS, "already_decided", sentence)
        return None


def reopening_of(event: Event) -> Reopening:
    """What closing its register had written."""
    over = [*WAS_PRESENT, BookingState.NO_SHOW]
    return Reopening(
        charges=Charge.objects.filter(booking__event=event, kind__in=FROM_THE_REGISTER),
        records=TrainingRecord.objects.filter(event=event),
        bookings=Booking.objects.filter(event=event, state__in=over),
    )
