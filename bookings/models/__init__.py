"""Who comes, and on what terms."""

from bookings.models.attendance import Attendance
from bookings.models.booking import Booking, BookingTransition
from bookings.models.extra_cost import ExtraCost
from bookings.models.grant import Grant, GrantRecipient
from bookings.models.interest import CourseInterest
from bookings.models.own_calendar import OwnCalendar
from bookings.models.planned_mail import PlannedMail, PlannedMailSent
from bookings.models.policy import ChargingPolicy, NoticeException, RegisterException
from bookings.models.practice import BookingPractice
from bookings.models.price import PriceRow
from bookings.models.restriction import Restriction, RestrictionRule
from bookings.models.waiting import Offer, WaitingListEntry
from bookings.models.waivers import Exemption, WaiverPractice, WaiverReason

__all__ = [
    "Attendance",
    "Booking",
    "BookingPractice",
    "BookingTransition",
    "ChargingPolicy",
    "CourseInterest",
    "Exemption",
    "ExtraCost",
    "Grant",
    "GrantRecipient",
    "NoticeException",
    "Offer",
    "OwnCalendar",
    "PlannedMail",
    "PlannedMailSent",
    "PriceRow",
    "RegisterException",
    "Restriction",
    "RestrictionRule",
    "WaitingListEntry",
    "WaiverPractice",
    "WaiverReason",
]
