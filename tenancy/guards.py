"""Triggers that make the database refuse what must never happen to a row, from any program or person.

django-pgtrigger's own triggers can be skipped by any session (``SET pgtrigger.ignore = ...``). For records of money
and for history that is a hole: these triggers ignore that setting. What switches them off is the
table owner's ``ALTER TABLE``, which the application must not be able to run.

Their functions look tables up in the public schema first, so that a temporary table of the same name fools no one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pgtrigger
from django.db.migrations import RunSQL, SeparateDatabaseAndState
from pgtrigger.compiler import Trigger as CompiledTrigger
from pgtrigger.compiler import UpsertTriggerSql
from pgtrigger.migrations import AddTrigger


class GuardSql(UpsertTriggerSql):
    """What migrations install. Migrations name this class, so what it writes for them must stay valid."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER
            LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE FUNCTION {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Guard(pgtrigger.Trigger):
    """A trigger that no session can skip."""

    when = pgtrigger.Before

    def compile(self, model: Any) -> CompiledTrigger:
        sql: Any = super().compile(model).sql
        named = {key: value for key, value in sql.kwargs.items() if key != "ignore_func_name"}
        return CompiledTrigger(name=self.name, sql=GuardSql(**named))


class Refuse(Guard):
    """Refuses an operation with a sentence; with a ``condition``, only on the rows that it picks."""

    def __init__(self, *, sentence: str, **named: Any) -> None:
        self.sentence = sentence
        super().__init__(**named)

    def get_func(self, model: Any) -> str:
        return f"RAISE EXCEPTION '{self.sentence}' USING ERRCODE = 'restrict_violation';"


def never_emptied(name: str) -> Refuse:
    """Refuses TRUNCATE, which row triggers do not see, even when it cascades from another table."""
    return Refuse(
        name=name,
        sentence="This table is a record and is never emptied.",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
    )


def final(name: str, what: str, remedy: str) -> list[Refuse]:
    """Rows that stay as they were written: no update, no delete, no truncate."""
    return [
        Refuse(
            name=name,
            sentence=f"{what} cannot be changed or deleted. {remedy}",
            operation=pgtrigger.Update | pgtrigger.Delete,
        ),
        never_emptied(f"{name}_kept"),
    ]


def fixed_since(name: str, column: str, what: str) -> Refuse:
    """A row cannot change once its ``column`` says since when someone relies on it."""
    return Refuse(
        name=name,
        sentence=f"{what} cannot be changed or deleted, because someone relies on it.",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(**{f"old__{column}__isnull": False}),
    )


def add_guards(**guards: Sequence[CompiledTrigger]) -> SeparateDatabaseAndState:
    """The triggers of several models, by model, as one step of a migration.

    A step for each of them would render the whole project's state again, a tenth of a second each time (ADR 0003).
    """
    each = [(model, trigger) for model, triggers in guards.items() for trigger in triggers]
    return SeparateDatabaseAndState(
        database_operations=[
            RunSQL(trigger.install_sql, trigger.uninstall_sql) for _, trigger in each
        ],
        state_operations=[AddTrigger(model_name=model, trigger=trigger) for model, trigger in each],
    )
