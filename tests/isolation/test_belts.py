"""Every partnership is an island: three belts, each shown to hold by itself, and to be what holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.urls import reverse
from django_scopes import scopes_disabled
from django_scopes.exceptions import ScopeError

from partnerships.models import Agency, Employment, Partnership
from tenancy import activate, active_partnership_id
from tenancy.models import Change
from tenancy.scope import tell_postgres
from tests import world as make
from tests.plugins.flush import as_owner
from tests.world import World, outside, page_as

pytestmark = pytest.mark.django_db


@contextmanager
def without_policies(table: str) -> Iterator[None]:
    """Take the third belt off one table for the length of a block."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # no pending checks may hang on a table we alter
        cursor.execute(as_owner(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(as_owner(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))


def names_without_scope() -> set[str]:
    """Agencies as a query sees them that forgot the partnership: the second belt is off."""
    with scopes_disabled():
        return set(Agency.objects.values_list("partnership__slug", flat=True))


# --- first belt: the address ------------------------------------------------------------------------


def test_url_belt_another_partnerships_reference_is_no_page_here(world: World) -> None:
    with activate(world.moorland.partnership):
        there = make.event(course=make.course())
    here = reverse("event", args=[there.reference])
    assert here.startswith("/harbour/")
    assert page_as(world.harbour.administrator).get(here).status_code == 404


def test_url_belt_a_link_can_only_lead_home(world: World) -> None:
    assert reverse("courses") == "/harbour/courses/"
    with activate(world.moorland.partnership):
        assert reverse("courses") == "/moorland/courses/"
    assert reverse("courses") == "/harbour/courses/"


def test_url_belt_an_address_without_a_partnership_has_no_tenant_pages(world: World) -> None:
    browser = page_as(world.harbour.administrator)
    assert browser.get("/courses/").status_code == 404
    assert browser.get("/nowhere/courses/").status_code == 404


# --- second belt: the managers ----------------------------------------------------------------------


def test_orm_belt_holds_alone_when_policies_are_off(world: World) -> None:
    assert world.moorland.school
    with without_policies("partnerships_agency"):
        assert names_without_scope() == {"harbour", "moorland"}, "the policy is really off"
        assert set(Agency.objects.values_list("partnership__slug", flat=True)) == {"harbour"}


def test_orm_belt_a_query_outside_every_partnership_raises(world: World) -> None:
    with outside(), pytest.raises(ScopeError):
        Agency.objects.first()


# --- third belt: Postgres ---------------------------------------------------------------------------


def test_postgres_belt_holds_alone_when_scopes_are_off(world: World) -> None:
    assert names_without_scope() == {"harbour"}
    with activate(world.moorland.partnership):
        assert names_without_scope() == {"moorland"}
    assert names_without_scope() == {"harbour"}


def test_postgres_belt_shows_no_rows_when_nobody_said_which_partnership(world: World) -> None:
    tell_postgres(None)
    assert names_without_scope() == set()
    tell_postgres(active_partnership_id())


def test_postgres_belt_refuses_to_write_into_another_partnership(world: World) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Agency.objects.create(
            partnership=world.moorland.partnership,
            name="Smuggled",
            reference="smuggled",
        )


def test_postgres_belt_refuses_to_move_a_row_into_another_partnership(world: World) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Agency.objects.filter(pk=world.harbour.school.pk).update(
            partnership=world.moorland.partnership
        )


def test_postgres_belt_refuses_a_foreign_key_into_another_partnership(world: World) -> None:
    """Policies do not guard foreign keys; the composite key does."""
    employment = Employment.objects.filter(membership=world.harbour.practitioner).get()
    employment.agency_id = world.moorland.school.pk
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        employment.save()


# --- the one door -----------------------------------------------------------------------------------


def test_leaving_a_partnership_gives_the_outer_one_back(world: World) -> None:
    with activate(world.moorland.partnership):
        assert active_partnership_id() == world.moorland.partnership.pk
    assert active_partnership_id() == world.harbour.partnership.pk
    assert names_without_scope() == {"harbour"}


def test_an_error_inside_gives_the_outer_partnership_back(world: World) -> None:
    with pytest.raises(ZeroDivisionError), activate(world.moorland.partnership):
        _ = 1 / 0
    assert names_without_scope() == {"harbour"}
    assert reverse("courses") == "/harbour/courses/"


def test_the_history_of_one_partnership_is_hidden_from_another(world: World) -> None:
    with activate(world.moorland.partnership):
        there = Change.objects.of(world.moorland.school).count()
        assert there > 0
    assert Change.objects.of(world.moorland.school).count() == 0


def test_the_partnerships_own_row_keeps_its_history_inside_itself(world: World) -> None:
    partnership = world.harbour.partnership
    Partnership.objects.filter(pk=partnership.pk).update(strapline="Together")
    change = Change.objects.of(partnership).first()
    assert change is not None
    assert (change.before, change.after) == ({"strapline": ""}, {"strapline": "Together"})
