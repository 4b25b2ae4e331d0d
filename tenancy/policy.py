"""Row-level security and same-partnership foreign keys as model constraints, so that makemigrations writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.backends.ddl_references import Statement, Table

from tenancy.edition import edition_trigger_on
from tenancy.recording import trigger_on

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SETTING = "app.partnership_id"

# NULLIF: a setting that was once set and then reset reads as an empty string, not as NULL.
VISIBLE = f"NULLIF(current_setting('{SETTING}', true), '')::bigint"


class SqlConstraint(models.BaseConstraint):
    """A constraint whose SQL runs once the table exists, whether it comes with CreateModel or later.

    The base class is typed as returning text; Django's own constraints return a Statement, as these do.
    """

    def statements(self, model: type[models.Model]) -> list[str]:
        raise AssertionError("subclasses say what to create")  # pragma: no cover

    def undo(self, model: type[models.Model]) -> list[str]:
        raise AssertionError("subclasses say what to remove")  # pragma: no cover

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        return cast(str, self._statement(model, schema_editor, self.statements))

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        return cast(str, self._statement(model, schema_editor, self.undo))

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        # Inside CREATE TABLE there is no table yet. Policies and unique pairs go first in what is put off, for
        # the composite keys of other tables point to them.
        assert schema_editor is not None
        statement = self._statement(model, schema_editor, self.statements)
        schema_editor.deferred_sql.insert(0, statement)
        return ""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database enforces this one; there is nothing that a form could say about it."""

    @staticmethod
    def _statement(
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
        parts_for: Callable[[type[models.Model]], list[str]],
    ) -> Statement:
        assert model is not None
        assert schema_editor is not None
        sql = "; ".join(parts_for(model)).replace("%", "%%").replace("{table}", "%(table)s")
        return Statement(sql, table=Table(model._meta.db_table, schema_editor.quote_name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.name))


class Island(SqlConstraint):
    """A session of one partnership can see and write only that partnership's rows.

    Forced, so that it also binds the owner of the table. With the policy come the unique pair (partnership, id)
    that same-partnership foreign keys point to, and the trigger that keeps the history. ``history`` is None
    for the history itself, otherwise the columns that it leaves out.
    """

    def __init__(self, *, name: str, history: tuple[str, ...] | None = ()) -> None:
        super().__init__(name=name)
        self.history = None if history is None else tuple(history)

    def statements(self, model: type[models.Model]) -> list[str]:
        own = f"partnership_id = {VISIBLE}"
        parts = [
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {self.name} ON {{table}} USING ({own}) WITH CHECK ({own})",
            f"ALTER TABLE {{table}} ADD CONSTRAINT {self.name} UNIQUE (partnership_id, id)",
        ]
        if self.history is not None:
            parts.append(trigger_on("{table}", self.history))
        return parts

    def undo(self, model: type[models.Model]) -> list[str]:
        return [
            "DROP TRIGGER IF EXISTS record_change ON {table}",
            f"DROP POLICY {self.name} ON {{table}}",
            "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {{table}} DROP CONSTRAINT {self.name} CASCADE",
        ]

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"history": self.history}


class Rule(SqlConstraint):
    """Every statement that writes to the table gives the partnership's rulebook a new edition."""

    def statements(self, model: type[models.Model]) -> list[str]:
        return [edition_trigger_on("{table}")]

    def undo(self, model: type[models.Model]) -> list[str]:
        return ["DROP TRIGGER IF EXISTS new_edition ON {table}"]


class SamePartnership(SqlConstraint):
    """The row that a foreign key names belongs to the same partnership as the row that names it.

    Policies do not protect foreign keys (PostgreSQL checks them with policies off), so the key includes the
    partnership: (partnership_id, x_id) references (partnership_id, id).
    """

    def __init__(self, *, name: str, field: str) -> None:
        super().__init__(name=name)
        self.field = field

    def statements(self, model: type[models.Model]) -> list[str]:
        field = model._meta.get_field(self.field)
        assert isinstance(field, models.ForeignKey)
        target = field.related_model._meta
        return [
            f"ALTER TABLE {{table}} ADD CONSTRAINT {self.name} "
            f"FOREIGN KEY (partnership_id, {field.column}) "
            f'REFERENCES "{target.db_table}" (partnership_id, {target.pk.column}) '
            "DEFERRABLE INITIALLY DEFERRED"
        ]

    def undo(self, model: type[models.Model]) -> list[str]:
        return [f"ALTER TABLE {{table}} DROP CONSTRAINT {self.name}"]

    def create_sql(  # type: ignore[override]
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> None:
        """Deferred to the end of the migration, when the pair that it points to exists."""
        self.constraint_sql(model, schema_editor)

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        assert schema_editor is not None
        schema_editor.deferred_sql.append(self._statement(model, schema_editor, self.statements))
        return ""

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"field": self.field}
