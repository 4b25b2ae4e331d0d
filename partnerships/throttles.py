"""How often someone may be wrong about a password.

Guessing is slowed down, but no one can lock someone else out. A browser in which the account was signed in
before has a mark and is counted separately: what others do to the account elsewhere does not affect it. All other
browsers share limits: for the account at one network address, for the network address, for the account anywhere
(100 an hour, OWASP ASVS 2.2.1). If someone uses up the last one, the owner can ask for a new password: setting it with
the emailed link marks the browser. The counts are in the cache, so in production in Redis, for all processes together.
The numbers are in ``ACCOUNT_RATE_LIMITS``.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

MARK = "known_browser"
MARK_LASTS = timedelta(days=180)
APP = "allauth.account"  # whose settings hold the numbers


class Attempt:
    """One attempt at a password: counted before we know whether it is right, and taken back if it was."""

    def __init__(self, request: HttpRequest, email: str) -> None:
        self.request = request
        self.counted: list[Any] = []
        self.limits = limits_for(request, email.strip().lower())

    def count(self) -> bool:
        """Whether the try is within every limit."""
        for action, key in self.limits:
            usage = ratelimit.consume(self.request, app=APP, action=action, key=key)
            if not usage:
                return False
            self.counted.append(usage)
        return True

    def take_back(self) -> None:
        """The password was right."""
        for usage in self.counted:
            usage.rollback()


def limits_for(request: HttpRequest, email: str) -> list[tuple[str, str]]:
    """Which limits an attempt counts against, and for whom; the strictest first."""
    owner = owner_of(email)
    account = email if owner is None else str(owner)
    browser = mark_of(request, owner)
    if browser:
        return [("password_known_browser", f"{account}|{browser}")]
    network = ratelimit.get_ip(request)
    return [
        ("password_account_and_network", f"{account}|{network}"),
        ("password_network", network),
        ("password_account", account),
    ]


def owner_of(email: str) -> int | None:
    """Whose account an address opens, whichever of the person's addresses it is."""
    found = filter_users_by_email(email, prefer_verified=True)
    return found[0].pk if found else None


def mark_of(request: HttpRequest, owner: int | None) -> str:
    """The browser's mark for this account; empty if it has none or another account's."""
    if owner is None:
        return ""
    given = request.session.get(MARK) or request.COOKIES.get(MARK, "")
    try:
        account, browser = signing.loads(given, salt=MARK, max_age=MARK_LASTS)
    except (signing.BadSignature, ValueError):
        return ""
    return browser if account == owner else ""


def new_mark(owner: int) -> str:
    """A mark for a browser whose user has shown that the account is theirs."""
    return signing.dumps([owner, secrets.token_urlsafe(12)], salt=MARK)


def mark_browser(response: HttpResponse, owner: int) -> None:
    """Make the browser remember that the account was signed in here. Sent to the account pages only."""
    response.set_cookie(
        MARK,
        new_mark(owner),
        max_age=MARK_LASTS,
        path=reverse("account_login").removesuffix("login/"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
