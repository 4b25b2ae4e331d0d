"""Guessing passwords and flooding the sign-up page is slowed down."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from config.settings import base
from tests.world import PASSWORD, Browser, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings: Any) -> Iterator[None]:
    """The limits of every real site; the suite has them off elsewhere."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    yield
    cache.clear()


def guess(client: Browser, email: str, password: str, place: str = "/harbour") -> str:
    answer = client.post(f"{place}/accounts/login/", {"login": email, "password": password})
    return answer.content.decode()


def test_after_five_wrong_passwords_the_right_one_has_to_wait(
    world: World, client: Browser
) -> None:
    email = world.harbour.practitioner.user.email
    for _ in range(5):
        assert "not correct" in guess(client, email, "wrong-password-1")
    assert "Too many failed login attempts" in guess(client, email, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_the_count_is_the_same_in_every_partnership(world: World, client: Browser) -> None:
    """Otherwise each partnership would give five more guesses at the same password."""
    email = world.harbour.practitioner.user.email
    towns = world.harbour, world.moorland
    for attempt in range(5):
        slug = towns[attempt % 2].partnership.slug
        guess(client, email, "wrong-password-1", f"/{slug}")
    assert "Too many failed login attempts" in guess(client, email, PASSWORD)


def test_another_persons_failures_do_not_lock_me_out(world: World, client: Browser) -> None:
    for _ in range(5):
        guess(client, world.harbour.practitioner.user.email, "wrong-password-1")
    answer = Browser().post(
        reverse("account_login"),
        {"login": world.harbour.colleague.user.email, "password": PASSWORD},
    )
    assert answer.status_code == 302


def test_signing_up_many_times_a_minute_is_refused_in_words(world: World, client: Browser) -> None:
    answers = [client.post(reverse("account_signup"), {"email": "x"}) for _ in range(21)]
    assert {answer.status_code for answer in answers[:20]} == {200}
    assert answers[20].status_code == 429
    assert "Too many attempts" in answers[20].content.decode()
