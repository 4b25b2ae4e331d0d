"""Guessing passwords and flooding the sign-up page is slowed down, and no one is kept out by someone else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.urls import reverse

from config.settings import base
from tests.accounts.mails import link_in, mails_to
from tests.plugins.services import numbered
from tests.world import PASSWORD, Browser, World

pytestmark = pytest.mark.django_db

WRONG = "wrong-password-1"
REFUSED = "The wrong password was entered too many times"
PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> Iterator[None]:
    """The limits of every real site, behind one proxy; the suite has them off elsewhere."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    yield
    cache.clear()


def guess(
    client: Browser,
    email: str,
    password: str = WRONG,
    *,
    place: str = "/harbour",
    seen_at: str = "",
) -> str:
    """Try a password from a network address, as the proxy sees it; empty where it let the person in."""
    address = seen_at or "192.0.2.1"
    answer = client.post(
        f"{place}/accounts/login/",
        {"login": email, "password": password},
        HTTP_X_FORWARDED_FOR=f"203.0.113.99, {address}",
        REMOTE_ADDR=PROXY,
    )
    return "" if answer.status_code == 302 else answer.content.decode()


def from_many_addresses(email: str, tries: int) -> None:
    """An attacker with as many addresses as it takes, each used a few times."""
    for number in range(tries):
        guess(Browser(), email, seen_at=f"198.51.100.{number // 4}")


