"""The partnership's browser admin: how documents are written, and charges and payments to look at."""

from finance.admin import billing, records

__all__ = ["billing", "records"]
