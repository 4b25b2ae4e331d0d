"""What the application's database role may do, once another role owns the tables.

An owner may switch policies off, disable the triggers that guard records, and rewrite history. So the owner only
migrates, and the role that answers requests is given what it needs again after every migration: a new table needs no
thought. History (models with ``is_history``) can be added to and read, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

# Whether the current role owns tables, or can become a role that does.
OWNS_TABLES = """
SELECT EXISTS (
    SELECT 1 FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'MEMBER')
)
"""


def history_tables() -> list[str]:
    """Tables whose rows never change once written."""
    models = apps.get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if getattr(model, "is_history", False))


def statements(role: str) -> Iterator[str]:
    """The rights of a role, starting from none. TRUNCATE, TRIGGER and REFERENCES are never among them."""
    to = connection.ops.quote_name(role)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {to}"
    yield f"GRANT USAGE ON SCHEMA public TO {to}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {to}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {to}"
    names = ", ".join(map(connection.ops.quote_name, history_tables()))
    yield f"REVOKE UPDATE, DELETE ON {names} FROM {to}"


def owns_tables() -> bool:
    """Whether the connection's role could switch off its own restrictions."""
    with connection.cursor() as cursor:
        cursor.execute(OWNS_TABLES)
        return bool(cursor.fetchone()[0])
