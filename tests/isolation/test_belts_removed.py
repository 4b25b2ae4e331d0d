"""Each belt is taken off in turn, and the tests that are there for it fail: they can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scopes_disabled

from partnerships.middleware import PartnershipMiddleware
from tests.house import test_models
from tests.isolation import test_belts, test_every_address
from tests.isolation.conftest import Island
from tests.isolation.test_belts import without_policies
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_url_belt(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Whatever the address says, the site is Harbour's."""
    monkeypatch.setattr(
        PartnershipMiddleware,
        "find",
        staticmethod(lambda request: (world.harbour.partnership, prefix_of(request.path_info))),
    )


def prefix_of(path: str) -> str:
    """The first part of an address, where it names one of the two."""
    first = path.split("/")[1]
    return f"/{first}/" if first in {"harbour", "moorland"} else "/"


def fails(check: Callable[..., None], *given: Any) -> None:
    """The test notices."""
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(*given)


def test_without_the_url_belt_a_stranger_finds_pages(no_url_belt: None, island: Island) -> None:
    fails(
        test_every_address.test_a_member_of_another_partnership_finds_no_page_that_is_not_public,
        island,
        "practitioner",
    )


def test_without_the_url_belt_any_address_has_tenant_pages(no_url_belt: None, world: World) -> None:
    fails(
        test_belts.test_url_belt_an_address_without_a_partnership_has_no_tenant_pages,
        world,
    )


def test_without_scoped_managers(world: World) -> None:
    with scopes_disabled():
        fails(test_belts.test_orm_belt_holds_alone_when_policies_are_off, world)


@pytest.mark.parametrize(
    "check",
    [
        test_belts.test_postgres_belt_holds_alone_when_scopes_are_off,
        test_belts.test_postgres_belt_shows_no_rows_when_nobody_said_which_partnership,
    ],
)
def test_without_policies(check: Callable[[World], None], world: World) -> None:
    assert world.moorland.school
    with without_policies("partnerships_agency"):
        fails(check, world)


def test_a_table_without_a_policy_fails_the_build(world: World) -> None:
    with without_policies("partnerships_agency"):
        fails(
            test_models.test_every_table_with_a_partnership_has_a_forced_policy_for_reading_and_writing
        )
