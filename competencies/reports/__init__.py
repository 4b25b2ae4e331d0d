"""Read-only queries for pages, exports and the manage page."""

from competencies.reports.attention import attention

__all__ = ["attention"]
