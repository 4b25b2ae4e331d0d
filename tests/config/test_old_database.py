"""A database whose history of migrations was given up is told apart, not half brought up to date."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder


def test_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    applied = MigrationRecorder.applied_migrations

    def with_an_older_one(self: MigrationRecorder) -> dict[tuple[str, str], object]:
        return applied(self) | {("partnerships", "0002_rulebook"): None}

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", with_an_older_one)
    with pytest.raises(CommandError, match="`make clean`"):
        call_command("migrate", verbosity=0)
