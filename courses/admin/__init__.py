"""The partnership's browser admin: courses, events and what belongs to them."""

from courses.admin import courses, events, people

__all__ = ["courses", "events", "people"]
