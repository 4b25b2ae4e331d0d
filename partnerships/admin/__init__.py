"""The partnership's browser admin: this app's tables."""

from partnerships.admin import agencies, failed_work, messages, people, settings

__all__ = ["agencies", "failed_work", "messages", "people", "settings"]
