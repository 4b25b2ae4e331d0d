"""How the partnership works at the moment. No one agrees to it, so it is the same for every booking."""

from __future__ import annotations

from bookings.models import BookingPractice, PlannedMail
from tenancy import kept


@kept
def practice_here() -> BookingPractice:
    """The partnership's own, or the defaults if it has set nothing."""
    found: BookingPractice | None = BookingPractice.objects.first()
    return found or BookingPractice()


@kept
def planned_mails() -> tuple[PlannedMail, ...]:
    """Planned emails that are in use."""
    return tuple(PlannedMail.objects.filter(is_active=True))
