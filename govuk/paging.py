"""One page of a long list, whatever page number the address asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet

PER_PAGE = 30


def page_of(
    rows: QuerySet[Any] | Sequence[Any], number: str | None, *, size: int = PER_PAGE
) -> tuple[Page[Any], str]:
    """The page asked for; the nearest one, and a sentence, if there is no such page."""
    paginator = Paginator(rows, size)
    try:
        return paginator.page(number or 1), ""
    except PageNotAnInteger:
        return paginator.page(1), "That page number is not a number, so this is the first page."
    except EmptyPage:
        last = paginator.num_pages
        words = f"That page does not exist. This is the last page, page {last}."
        return paginator.page(last), words
