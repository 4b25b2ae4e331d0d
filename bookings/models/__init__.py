"""Who comes, and on what terms."""

from bookings.models.attendance import Attendance
from bookings.models.booking import Booking, BookingTransition
from bookings.models.policy import CancellationPolicy
from bookings.models.waiting import Offer, WaitingListEntry

__all__ = [
    "Attendance",
    "Booking",
    "BookingTransition",
    "CancellationPolicy",
    "Offer",
    "WaitingListEntry",
]
