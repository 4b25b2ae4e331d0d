"""What is put off until the commit still happens inside the partnership it was put off in."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from outbox.tasks import Knock
from partnerships.models import Agency
from tenancy import activate, active_partnership_id
from tests import world as make

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hook_reads_rows_and_makes_addresses_of_its_partnership() -> None:
    seen: list[object] = []
    with activate(make.partnership(slug="harbour")):
        make.agency(name="Harbour School")
        transaction.on_commit(
            lambda: seen.extend([*Agency.objects.values_list("name", flat=True), reverse("home")])
        )
    assert seen == ["Harbour School", "/harbour/"]
    assert active_partnership_id() is None


def test_each_hook_of_one_transaction_runs_in_its_own_partnership() -> None:
    seen: list[str] = []
    harbour, moorland = make.partnership(slug="harbour"), make.partnership(slug="moorland")
    with activate(harbour):
        with activate(moorland):
            transaction.on_commit(lambda: seen.append(reverse("home")))
        transaction.on_commit(lambda: seen.append(reverse("home")))
    assert seen == ["/moorland/", "/harbour/"]


def test_a_hook_that_was_made_outside_stays_outside() -> None:
    seen: list[int | None] = []
    with transaction.atomic():
        transaction.on_commit(lambda: seen.append(active_partnership_id()))
        with activate(make.partnership(slug="harbour")):
            pass
    assert seen == [None]


def test_a_hook_rolled_back_with_its_savepoint_does_not_run() -> None:
    seen: list[str] = []
    with activate(make.partnership(slug="harbour")):
        with transaction.atomic():
            transaction.on_commit(lambda: seen.append("taken back"))
            transaction.set_rollback(True)
        transaction.on_commit(lambda: seen.append("kept"))
    assert seen == ["kept"]


def test_a_robust_hook_that_fails_is_logged_and_hides_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen: list[str] = []

    def breaks() -> None:
        raise RuntimeError("broken on purpose")

    with activate(make.partnership(slug="harbour")):
        transaction.on_commit(breaks, robust=True)
        transaction.on_commit(lambda: seen.append("next"))
    assert seen == ["next"]
    assert "broken on purpose" in caplog.text


def test_a_knock_needs_no_transaction_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int | None] = []
    monkeypatch.setattr(Knock, "__call__", lambda self: seen.append(active_partnership_id()))
    with activate(make.partnership(slug="harbour")):
        transaction.on_commit(Knock("harbour"))
    assert seen == [None]
