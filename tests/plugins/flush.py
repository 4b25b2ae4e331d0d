"""Tests that commit leave their rows behind, and tables of record refuse to be emptied: this empties them for tests.

The application's role may neither empty a table nor set a guard aside, so the owner lends it a function, in a schema
that only test databases have.
"""

from collections.abc import Iterator
from typing import Any

import pytest

GUARDS = """
SELECT format('ALTER TABLE %s {switch} TRIGGER %I', tgrelid::regclass, tgname)
  FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal ORDER BY tgrelid, tgname
"""
LEND = """
CREATE SCHEMA IF NOT EXISTS for_tests;
GRANT USAGE ON SCHEMA for_tests TO PUBLIC;
CREATE OR REPLACE FUNCTION for_tests.as_owner(statement text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
AS 'BEGIN EXECUTE statement; END';
"""


def as_owner(statement: str) -> str:
    """SQL that makes the owner run a statement, in the caller's transaction."""
    return f"SELECT for_tests.as_owner($statement${statement}$statement$)"


@pytest.fixture(scope="session")
def django_db_setup(
    owner_makes_databases: None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The test database; its owner sets the guards against TRUNCATE aside for the one statement of a flush."""
    from django.conf import settings
    from django.db import connection
    from django.db.backends.postgresql.operations import DatabaseOperations

    from config.database_roles import working_as

    with (
        django_db_blocker.unblock(),
        working_as(settings.DATABASE_OWNER),
        connection.cursor() as cursor,
    ):
        cursor.execute(LEND)
    flush = DatabaseOperations.sql_flush

    def without_guards(self: DatabaseOperations, *args: Any, **named: Any) -> list[str]:
        statements = flush(self, *args, **named)
        if not statements:
            return []
        return [as_owner(each) for each in (*guards("DISABLE"), *statements, *guards("ENABLE"))]

    def guards(switch: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(GUARDS.format(switch=switch))
            return [statement for (statement,) in cursor]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", without_guards)
        yield


@pytest.fixture(scope="session")
def owner_makes_databases() -> Iterator[None]:
    """Test databases are created and dropped by the role that owns the tables in them."""
    from contextlib import contextmanager

    from django.conf import settings
    from django.db.backends.postgresql.creation import DatabaseCreation

    from config.database_roles import working_as

    cursor_of = DatabaseCreation._nodb_cursor

    @contextmanager
    def owner_s_cursor(self: DatabaseCreation) -> Iterator[Any]:
        with working_as(settings.DATABASE_OWNER), cursor_of(self) as cursor:
            yield cursor

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "_nodb_cursor", owner_s_cursor)
        yield
