"""Plain values that the component tags draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page


@dataclass(frozen=True)
class SummaryRow:
    """One row of a summary list: a fact, and perhaps a link that changes it."""

    key: Any
    value: Any
    href: str = ""
    action: str = "Change"


@dataclass(frozen=True)
class Column:
    """A table column; `numeric` columns are set to the right."""

    text: Any
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell, knowing its column."""

    value: Any
    numeric: bool
    heads_row: bool


@dataclass(frozen=True)
class PageLink:
    """One number of a pagination list; `number` 0 stands for the gap."""

    number: int
    current: bool = False


def summary_row(row: object) -> SummaryRow:
    """A row from a SummaryRow, a mapping or a (key, value, href, action) tuple."""
    if isinstance(row, SummaryRow):
        return row
    if isinstance(row, Mapping):
        return SummaryRow(**row)
    if isinstance(row, Sequence):
        return SummaryRow(*row)
    raise TypeError(f"A summary list takes SummaryRow, dict or tuple, not {type(row).__name__}.")


def columns_from(headings: Iterable[Any]) -> list[Column]:
    return [item if isinstance(item, Column) else Column(item) for item in headings]


def cells_from(columns: list[Column], row: Iterable[Any], *, first_heads_row: bool) -> list[Cell]:
    """A row's cells; the first may be the row's heading."""
    values = list(row)
    return [
        Cell(value, column.numeric, first_heads_row and index == 0)
        for index, (value, column) in enumerate(zip(values, columns, strict=True))
    ]


def page_links(page: Page[Any]) -> list[PageLink]:
    """First, last and the neighbours of the current page, with gaps between."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [
        PageLink(number, current=number == page.number) if isinstance(number, int) else PageLink(0)
        for number in numbers
    ]
