"""What is due now goes out at once, and a broker that is away stops no one."""

from typing import Any

import pytest
from celery import current_app
from django.db import transaction

from outbox import tasks
from outbox.tasks import wake
from tests import world as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def knocks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(tasks, "_arrives", {})
    monkeypatch.setattr(
        current_app, "send_task", lambda name, kwargs, **options: sent.append((name, kwargs))
    )
    return sent


def test_one_knock_a_transaction_and_only_after_it(knocks: list[tuple[str, Any]]) -> None:
    partnership = make.partnership(slug="harbour")
    with transaction.atomic():
        wake(partnership)
        with transaction.atomic():
            wake(partnership)
        assert knocks == []
    assert knocks == [("config.knock_one", {"slug": "harbour"})]


def test_what_was_rolled_back_knocks_at_nobody(knocks: list[tuple[str, Any]]) -> None:
    partnership = make.partnership(slug="harbour")
    with transaction.atomic():
        wake(partnership)
        transaction.set_rollback(True)
    assert knocks == []
    with transaction.atomic():
        with transaction.atomic():
            wake(partnership)
            transaction.set_rollback(True)
        wake(partnership)
    assert len(knocks) == 1


def test_what_is_committed_before_a_knock_begins_shares_it(
    knocks: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty-five bookings a second are two knocks a second, not twenty-five."""
    harbour, moorland = make.partnership(slug="harbour"), make.partnership(slug="moorland")
    seconds = iter([100.0, 100.1, 100.4, 100.6])
    monkeypatch.setattr(tasks.time, "monotonic", lambda: next(seconds))
    for each in (harbour, moorland, harbour, harbour):
        wake(each)
    assert [kwargs["slug"] for _, kwargs in knocks] == ["harbour", "moorland", "harbour"]


def test_a_knock_that_was_not_taken_holds_no_other_back(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def away(*args: Any, **kwargs: Any) -> None:
        tried.append(args)
        raise ConnectionError("nobody there")

    monkeypatch.setattr(tasks, "_arrives", {})
    monkeypatch.setattr(current_app, "send_task", away)
    harbour = make.partnership(slug="harbour")
    wake(harbour)
    wake(harbour)
    assert len(tried) == 2


def test_without_a_broker_the_transaction_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(current_app, "send_task", away)
    with transaction.atomic():
        partnership = make.partnership(slug="harbour")
        wake(partnership)
    partnership.refresh_from_db()
    assert partnership.slug == "harbour"
