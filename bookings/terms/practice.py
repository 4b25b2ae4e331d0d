"""How the partnership works at this moment: nobody agrees to it, so it is the same for every booking."""

from __future__ import annotations

from bookings.models import BookingPractice, PlannedMail
from tenancy import kept


@kept
def practice_here() -> BookingPractice:
    """The partnership's own; the defaults where it has said nothing."""
    found: BookingPractice | None = BookingPractice.objects.first()
    return found or BookingPractice()


@kept
def planned_mails() -> tuple[PlannedMail, ...]:
    """Those in use."""
    return tuple(PlannedMail.objects.filter(is_active=True))
