"""What every model of a partnership obeys, read from the registry and from the live database."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django_scopes.exceptions import ScopeError

from tenancy import TenantForeignKey, TenantOneToOneField
from tenancy.models import TenantModel

TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]

TENANT_TABLES = """
    SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'partnership_id' AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db
def test_every_table_with_a_partnership_has_a_forced_policy_for_reading_and_writing() -> None:
    """From the catalogue of the live database: a new tenant table without a policy fails here."""
    tables = rows(TENANT_TABLES)
    assert len(tables) >= len(TENANT_MODELS)
    guarded = {
        name
        for name, using, check in rows("SELECT tablename, qual, with_check FROM pg_policies")
        if "app.partnership_id" in (using or "") and "app.partnership_id" in (check or "")
    }
    open_tables = [
        name for _, name, enabled, forced in tables if not (enabled and forced and name in guarded)
    ]
    assert not open_tables


@pytest.mark.django_db
def test_no_table_has_a_second_policy_that_would_widen_the_first() -> None:
    assert not rows("SELECT tablename FROM pg_policies GROUP BY tablename HAVING count(*) > 1")


@pytest.mark.django_db
def test_the_role_of_the_application_obeys_policies() -> None:
    """Superusers and BYPASSRLS roles skip policies: the suite must not run as one."""
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]


@pytest.mark.django_db
def test_every_foreign_key_between_tenant_tables_carries_the_partnership() -> None:
    """Policies do not guard foreign keys, so each key must hold the partnership itself."""
    tenant = {oid for oid, *_ in rows(TENANT_TABLES)}
    keys = rows(
        """
        SELECT k.conname, k.conrelid, k.confrelid, array_agg(a.attname::text)
          FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
         WHERE k.contype = 'f' GROUP BY k.oid, k.conname, k.conrelid, k.confrelid
        """
    )
    loose = [
        name
        for name, table, target, columns in keys
        if table in tenant and target in tenant and "partnership_id" not in columns
    ]
    assert not loose


@pytest.mark.django_db
@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_every_link_of_a_model_is_held_by_a_composite_key(model: type[models.Model]) -> None:
    kept = {
        tuple(columns)
        for (columns,) in rows(
            f"""
            SELECT array_agg(a.attname::text ORDER BY a.attname)
              FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
             WHERE k.contype = 'f' AND k.conrelid = '{model._meta.db_table}'::regclass GROUP BY k.oid
            """
        )
    }
    for field in model._meta.local_fields:
        if not isinstance(field, models.ForeignKey) or field.name == "partnership":
            continue
        if issubclass(field.related_model, TenantModel):
            assert isinstance(field, TenantForeignKey | TenantOneToOneField), field.name
            assert tuple(sorted(["partnership_id", field.column])) in kept, field.name


@pytest.mark.django_db
def test_every_tenant_table_keeps_its_history_but_the_history_itself() -> None:
    kept = {
        name
        for (name,) in rows(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'record_change'"
        )
    }
    tables = {name for _, name, *_ in rows(TENANT_TABLES)}
    assert tables - kept == {"tenancy_change"}


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_a_query_outside_a_partnership_raises(model: type[TenantModel]) -> None:
    with pytest.raises(ScopeError):
        model.objects.count()


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_models_have_no_hidden_link_tables(model: type[models.Model]) -> None:
    """A link table made by Django has no partnership; links between tenant rows are models of their own."""
    assert not model._meta.local_many_to_many
