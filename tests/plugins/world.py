"""The world as fixtures. Django is imported only when a test asks for it, because the tests of rules do without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.world import Browser, World


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Harbour and Moorland; Harbour is active, so that factories, reports and ``reverse`` work in it."""
    from tenancy import activate
    from tests.world import make_world

    made = make_world()
    with activate(made.harbour.partnership):
        yield made


@pytest.fixture
def client() -> Browser:
    """A browser in which no one is signed in."""
    from tests.world import Browser

    return Browser()


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests in which no one opens a document."""
    from tests.world.money import print_nothing

    print_nothing(monkeypatch)
