"""One at a time: whoever exports or changes the ledger file's layout waits for the others."""

from __future__ import annotations

from finance.models import LedgerFormat


def locked_format() -> LedgerFormat:
    """The partnership's format of the ledger file, locked until the transaction ends."""
    LedgerFormat.objects.get_or_create()
    found: LedgerFormat = LedgerFormat.objects.select_for_update().get()
    return found
