"""The role that answers requests owns nothing and can switch nothing off: read from the catalogue, and tried."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tenancy import grants
from tenancy.models import Change
from tests.world import World

pytestmark = pytest.mark.django_db

TABLES = "relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
MAY = """
SELECT relname, array_agg(privilege) FROM pg_class,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) AS privilege
 WHERE {tables} AND has_table_privilege(oid, privilege) GROUP BY relname
"""
WORKS = {"SELECT", "INSERT", "UPDATE", "DELETE"}
HISTORY = {"bookings_bookingtransition", "tenancy_change"}


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def refused(statement: str) -> bool:
    """Whether the database says that this is not ours to do."""
    with (
        pytest.raises(
            DatabaseError, match=r"must be owner|permission denied|must be able to SET ROLE"
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return True


def test_it_owns_nothing_in_any_database() -> None:
    me = "current_user::regrole"
    assert (
        rows(
            f"SELECT oid::regclass FROM pg_class WHERE relowner = {me} AND NOT relistemp".replace(
                "NOT relistemp", "relpersistence <> 't'"
            )
        )
        == []
    )
    assert rows(f"SELECT oid::regprocedure FROM pg_proc WHERE proowner = {me}") == []
    assert (
        rows(
            f"SELECT nspname FROM pg_namespace WHERE nspowner = {me}"
            " AND nspname NOT LIKE 'pg_temp%'"
        )
        == []
    )
    assert rows(f"SELECT datname FROM pg_database WHERE datdba = {me}") == []


def test_it_is_nobody_special_and_can_become_nobody_else() -> None:
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
        " WHERE rolname = current_user"
    ) == [(False,) * 5]
    assert (
        rows("SELECT roleid::regrole FROM pg_auth_members WHERE member = current_user::regrole")
        == []
    )
    assert not grants.owns_tables()


def test_the_owner_of_every_table_is_one_role_and_obeys_policies_too() -> None:
    [(owner, special)] = rows(
        "SELECT DISTINCT rolname, rolsuper OR rolbypassrls FROM pg_class JOIN pg_roles r ON r.oid = relowner"
        f" WHERE {TABLES}"
    )
    assert owner != connection.settings_dict["USER"]
    assert not special


def test_no_function_of_the_product_runs_with_its_owner_s_rights() -> None:
    assert (
        rows(
            "SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        == []
    )


def test_each_table_is_there_to_work_with_and_history_to_be_added_to() -> None:
    """A new table gets its rights by itself, with the migration that makes it."""
    may = {name: set(privileges) for name, privileges in rows(MAY.format(tables=TABLES))}
    expected = {model._meta.db_table: WORKS for model in apps.get_models(include_auto_created=True)}
    expected |= {name: {"SELECT", "INSERT"} for name in HISTORY}
    expected["django_migrations"] = {"SELECT"}
    assert may == expected
    assert set(grants.history_tables()) == HISTORY


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE bookings_booking DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE bookings_booking NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY {policy} ON bookings_booking",
        "CREATE POLICY everybody ON bookings_booking USING (true)",
        "ALTER TABLE tenancy_change DISABLE TRIGGER ALL",
        "ALTER TABLE finance_invoice DISABLE TRIGGER invoice_is_final",
        "ALTER TABLE bookings_booking DISABLE TRIGGER record_change",
        "DROP TRIGGER record_change ON bookings_booking",
        "CREATE OR REPLACE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "DROP TABLE finance_payment CASCADE",
        "CREATE TABLE another (id int)",
        "DROP SCHEMA public CASCADE",
        "SET ROLE {owner}",
        "GRANT {owner} TO CURRENT_USER",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO CURRENT_USER",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('bookings', '9999', now())",
        "SELECT setval(pg_get_serial_sequence('finance_invoice', 'id'), 1)",
    ],
)
def test_it_can_switch_nothing_off(statement: str) -> None:
    [(policy,)] = rows("SELECT policyname FROM pg_policies WHERE tablename = 'bookings_booking'")
    [(owner,)] = rows("SELECT tableowner FROM pg_tables WHERE tablename = 'bookings_booking'")
    assert refused(statement.format(policy=policy, owner=owner))


@pytest.mark.parametrize("table", sorted(HISTORY))
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id",
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
        "SELECT * FROM {table} FOR UPDATE",
        "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id",
        "MERGE INTO {table} a USING {table} b ON a.id = b.id WHEN MATCHED THEN DELETE",
    ],
)
def test_history_can_be_added_to_and_never_rewritten(
    world: World, table: str, statement: str
) -> None:
    assert Change.objects.exists()
    assert refused(statement.format(table=table))


@pytest.mark.parametrize(
    "table", sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))
)
def test_no_table_can_be_emptied(table: str) -> None:
    assert refused(f'TRUNCATE "{table}" CASCADE')
