"""The partnership's browser admin: policies, and bookings to look at."""

from bookings.admin import bookings, grants, policies

__all__ = ["bookings", "grants", "policies"]
