"""The partnership's browser admin: this app's tables."""

from partnerships.admin import agencies, messages, people, settings

__all__ = ["agencies", "messages", "people", "settings"]
