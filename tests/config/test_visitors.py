"""Visitors' pages are drawn once, and never out of date."""

from __future__ import annotations

import time
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from config import visitors
from courses.models import Course
from partnerships.models import Partnership
from tenancy import activate
from tests import world as make
from tests.world import Browser, page_as

pytestmark = pytest.mark.django_db(transaction=True)
DRAWN: list[str] = []


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses whose page was really drawn."""
    DRAWN.clear()
    asked = visitors.is_shared

    def noted(request: Any, response: Any) -> bool:
        DRAWN.append(request.path)
        return asked(request, response)

    monkeypatch.setattr(visitors, "is_shared", noted)
    return DRAWN


@pytest.fixture
def harbour() -> Partnership:
    return offering("harbour", "Recognising neglect")


def offering(slug: str, title: str) -> Partnership:
    """A partnership with one course."""
    made = make.partnership(slug=slug)
    with activate(made):
        make.course(slug="one", title=title)
    return made


def test_the_second_visitor_gets_the_page_of_the_first(
    harbour: Partnership, client: Browser, drawn: list[str]
) -> None:
    first, second = (client.get("/harbour/courses/") for _ in range(2))
    assert first.content == second.content
    assert first.headers == second.headers
    assert "default-src 'self'" in second["Content-Security-Policy"]
    assert drawn == ["/harbour/courses/"]


def test_a_change_is_seen_at_once(harbour: Partnership, client: Browser) -> None:
    client.get("/harbour/courses/")
    with activate(harbour):
        Course.objects.update(title="Talking about neglect")
    assert b"Talking about neglect" in client.get("/harbour/courses/").content


def test_a_change_of_the_partnership_itself_is_seen_too(
    harbour: Partnership, client: Browser
) -> None:
    client.get("/harbour/courses/")
    with activate(harbour):
        harbour.short_name = "Port"
        harbour.save()
    assert b"Port" in client.get("/harbour/courses/").content


def test_nothing_is_kept_while_somebody_writes(
    harbour: Partnership, client: Browser, drawn: list[str]
) -> None:
    """A later number must not cover an earlier one that is committed after it."""
    early = Writer(harbour, "Early")
    early.write()
    with activate(harbour):
        make.person()  # a higher number, and committed first
    assert b"Early" not in client.get("/harbour/courses/").content
    early.commit()
    assert b"Early" in client.get("/harbour/courses/").content
    assert len(drawn) == 2  # the first was not kept


def test_signed_in_people_and_those_with_a_cookie_have_their_own_pages(
    harbour: Partnership, client: Browser, drawn: list[str]
) -> None:
    with activate(harbour):
        person = make.person()
    client.get("/harbour/courses/")
    assert b"Sign out" in page_as(person).get("/harbour/courses/").content
    with_cookie = Browser()
    with_cookie.cookies["anything"] = "at all"
    with_cookie.get("/harbour/courses/")
    assert b"Sign in" in client.get("/harbour/courses/").content
    assert drawn == ["/harbour/courses/"]


def test_every_partnership_and_every_query_has_its_own_page(
    harbour: Partnership, client: Browser
) -> None:
    offering("moorland", "Leading well")
    pages = [
        client.get(path).content
        for path in ("/harbour/courses/", "/moorland/courses/", "/harbour/courses/?q=nothing+fits")
        for _ in range(2)
    ]
    assert pages[0] == pages[1] != pages[2] == pages[3]
    assert b"Leading well" in pages[2]
    assert b"Recognising neglect" not in pages[4]


@pytest.mark.parametrize("path", ["accounts/login/", "courses/unknown/", "theme.css"])
def test_other_answers_are_not_kept(harbour: Partnership, path: str) -> None:
    for _ in range(2):
        Browser().get(f"/harbour/{path}")
    assert [f"/harbour/{path}"] * 2 == DRAWN


def test_a_page_is_drawn_anew_after_a_minute(
    harbour: Partnership, client: Browser, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/harbour/courses/")
    now = time.monotonic()
    monkeypatch.setattr(visitors.time, "monotonic", lambda: now + visitors.GOOD_FOR_SECONDS + 1)
    client.get("/harbour/courses/")
    assert len(drawn) == 2


def test_the_shelf_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "KEPT", 2)
    shelf = visitors.Shelf()
    keys = [(1, "host", str(number)) for number in range(3)]
    for key in keys:
        shelf.put(key, 1, visitors.HttpResponse(key[2]))
    assert [shelf.take(key, 1) is None for key in keys] == [True, False, False]


class Writer(Thread):
    """Someone in the middle of a transaction."""

    def __init__(self, partnership: Partnership, title: str) -> None:
        super().__init__()
        self.partnership, self.title = partnership, title
        self.written, self.may_commit = Signal(), Signal()

    def run(self) -> None:
        try:
            with activate(self.partnership):
                make.course(slug=self.title.lower(), title=self.title)
                self.written.set()
                self.may_commit.wait(30)
        finally:
            connection.close()

    def write(self) -> None:
        self.start()
        assert self.written.wait(30)

    def commit(self) -> None:
        self.may_commit.set()
        self.join(30)