def test_after_five_wrong_passwords_the_right_one_has_to_wait(
    world: World, client: Browser
) -> None:
    email = world.harbour.practitioner.user.email
    for _ in range(5):
        assert "not correct" in guess(client, email)
    assert REFUSED in guess(client, email, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_the_count_is_the_same_in_every_partnership(world: World, client: Browser) -> None:
    """Otherwise each partnership would give five more guesses at the same password."""
    email = world.harbour.practitioner.user.email
    towns = world.harbour, world.moorland
    for attempt in range(5):
        slug = towns[attempt % 2].partnership.slug
        guess(client, email, place=f"/{slug}")
    assert REFUSED in guess(client, email, PASSWORD)


def test_another_address_of_the_same_person_gives_no_more_guesses(
    world: World, client: Browser
) -> None:
    user = world.harbour.practitioner.user
    user.emailaddress_set.create(email="second@example.org", verified=True)
    for email in [user.email] * 3 + ["second@example.org"] * 2:
        assert "not correct" in guess(client, email)
    assert REFUSED in guess(client, "second@example.org", PASSWORD)


def test_another_persons_failures_do_not_lock_me_out(world: World, client: Browser) -> None:
    for _ in range(5):
        guess(client, world.harbour.practitioner.user.email)
    assert guess(Browser(), world.harbour.colleague.user.email, PASSWORD) == ""


def test_behind_a_proxy_twelve_wrong_passwords_lock_nobody_else_out(world: World) -> None:
    """All requests come from the proxy; who asks is what the proxy adds to the header."""
    for _ in range(12):
        guess(Browser(), "nobody@example.org", seen_at="198.51.100.7")
    assert guess(Browser(), world.harbour.colleague.user.email, PASSWORD) == ""


def test_what_the_visitor_writes_into_the_header_counts_for_nothing(world: World) -> None:
    email = world.harbour.practitioner.user.email
    for number in range(5):
        Browser().post(
            reverse("account_login"),
            {"login": email, "password": WRONG},
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.7",
            REMOTE_ADDR=PROXY,
        )
    assert REFUSED in guess(Browser(), email, PASSWORD, seen_at="198.51.100.7")


def test_who_guesses_from_elsewhere_does_not_keep_the_owner_out(world: World) -> None:
    email = world.harbour.practitioner.user.email
    for _ in range(20):
        guess(Browser(), email, seen_at="198.51.100.7")
    assert guess(Browser(), email, PASSWORD, seen_at="192.0.2.50") == ""


def test_a_hundred_guesses_an_hour_at_one_account_are_all_there_are(world: World) -> None:
    email = world.harbour.practitioner.user.email
    from_many_addresses(email, 100)
    assert REFUSED in guess(Browser(), email, PASSWORD, seen_at="192.0.2.50")


@pytest.fixture
def few(settings: Any) -> None:
    """Ten guesses anywhere instead of a hundred, so that a test need not make them all."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS | {"password_account": "10/h/key"}  # type: ignore[operator]


@pytest.mark.usefixtures("few")
def test_even_then_the_owner_signs_in_where_they_signed_in_before(world: World) -> None:
    email = world.harbour.practitioner.user.email
    own = Browser()
    assert guess(own, email, PASSWORD) == ""
    own.post(reverse("account_logout"))
    from_many_addresses(email, 11)
    assert "not correct" in guess(own, email), "and may mistype"
    assert guess(own, email, PASSWORD) == ""


@pytest.mark.usefixtures("few")
def test_even_then_the_owner_gets_in_anywhere_by_the_mailed_link(world: World) -> None:
    email = world.harbour.practitioner.user.email
    from_many_addresses(email, 11)
    new = Browser()
    assert REFUSED in guess(new, email, PASSWORD, seen_at="192.0.2.50")
    new.post(reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=PROXY)
    form = new.get(link_in(mails_to(email)[-1]), follow=True)
    chosen = "quite-another-secret-2"
    new.post(form.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    assert guess(new, email, chosen, seen_at="192.0.2.50") == ""


def test_a_mark_is_good_for_its_own_account_only(world: World) -> None:
    own = Browser()
    guess(own, world.harbour.practitioner.user.email, PASSWORD)
    own.post(reverse("account_logout"))
    victim = world.harbour.colleague.user.email
    for _ in range(5):
        guess(own, victim, seen_at="198.51.100.7")
    assert REFUSED in guess(own, victim, seen_at="198.51.100.7")


def test_a_known_browser_is_no_way_to_guess_without_end(world: World) -> None:
    email = world.harbour.practitioner.user.email
    own = Browser()
    guess(own, email, PASSWORD)
    own.post(reverse("account_logout"))
    for _ in range(10):
        assert "not correct" in guess(own, email)
    assert REFUSED in guess(own, email, PASSWORD)


def test_the_mark_goes_to_the_account_pages_only_and_no_script_reads_it(world: World) -> None:
    own = Browser()
    guess(own, world.harbour.practitioner.user.email, PASSWORD)
    cookie = own.cookies["known_browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/harbour/accounts/",
        True,
        "Lax",
    )


def test_signing_in_rightly_uses_nothing_up(world: World) -> None:
    email = world.harbour.practitioner.user.email
    for _ in range(12):
        assert guess(Browser(), email, PASSWORD) == ""


def test_signing_up_many_times_a_minute_is_refused_in_words(world: World, client: Browser) -> None:
    answers = [client.post(reverse("account_signup"), {"email": "x"}) for _ in range(21)]
    assert {answer.status_code for answer in answers[:20]} == {200}
    assert answers[20].status_code == 429
    assert "Too many attempts" in answers[20].content.decode()


@pytest.mark.broker
def test_all_processes_of_a_site_count_together_in_redis(
    world: World, settings: Any, redis_url: str
) -> None:
    location = numbered(redis_url, 5)
    redis.Redis.from_url(location).flushdb()
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": location,
            "KEY_FUNCTION": "config.cache.partnership_key",
        }
    }
    guess(Browser(), world.harbour.practitioner.user.email)
    keys = [key.decode() for key in redis.Redis.from_url(location).keys("*password*")]
    actions = {key.split(":")[6] for key in keys}
    assert actions == {"password_account_and_network", "password_network", "password_account"}
    assert {key.split(":")[2] for key in keys} == {"platform"}, "the same in every partnership"
