"""A real site starts with everything it needs, or not at all."""

import os
import runpy
import subprocess
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tools.runner import commands
from tools.runner.commands import with_this_python
from tools.runner.console import ROOT

COMPLETE = {
    "SECRET_KEY": "long and random " * 4,
    "ALLOWED_HOSTS": "training.example.org,www.example.org",
    "SITE_URL": "https://training.example.org",
    "DATABASE_URL": "postgresql://partnership_app:secret@127.0.0.1:5432/nowhere",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "DEFAULT_FROM_EMAIL": "training@example.org",
    "EMAIL_HOST": "mail.example.org",
    "TRUSTED_PROXIES": "1",
}


def production(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """The settings as these variables make them."""
    for name in COMPLETE:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_module("config.settings.production")


@pytest.mark.parametrize("missing", COMPLETE)
@pytest.mark.parametrize("how", ["unset", "empty"])
def test_a_missing_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, missing: str, how: str
) -> None:
    given = {name: value for name, value in COMPLETE.items() if name != missing}
    if how == "empty":
        given[missing] = " "
    with pytest.raises(
        ImproperlyConfigured, match=rf"^Set the environment variable {missing}: .+\.$"
    ):
        production(monkeypatch, **given)


def test_a_database_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL only"):
        production(monkeypatch, **COMPLETE | {"DATABASE_URL": "sqlite:///site.db"})


def test_the_number_of_trusted_proxies_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert production(monkeypatch, **COMPLETE)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    for wrong in ("one", "-1", "1.5"):
        with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES must be a whole number"):
            production(monkeypatch, **COMPLETE | {"TRUSTED_PROXIES": wrong})


def test_throttles_are_counted_in_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = production(monkeypatch, **COMPLETE)["CACHES"]["default"]
    assert cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert cache["LOCATION"] == COMPLETE["REDIS_URL"]


def test_a_complete_site_is_closed_where_it_must_be(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = production(monkeypatch, **COMPLETE)
    assert settings["ALLOWED_HOSTS"] == ["training.example.org", "www.example.org"]
    assert not settings["DEBUG"]
    assert not settings["TIME_TRAVEL_ALLOWED"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["CSRF_COOKIE_NAME"].startswith("__Host-")


@pytest.mark.parametrize("command", [commands.web("127.0.0.1:0"), commands.WORKER, commands.BEAT])
def test_no_process_starts_without_its_secret(command: commands.Command) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in COMPLETE}
    environ |= COMPLETE | {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    del environ["SECRET_KEY"]
    done = subprocess.run(
        with_this_python(command),
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "Set the environment variable SECRET_KEY" in done.stderr
