"""Price lists as the rules read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypedDict, cast

from bookings.rules.fees import PriceRule
from courses.models import PriceList, PriceRow
from courses.rules.prices import ChargeKind, FeeBase, FeeOutcome
from tenancy import kept


class Row(TypedDict):
    """The columns of a :class:`PriceRow` that decide."""

    kind: str
    outcome: str
    amount: Decimal
    clause: str
    payer_class: str
    event_type: str
    group__code: str | None
    course__reference: str | None
    notice_under: int | None
    base: str


class List(NamedTuple):
    """One price list, without its lines."""

    pk: int
    valid_from: date
    is_fixed: bool


def list_in_force(day: date) -> List | None:
    """The list that applies to new bookings of an event on that day: the newest that has begun."""
    return next((one for one in price_lists() if one.valid_from <= day), None)


@kept
def price_lists() -> tuple[List, ...]:
    """Every price list, the newest first."""
    rows = PriceList.objects.order_by("-valid_from", "-pk")
    return tuple(List(one.pk, one.valid_from, one.quoted_since is not None) for one in rows)


@kept
def rules_of(price_list: int | None) -> tuple[PriceRule, ...]:
    """What one list says; nothing if there was none, and then a person decides."""
    return read_rules(price_list)


def read_rules(price_list: int | None) -> tuple[PriceRule, ...]:
    """The same, always read from the database."""
    rows = PriceRow.objects.filter(price_list=price_list).order_by("kind", "pk")
    return tuple(as_rule(cast(Row, row)) for row in rows.values(*Row.__annotations__))


def as_rule(row: Row) -> PriceRule:
    """One row; an empty column means any."""
    return PriceRule(
        kind=ChargeKind(row["kind"]),
        outcome=FeeOutcome(row["outcome"]),
        amount=row["amount"],
        clause=row["clause"],
        payer_class=row["payer_class"] or None,
        event_type=row["event_type"] or None,
        group=row["group__code"],
        course=row["course__reference"],
        notice_under=row["notice_under"],
        base=FeeBase(row["base"]),
    )
