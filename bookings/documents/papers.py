"""The register on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courses.models import Event
from partnerships.documents import PAPER, pdf_of


def sign_in_sheet(event: Event, rows: Sequence[Any]) -> bytes:
    """A page to sign on, for a room without a tablet; no email addresses (docs/domain/rules.md, registers)."""
    context = {"event": event, "sessions": list(event.sessions.all()), "rows": rows}
    return pdf_of("bookings/pdf/sign_in_sheet.html", context, style=PAPER)
