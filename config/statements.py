"""Statements of any length: the driver's cursor, for rows by the ten thousand.

PostgreSQL takes 65,535 parameters with a statement. A list of ids, an insertion of many rows or what Django fetches
along with a list has one per value and would fail once a table has grown. So this is handled in the one place that
every statement passes.
"""

from __future__ import annotations

from typing import Any

import psycopg

MOST_PARAMETERS = 65_535  # the protocol counts them in two bytes


class AnyLengthCursor(psycopg.Cursor[Any]):
    """Binds on the server, which keeps the plan. A statement with too many values is sent with them in the text."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> AnyLengthCursor:
        if params is not None and len(params) > MOST_PARAMETERS:
            written = psycopg.ClientCursor(self.connection).mogrify(query, params)
            query, params = written.encode(), None
        super().execute(query, params, **options)
        return self
