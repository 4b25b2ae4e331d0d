"""Which purchase order number an invoice shows, and for which days one can be given."""

from datetime import date

import pytest

from finance.rules.orders import Order, order_for, period_reasons
from partnerships.rules.reasons import Kind, Reason

SPRING, AUTUMN = 7, 8  # events
MAY = date(2026, 5, 1), date(2026, 5, 31)
FOR_SPRING = Order("EV7", event=SPRING)
FOR_MAY = Order("MAY", first=MAY[0], last=MAY[1])


@pytest.mark.parametrize(
    ("event", "day", "orders", "standing", "number"),
    [
        pytest.param(SPRING, MAY[0], [], "", "", id="none given"),
        pytest.param(SPRING, MAY[0], [], "PO1", "PO1", id="standing"),
        pytest.param(SPRING, MAY[0], [FOR_MAY], "PO1", "MAY", id="first day of the period"),
        pytest.param(SPRING, MAY[1], [FOR_MAY], "PO1", "MAY", id="last day of the period"),
        pytest.param(SPRING, date(2026, 4, 30), [FOR_MAY], "PO1", "PO1", id="day before"),
        pytest.param(SPRING, date(2026, 6, 1), [FOR_MAY], "PO1", "PO1", id="day after"),
        pytest.param(SPRING, MAY[0], [FOR_MAY, FOR_SPRING], "PO1", "EV7", id="event before period"),
        pytest.param(SPRING, MAY[0], [FOR_SPRING, FOR_MAY], "PO1", "EV7", id="in either order"),
        pytest.param(SPRING, date(2027, 1, 1), [FOR_SPRING], "PO1", "EV7", id="event, any day"),
        pytest.param(AUTUMN, MAY[0], [FOR_SPRING], "PO1", "PO1", id="another event"),
        pytest.param(AUTUMN, MAY[0], [FOR_SPRING], "", "", id="another event, nothing else"),
    ],
)
def test_the_most_specific_number_counts(
    event: int, day: date, orders: list[Order], standing: str, number: str
) -> None:
    assert order_for(event, day, orders, standing) == number


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        pytest.param(date(2026, 6, 1), date(2026, 6, 30), None, id="straight after"),
        pytest.param(date(2026, 4, 1), date(2026, 4, 30), None, id="straight before"),
        pytest.param(date(2026, 5, 31), date(2026, 6, 30), "first", id="one day in common"),
        pytest.param(date(2026, 4, 1), date(2026, 5, 1), "first", id="the first day in common"),
        pytest.param(date(2026, 1, 1), date(2026, 12, 31), "first", id="around it"),
        pytest.param(date(2026, 6, 2), date(2026, 6, 1), "last", id="the wrong way round"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 1), None, id="a single day"),
    ],
)
def test_a_day_has_one_number(first: date, last: date, code: str | None) -> None:
    found = period_reasons(first, last, [FOR_MAY, FOR_SPRING])
    assert [reason.code for reason in found] == ([code] if code else [])


def test_the_sentences() -> None:
    [overlaps] = period_reasons(date(2026, 5, 31), date(2026, 6, 1), [FOR_MAY])
    assert overlaps == Reason(
        Kind.BLOCKS,
        "first",
        "Order number MAY is already for 1 May 2026 to 31 May 2026, which overlaps.",
        "Choose other days, or withdraw that number first.",
    )
    [backwards] = period_reasons(date(2026, 6, 2), date(2026, 6, 1), [])
    assert backwards == Reason(Kind.BLOCKS, "last", "The last day must be on or after the first.")
