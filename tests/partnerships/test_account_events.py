"""Failed sign-ins and account changes: seen by the person, and by the administrator for members only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.models import AccountEvent, AccountEventKind, Membership, User
from tests import world as make
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db


def happened(
    who: Membership | User, kind: AccountEventKind, times: int = 1, days_ago: float = 0
) -> None:
    user = who.user if isinstance(who, Membership) else who
    at = timezone.now() - timedelta(days=days_ago)
    for _ in range(times):
        AccountEvent.objects.create(
            user=user, kind=kind, at=at, network_address="198.51.100.7", browser="A browser"
        )


def page_of(who: Membership, name: str = "account_events", query: str = "") -> str:
    return page_as(who).get(reverse(name) + query).content.decode()


def test_the_administrator_sees_those_of_members_and_of_nobody_else(world: World) -> None:
    outsider = make.user(full_name="Out Sider")
    happened(world.harbour.practitioner, AccountEventKind.WRONG_PASSWORD)
    happened(world.moorland.practitioner, AccountEventKind.WRONG_PASSWORD)
    happened(outsider, AccountEventKind.WRONG_PASSWORD)
    page = page_of(world.harbour.administrator)
    assert "Piet Harbour" in page
    assert "Wrong password" in page
    assert "198.51.100.7" in page
    assert "Piet Moorland" not in page
    assert "Out Sider" not in page


def test_those_whose_access_ended_are_seen_no_longer(world: World) -> None:
    happened(world.harbour.practitioner, AccountEventKind.WRONG_PASSWORD, times=30)
    Membership.objects.filter(pk=world.harbour.practitioner.pk).update(is_active=False)
    assert "Piet Harbour" not in page_of(world.harbour.administrator)
    assert "many failed sign-ins" not in page_of(world.harbour.administrator, "manage")


@pytest.mark.parametrize("part", ["coordinator", "finance", "agency_lead", "practitioner"])
def test_nobody_else_sees_them(world: World, part: str) -> None:
    answer = page_as(world.harbour.cast[part]).get(reverse("account_events"))
    assert answer.status_code == 403


def test_they_are_filtered_by_person_and_by_failure(world: World) -> None:
    happened(world.harbour.practitioner, AccountEventKind.SIGNED_IN)
    happened(world.harbour.colleague, AccountEventKind.WRONG_CODE)
    admin = world.harbour.administrator
    assert "Coll Harbour" not in page_of(admin, query="?q=piet")
    failures = page_of(admin, query="?failures=on")
    assert "Coll Harbour" in failures
    assert "Piet Harbour" not in failures
    assert "No entries match all these filters" in page_of(admin, query="?q=nobody-of-this-name")


def test_the_page_asks_the_same_number_of_questions_whatever_happened(
    world: World, django_assert_max_num_queries: object
) -> None:
    for who in world.harbour.cast.values():
        happened(who, AccountEventKind.SIGNED_IN, times=6)
    page, address = page_as(world.harbour.administrator), reverse("account_events")
    page.get(address)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page.get(address)


def test_the_person_sees_their_own_and_what_to_do(world: World) -> None:
    happened(world.harbour.practitioner, AccountEventKind.PASSWORD_RESET)
    happened(world.harbour.colleague, AccountEventKind.WRONG_PASSWORD)
    page = page_of(world.harbour.practitioner, "own_events")
    assert "New password set using an emailed link" in page
    assert "Wrong password" not in page
    assert reverse("account_change_password") in page
    assert reverse("own_events") in page_of(world.harbour.practitioner, "account")


def test_somebody_signed_out_sees_nothing(world: World) -> None:
    assert Browser().get(reverse("own_events")).status_code == 302


@pytest.mark.parametrize(
    ("times", "days_ago", "told"), [(10, 0.5, True), (9, 0.5, False), (20, 2, False)]
)
def test_many_failures_in_a_day_are_what_needs_attention(
    world: World, times: int, days_ago: float, told: bool
) -> None:
    happened(world.harbour.practitioner, AccountEventKind.WRONG_PASSWORD, times, days_ago)
    sentence = "1 person with many failed sign-ins since yesterday"
    assert (sentence in page_of(world.harbour.administrator, "manage")) is told
    assert sentence not in page_of(world.harbour.coordinator, "manage")
