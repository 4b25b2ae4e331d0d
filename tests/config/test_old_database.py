"""A database whose history of migrations was given up is told apart, not half brought up to date."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection


def test_it_says_what_to_do(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE courses_pricelist (id bigint) ON COMMIT DROP")
    with pytest.raises(CommandError, match="`make clean`"):
        call_command("migrate", verbosity=0)
