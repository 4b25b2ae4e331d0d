"""What finance looks at before it approves a charge."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from finance.rules.review import FLAG_SENTENCES, ReviewFlag, UnderReview, review_flags
from finance.rules.states import ChargeState

DEADLINE = datetime(2026, 5, 20, 23, 59, 59, tzinfo=ZoneInfo("Europe/London"))
USUAL = UnderReview(
    state=ChargeState.TO_REVIEW,
    is_disputed=False,
    first_day=date(2026, 6, 3),
    worked_until=None,
    is_confirmed=True,
    cancelled_at=None,
    free_until=DEADLINE,
    has_treatment=True,
    lacks_order=False,
    has_address=True,
)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("changed", "flags"),
    [
        pytest.param({}, [], id="nothing unusual"),
        pytest.param({"state": ChargeState.APPROVED}, [], id="approved"),
        pytest.param({"state": ChargeState.NEEDS_DECISION}, ["undecided"], id="no amount yet"),
        pytest.param({"is_disputed": True}, ["disputed"], id="an open request"),
        pytest.param({"worked_until": date(2026, 6, 2)}, ["had_left"], id="left the day before"),
        pytest.param({"worked_until": date(2026, 6, 3)}, [], id="left on the day"),
        pytest.param({"worked_until": date(2026, 9, 1)}, [], id="leaves later"),
        pytest.param({"is_confirmed": False}, ["unconfirmed"], id="the agency said nothing"),
        pytest.param({"cancelled_at": DEADLINE}, [], id="on the deadline"),
        pytest.param({"cancelled_at": DEADLINE + MINUTE}, ["just_late"], id="a minute late"),
        pytest.param({"cancelled_at": DEADLINE + 60 * MINUTE}, ["just_late"], id="an hour late"),
        pytest.param({"cancelled_at": DEADLINE + 61 * MINUTE}, [], id="more than an hour late"),
        pytest.param({"has_treatment": False}, ["no_vat"], id="no VAT treatment"),
        pytest.param({"lacks_order": True}, ["no_order"], id="no order number"),
        pytest.param({"has_address": False}, ["no_address"], id="no address"),
        pytest.param(
            {"has_address": False, "is_disputed": True, "state": ChargeState.NEEDS_DECISION},
            ["undecided", "disputed", "no_address"],
            id="several, in the order of the page",
        ),
    ],
)
def test_everything_unusual_is_named(changed: dict[str, Any], flags: list[str]) -> None:
    assert list(review_flags(replace(USUAL, **changed))) == flags


def test_each_flag_is_explained() -> None:
    assert set(FLAG_SENTENCES) == set(ReviewFlag)
