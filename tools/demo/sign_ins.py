"""Who signs in with what: one password for all invented people, and the table that ``make run`` prints."""

from __future__ import annotations

import os
import secrets
import string
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from partnerships.models import Partnership, User
from tools.demo.reader import SLUGS, people_of

SIGN_INS = 10  # the first people of each file
ALPHABET = string.ascii_lowercase + string.digits


def password_file() -> Path:
    """Where a password of our own making is kept, for the next start to print the same."""
    return Path(settings.VAR_DIR) / "demo-password"


def demo_password() -> str:
    """DEMO_PASSWORD, else the one that was made before, else a new one that only this user can read."""
    given = os.environ.get("DEMO_PASSWORD", "").strip()
    if given:
        return given
    file = password_file()
    if file.exists():
        return file.read_text(encoding="utf-8").strip()
    made = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(made + "\n")
    return made


def encoded_password(password: str) -> str:
    """Hashed once for everybody: hashing is slow on purpose. An account made before keeps its hash."""
    first = User.objects.filter(email=f"practitioner@{SLUGS[0]}.example.org").first()
    if first is not None and check_password(password, first.password):
        return first.password
    return make_password(password)


def is_loaded(slug: str) -> bool:
    """Whether the partnership is there; it is never half there."""
    return Partnership.objects.filter(slug=slug).exists()


def keep_password(password: str) -> bool:
    """Give the invented people the password that is going to be printed, if theirs is another."""
    emails = [row["email"] for slug in SLUGS for row in people_of(slug)]
    people = User.objects.filter(email__in=emails)
    first = people.order_by("pk").first()
    if first is None or check_password(password, first.password):
        return False
    people.update(password=make_password(password))
    return True


def table(password: str) -> Iterator[str]:
    """The sign-ins of every demonstration partnership that is loaded, line by line."""
    loaded = set(Partnership.objects.filter(is_demo=True).values_list("slug", flat=True))
    width = max(len(slug) for slug in SLUGS) + 32
    yield ""
    for slug in SLUGS:
        if slug not in loaded:
            continue
        yield f"/{slug}/"
        for row in people_of(slug)[:SIGN_INS]:
            yield f"  {row['email']:<{width}}{password}"
    yield ""
    yield f"One password for all: {password}   (the demonstration does not ask for a second factor)"
