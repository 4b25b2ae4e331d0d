"""Rules are read once per process for as long as they stand, and never a moment longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.models import PriceRow
from courses.models import Course
from partnerships.models import ClosureDay, Partnership
from partnerships.models.closure import closure_days
from tenancy import activate, rulebook
from tenancy.models import RulebookEdition
from tests import world as make
from tests.world import World, outside, page_as

pytestmark = pytest.mark.django_db(transaction=True)

FAIR, WAKE = date(2027, 5, 3), date(2027, 5, 4)


@pytest.fixture
def harbour() -> Iterator[Partnership]:
    """A partnership with one closure day, open for the length of a test."""
    made = make.partnership(slug="harbour")
    with activate(made):
        ClosureDay.objects.create(day=FAIR, name="Fair")
    with activate(made):
        yield made


def names() -> list[str]:
    """The closure days as a page sees them that goes by the rulebook."""
    with rulebook():
        return [name for _, name in closure_days()]


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_a_rule_is_read_once_for_as_long_as_it_stands(harbour: Partnership) -> None:
    assert queries(names) == 2, "the edition, then the rule"
    assert queries(names) == 1, "the edition"


def test_the_edition_is_asked_for_once_a_page(harbour: Partnership) -> None:
    names()

    def twice() -> None:
        with rulebook():
            closure_days()
            closure_days()

    assert queries(twice) == 1


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda: ClosureDay.objects.create(day=WAKE, name="Wake"), ["Fair", "Wake"]),
        (lambda: ClosureDay.objects.bulk_create([ClosureDay(day=WAKE, name="A")]), ["Fair", "A"]),
        (lambda: ClosureDay.objects.update(name="Feast"), ["Feast"]),
        (lambda: ClosureDay.objects.all().delete(), []),
        (lambda: ClosureDay.objects.get().delete(), []),
    ],
    ids=["added", "added in bulk", "changed", "removed in bulk", "removed"],
)
def test_a_change_is_obeyed_at_once(
    harbour: Partnership, change: Callable[[], object], seen: list[str]
) -> None:
    assert names() == ["Fair"]
    change()
    assert names() == seen


def test_what_was_taken_back_leaves_no_trace(harbour: Partnership) -> None:
    """Someone read the rule with the edition that was then taken back; neither comes again."""
    with transaction.atomic():
        ClosureDay.objects.update(name="Half done")
        assert names() == ["Half done"]
        transaction.set_rollback(True)
    assert names() == ["Fair"]
    ClosureDay.objects.update(name="Feast")
    assert names() == ["Feast"]


def test_outside_a_rulebook_everything_is_read(harbour: Partnership) -> None:
    assert [queries(closure_days) for _ in range(3)] == [1, 1, 1]


def test_without_any_edition_everything_is_read(harbour: Partnership) -> None:
    RulebookEdition.objects.all().delete()
    assert [queries(names) for _ in range(2)] == [2, 2]


def test_each_partnership_has_its_own_rules(harbour: Partnership) -> None:
    assert names() == ["Fair"]
    with activate(make.partnership(slug="moorland")):
        assert names() == []
        ClosureDay.objects.create(day=FAIR, name="Shearing")
        assert names() == ["Shearing"]
    assert names() == ["Fair"]


def test_one_page_may_look_into_two_partnerships(harbour: Partnership) -> None:
    moorland = make.partnership(slug="moorland")
    with rulebook():
        assert len(closure_days()) == 1
        with activate(moorland):
            assert len(closure_days()) == 0
        assert len(closure_days()) == 1


def test_a_rule_counts_from_the_moment_that_it_is_committed() -> None:
    """Who reads while someone writes gets the old rule, and does not keep it for the new edition."""
    made = make.partnership(slug="harbour")
    with activate(made):
        ClosureDay.objects.create(day=FAIR, name="Fair")
    written, may_commit = Signal(), Signal()

    def rename() -> None:
        try:
            with activate(made):
                ClosureDay.objects.update(name="Feast")
                written.set()
                may_commit.wait(30)
        finally:
            connection.close()

    writer = Thread(target=rename)
    writer.start()
    assert written.wait(30)
    with activate(made):
        assert names() == ["Fair"]
    may_commit.set()
    writer.join(30)
    with activate(made):
        assert names() == ["Feast"]


def test_a_statement_that_changes_nothing_outside_a_partnership_is_no_error() -> None:
    """The policies hide every row, so there is no edition to raise either."""
    with outside(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM courses_course")
        assert cursor.rowcount == 0


def test_a_new_price_is_on_the_booking_page_at_once(world: World) -> None:
    event = make.event(course=make.course(), reference="E1")
    page = page_as(world.harbour.practitioner)
    path = reverse("book", args=[event.reference])
    assert "A clause of today" not in page.get(path).content.decode()
    PriceRow.objects.update(clause="A clause of today")
    assert "A clause of today" in page.get(path).content.decode()


def test_a_course_is_a_rule_too(world: World) -> None:
    """What has to come first is told by its title, which may change."""
    first = make.course(title="Recognising neglect")
    event = make.event(course=make.course(), reference="E1")
    event.course.prerequisites.create(requires=first)
    page = page_as(world.harbour.practitioner)
    path = reverse("book", args=[event.reference])
    assert "Recognising neglect" in page.get(path).content.decode()
    Course.objects.filter(pk=first.pk).update(title="Talking about neglect")
    assert "Talking about neglect" in page.get(path).content.decode()
