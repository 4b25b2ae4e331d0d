"""What needs attention: the form in which every app tells the manage page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from govuk.rules.phrases import counted
from partnerships.models import Membership


@dataclass(frozen=True)
class AttentionItem:
    """One item: what waits, how many, and where it is dealt with. ``text`` has the count in words."""

    text: str
    count: int
    url: str


# Each app's ``reports.attention``: what needs the attention of this member now. Only items above zero.
AttentionProvider = Callable[[datetime, Membership], list[AttentionItem]]


def counted_item(
    number: int, noun: str, what: str, url: str, *, plural: str = "", **query: str
) -> AttentionItem:
    """One item with its number in words, and the address with the filter that shows just these."""
    address = f"{url}?{urlencode(query)}" if query else url
    return AttentionItem(f"{counted(number, noun, plural)} {what}", number, address)
