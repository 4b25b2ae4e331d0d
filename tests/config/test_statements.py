"""No number of rows is too many for one statement."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection
from django.db.models import Prefetch

from bookings.models import Booking
from config.statements import MOST_PARAMETERS, AnyLengthCursor
from partnerships.models import Agency, ClosureDay, Employment
from tests.world import World

pytestmark = pytest.mark.django_db
MORE = MOST_PARAMETERS + 10


def test_a_list_of_more_ids_than_postgresql_counts_is_looked_up(world: World) -> None:
    school = world.harbour.school.pk
    assert Agency.objects.filter(pk__in=range(school, school + MORE)).count() >= 1
    assert Agency.objects.filter(pk__in=range(10**9, 10**9 + MORE)).count() == 0
    assert Agency.objects.in_bulk([school, *range(10**9, 10**9 + MORE)]).keys() == {school}
    names = [f"100% {n}" for n in range(MORE)]
    assert Agency.objects.filter(name__in=[*names, world.harbour.school.name]).get().pk == school
    changed = Agency.objects.filter(pk__in=[school, *range(10**9, 10**9 + MORE)])
    assert changed.update(postcode="AB1 9ZZ") == 1


def test_more_rows_than_postgresql_counts_values_for_are_made_at_once(world: World) -> None:
    first = date(1950, 1, 1)
    days = [ClosureDay(day=first + timedelta(days=n), name="Closed") for n in range(25_000)]
    ClosureDay.objects.bulk_create(days)
    assert ClosureDay.objects.count() == 25_000


def test_what_is_fetched_along_with_a_long_list_is_fetched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path of prefetching, with a limit that the few rows of a test pass."""
    monkeypatch.setattr("config.statements.MOST_PARAMETERS", 2)
    jobs = Prefetch("employments", Employment.objects.filter(state="confirmed"))
    people = world.harbour.cast.values()
    rows = type(world.harbour.practitioner).objects.prefetch_related(jobs)
    found = rows.filter(pk__in=[who.pk for who in people])
    assert sum(len(who.employments.all()) for who in found) == Employment.objects.count()
    assert not Booking.objects.filter(event__in=range(9)).exists()


def test_every_statement_passes_by_the_cursor_that_knows_the_limit() -> None:
    """A statement with a name of its own, or a cursor of another kind, would not."""
    connection.ensure_connection()
    assert connection.connection.cursor_factory is AnyLengthCursor
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (VALUES (%s)) AS v (n)", [1])
        assert isinstance(cursor.cursor, AnyLengthCursor)
        with pytest.raises(psycopg.OperationalError, match="parameters"):
            psycopg.Cursor(connection.connection).execute(
                f"SELECT {','.join(['%s'] * MORE)}", list(range(MORE))
            )
