"""The migrated database that test processes copy."""

import os

import psycopg
import pytest

from tools.runner import template


def test_another_database_on_the_same_server() -> None:
    url = "postgresql://role@/one?host=%2Fsome%2Ffolder"
    assert template.for_database(url, "two") == "postgresql://role@/two?host=%2Fsome%2Ffolder"
    assert template.for_database("postgresql://a:b@c:5/one", "two") == "postgresql://a:b@c:5/two"


def test_the_fingerprint_is_steady() -> None:
    assert template.fingerprint() == template.fingerprint()


def test_the_template_exists_and_no_half_made_one_is_left() -> None:
    name = os.environ.get("TEST_DATABASE_TEMPLATE")
    if name is None:
        pytest.fail("run through python -m tools.runner.testing")
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        assert row.fetchone()
