"""The list of all events: which it shows, in which order, and what it says of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.rules.states import EventState
from tests.world import World, course, event, in_days, page_as

pytestmark = pytest.mark.django_db


def listed(world: World, **query: str) -> list[Any]:
    answer = page_as(world.harbour.coordinator).get(reverse("manage_events"), query)
    assert answer.status_code == 200
    return [row for row, _, _ in answer.context["rows"]]


def references(world: World, **query: str) -> list[str]:
    return [row.event.reference for row in listed(world, **query)]


@pytest.fixture
def year(world: World) -> World:
    """One event of each stage."""
    now = timezone.now()
    event(reference="LATER", starts_at=in_days(60))
    event(reference="SOON", starts_at=in_days(10))
    event(reference="DRAFT", starts_at=in_days(30), state=EventState.DRAFT)
    event(reference="OPEN", starts_at=now - timedelta(days=3))
    event(reference="CLOSED", starts_at=now - timedelta(days=9), register_closed_at=now)
    event(reference="OFF", starts_at=in_days(20), state=EventState.CANCELLED)
    return world


@pytest.mark.parametrize(
    ("stage", "shown"),
    [
        ("", ["SOON", "DRAFT", "LATER"]),
        ("to_come", ["SOON", "DRAFT", "LATER"]),
        ("draft", ["DRAFT"]),
        ("register_open", ["OPEN"]),
        ("over", ["OPEN", "CLOSED"]),
        ("cancelled", ["OFF"]),
        ("nonsense", ["SOON", "DRAFT", "LATER"]),
    ],
)
def test_each_stage_has_its_events(year: World, stage: str, shown: list[str]) -> None:
    assert references(year, stage=stage) == shown


def test_events_are_found_by_course_and_month(year: World) -> None:
    event(reference="FOUND", course=course(title="Neglect"), starts_at=in_days(90))
    assert references(year, q="neglected") == ["FOUND"]
    month = f"{timezone.localtime(in_days(90)):%Y-%m}"
    assert "FOUND" in references(year, month=month)
    assert "SOON" not in references(year, month=month)


def test_a_draft_without_trainers_says_so(world: World) -> None:
    needy = course(minimum_trainers=2, needs_safeguarding_trainer=False)
    event(course=needy, state=EventState.DRAFT)
    [row] = listed(world)
    assert row.needs == ("Not published yet.", "A session needs 2 trainers; this one has 0.")
    assert row.taken == 0


def test_the_number_of_queries_does_not_grow(
    year: World, django_assert_max_num_queries: Any
) -> None:
    page = page_as(year.harbour.coordinator)
    page.get(reverse("manage_events"))
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(12) as asked:
            page.get(reverse("manage_events"))
        counts.append(len(asked))
        for day in range(15):
            event(starts_at=in_days(11 + day))
    assert counts[0] == counts[1]


def test_only_those_who_run_training_see_it(world: World) -> None:
    for role, status in (("coordinator", 200), ("finance", 403), ("practitioner", 403)):
        answer = page_as(world.harbour.cast[role]).get(reverse("manage_events"))
        assert answer.status_code == status, role
