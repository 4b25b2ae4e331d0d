"""Reads settings from the environment and says in one sentence what is missing."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import redis
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from config.statements import AnyLengthCursor


def required(name: str, what: str) -> str:
    """A variable that must be set. ``what`` says what it is for."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {what}.")
    return value


def whole_number(name: str, what: str) -> int:
    """A variable that must be set to a number from 0 up."""
    value = required(name, what)
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(
            f"The environment variable {name} must be a whole number: {what}."
        )
    return int(value)


def prepared_statements() -> dict[str, Any]:
    """The driver's options for statements that are planned once, unless the environment says no."""
    if os.environ.get("PREPARED_STATEMENTS", "1") != "1":
        return {}
    return {
        "server_side_binding": True,
        "prepare_threshold": 1,
        "cursor_factory": AnyLengthCursor,
    }


def database(url: str) -> dict[str, Any]:
    """Django's database settings from ``postgresql://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; "
            "Partnership Training runs on PostgreSQL only."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # A connection keeps the plans of its statements, because planning took half of the database's time. So it
        # lives for ten minutes. PgBouncer before 1.21 cannot pass on prepared statements: set PREPARED_STATEMENTS=0.
        "OPTIONS": prepared_statements() | options,
    }


def database_owner(default: str = "") -> dict[str, Any] | None:
    """Who owns the tables and migrates: DATABASE_OWNER_URL. None if the working role does that too."""
    url = os.environ.get("DATABASE_OWNER_URL") or default
    return database(url) if url else None


def broker(url: str) -> str:
    """REDIS_URL in Celery's notation, which differs for a Unix socket."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


def cache(url: str) -> dict[str, dict[str, Any]]:
    """Django's cache in REDIS_URL. A page waits some seconds for a server that is being restarted."""
    lost = (redis.ConnectionError, redis.TimeoutError, OSError)
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_FUNCTION": "config.cache.partnership_key",
            "OPTIONS": {
                "retry": Retry(ConstantBackoff(0.25), retries=20, supported_errors=lost),
                "retry_on_error": list(lost),
            },
        }
    }
