"""The partnership's browser admin: policies, how documents are written, and charges and payments to look at."""

from bookings.admin import bookings, money, policies

__all__ = ["bookings", "money", "policies"]
