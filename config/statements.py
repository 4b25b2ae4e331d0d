"""Statements of any length: the driver's cursor, for rows by the ten thousand.

PostgreSQL takes 65,535 parameters with a statement. A list of ids, an insertion of many rows or what Django fetches
along with a list has one a value and would fail the day a table has grown; so this is seen to where every statement
passes, not at each of them.
"""

from __future__ import annotations

from typing import Any

import psycopg

MOST_PARAMETERS = 65_535  # the protocol counts them in two bytes


class AnyLengthCursor(psycopg.Cursor[Any]):
    """Binds on the server, which keeps the plan; a statement of more than it counts is sent with its values in it."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> AnyLengthCursor:
        """As the driver's."""
        if params is not None and len(params) > MOST_PARAMETERS:
            written = psycopg.ClientCursor(self.connection).mogrify(query, params)
            query, params = written.encode(), None
        super().execute(query, params, **options)
        return self
