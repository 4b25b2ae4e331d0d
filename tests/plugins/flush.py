"""Tests that commit leave their rows behind, and tables of record refuse to be emptied: this empties them for tests."""

from collections.abc import Iterator
from typing import Any

import pytest

GUARDS = """
SELECT format('ALTER TABLE %s {switch} TRIGGER %I', tgrelid::regclass, tgname)
  FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal ORDER BY tgrelid, tgname
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The test database; its owner sets the guards against TRUNCATE aside for the one statement of a flush."""
    from django.db import connection
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def without_guards(self: DatabaseOperations, *args: Any, **named: Any) -> list[str]:
        statements = flush(self, *args, **named)
        return [*guards("DISABLE"), *statements, *guards("ENABLE")] if statements else []

    def guards(switch: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(GUARDS.format(switch=switch))
            return [statement for (statement,) in cursor]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", without_guards)
        yield
