"""Lists as comma-separated files that a spreadsheet opens safely."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpResponse
from django.utils import timezone

from partnerships.rules.cells import FORMULA_STARTS

RowT = TypeVar("RowT")
BYTE_ORDER_MARK = "\ufeff"


def csv_response(
    name: str, columns: Mapping[str, Callable[[RowT], Any]], rows: Iterable[RowT]
) -> HttpResponse:
    """A download called ``name``: UTF-8, a header row, times in the partnership's own zone.

    ``columns`` says for each heading what of a row stands under it, so that the two cannot part.

    The mark at its beginning tells Excel which letters these are; without it é becomes Ã©.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([cell(read(row)) for read in columns.values()] for row in rows)
    return response


def cell(value: Any) -> str:
    """A value as text: None is empty, instants are local, numbers stay numbers, formulas are defused."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    text = str(value)
    if isinstance(value, str) and text.startswith(FORMULA_STARTS):
        return f"'{text}"
    return text
