"""Who comes, and on what terms."""

from bookings.models.attendance import Attendance
from bookings.models.booking import Booking, BookingTransition
from bookings.models.planned_mail import PlannedMail, PlannedMailSent
from bookings.models.policy import ChargingPolicy, NoticeException
from bookings.models.practice import BookingPractice
from bookings.models.price import PriceRow
from bookings.models.waiting import Offer, WaitingListEntry
from bookings.models.waivers import Exemption, WaiverPractice, WaiverReason

__all__ = [
    "Attendance",
    "Booking",
    "BookingPractice",
    "BookingTransition",
    "ChargingPolicy",
    "Exemption",
    "NoticeException",
    "Offer",
    "PlannedMail",
    "PlannedMailSent",
    "PriceRow",
    "WaitingListEntry",
    "WaiverPractice",
    "WaiverReason",
]
