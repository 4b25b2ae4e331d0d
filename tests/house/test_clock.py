"""The clock is an argument: neither rows nor tests depend on the day that it happens to be."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.layout import PACKAGES
from tests.plugins.clock import USUAL, chosen_instant

ROOT = Path(__file__).parents[2]
ASKS = re.compile(
    r"(?<![.\w])(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)"
    r"|\bcurrent_(date|time|timestamp)\b|\blocaltimestamp\b",
    re.IGNORECASE,
)
# When a row changed is for the database to say: the code that writes a row must not date its history.
HISTORY = {"record_change"}


def test_the_product_never_asks_the_database_for_the_time() -> None:
    asking = {
        str(path.relative_to(ROOT))
        for app in PACKAGES
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and ASKS.search(path.read_text("utf-8"))
    }
    assert asking == {"tenancy/recording.py"}


def test_nor_does_anything_in_the_database_but_the_history(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE nspname = 'public'"
        )
        assert {name for name, source in cursor if ASKS.search(source)} == HISTORY
        cursor.execute(
            "SELECT column_default FROM information_schema.columns WHERE table_schema = 'public'"
        )
        assert [default for (default,) in cursor if default and ASKS.search(default)] == []


def test_tests_live_on_the_chosen_day(request: pytest.FixtureRequest) -> None:
    clock = request.config.pluginmanager.get_plugin("clock")
    assert clock is not None
    assert abs((timezone.now() - clock.at).total_seconds()) < 24 * 3600
    assert abs((datetime.now(UTC) - timezone.now()).total_seconds()) < 1


@pytest.mark.parametrize(
    ("named", "instant"),
    [
        (USUAL, datetime(2026, 6, 18, 9, tzinfo=UTC)),
        ("2028-02-29", datetime(2028, 2, 29, 10, tzinfo=UTC)),
        ("2027-03-27T22:30", datetime(2027, 3, 27, 22, 30, tzinfo=UTC)),
        ("2026-10-24 23:30", datetime(2026, 10, 24, 22, 30, tzinfo=UTC)),
    ],
)
def test_a_day_or_an_instant_can_be_chosen(named: str, instant: datetime) -> None:
    assert chosen_instant(named) == instant
