"""People are found by name, however it is typed, wherever names are searched."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from bookings.terms.register import people_matching
from partnerships.models import Membership, spelt
from tests.world import World, event, page_as

pytestmark = pytest.mark.django_db

CASES = [
    ("Zoë Brontë", "zoe"),
    ("Zoë Brontë", "bronte zo"),
    ("Zoë Brontë", "ZOË"),
    ("Zoe\u0308 Lane", "Zoë"),
    ("Siobhán O’Brien", "O'Brien"),
    ("Siobhán O’Brien", "obrien siobhan"),
    ("Siobhan O'Brien", "o’brien"),
    ("Łukasz Żak", "lukasz zak"),
]


def named(who: Membership, name: str) -> Membership:
    who.user.full_name = name
    who.user.save()
    return who


@pytest.mark.parametrize(("name", "typed"), CASES)
def test_accents_and_apostrophes_make_no_difference(world: World, name: str, typed: str) -> None:
    who = named(world.harbour.practitioner, name)
    found = Membership.objects.filter(spelt(typed, "user__full_name"))
    assert list(found) == [who]


@pytest.mark.parametrize("typed", ["100%", "_", "\\", "zoe lane"])
def test_signs_are_signs(world: World, typed: str) -> None:
    named(world.harbour.practitioner, "Zoë Brontë")
    assert not Membership.objects.filter(spelt(typed, "user__full_name")).exists()


@pytest.mark.parametrize(
    ("who", "page", "query"),
    [
        ("administrator", "admin:partnerships_membership_changelist", "q"),
        ("coordinator", "admin:partnerships_employment_changelist", "q"),
        ("agency_lead", "agency", "q"),
        ("coordinator", "book_for", "q"),
        ("coordinator", "walk_in", "name"),
    ],
)
def test_every_search_for_people_finds_zoe(world: World, who: str, page: str, query: str) -> None:
    named(world.harbour.practitioner, "Zoë Brontë")
    args = [event().reference] if page in {"book_for", "walk_in"} else []
    answer = page_as(getattr(world.harbour, who)).get(reverse(page, args=args), {query: "zoe"})
    assert answer.status_code == 200
    assert "Zoë Brontë" in answer.content.decode()


def test_a_walk_in_is_found(world: World) -> None:
    named(world.harbour.practitioner, "Zoë Brontë")
    run = event()
    found: list[Any] = people_matching("zoe", run, run.starts_at.date())
    assert [one.membership for one in found] == [world.harbour.practitioner]


def test_names_have_an_index(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'user_by_plain_name'")
        assert "gin_trgm_ops" in cursor.fetchone()[0]
