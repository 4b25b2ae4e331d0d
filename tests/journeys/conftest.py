"""A site for all journeys of a test process, a browser, and the people who sit at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.person import Person, Seen
from tests.journeys.site import Site, running_site
from tests.journeys.towns import APPROVES_BY_LINK, TOWNS, Town
from tools.runner.testing import TEMPLATE_VARIABLE

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--renderer-process-limit=1",  # none is started for a page that may never come
]

NewPerson = Callable[..., Person]


@pytest.fixture(scope="session")
def site(chromium_path: str) -> Iterator[Site]:
    """The site, started when the first journey asks for it."""
    template = os.environ.get(TEMPLATE_VARIABLE)
    if template is None:
        pytest.exit("tests with a database: python -m tools.runner.testing pytest ...", 2)
    with running_site(os.environ["DATABASE_URL"], template) as started:
        yield started


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Closed with the package: while Playwright runs, Django believes that code is asynchronous."""
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def seen() -> Seen:
    return Seen()


# Of the session, so that pytest puts the journeys of a partnership side by side: its data is loaded once.
@pytest.fixture(scope="session", params=TOWNS)
def slug(request: pytest.FixtureRequest, site: Site) -> str:
    """The partnership that the journey is made in, with its demonstration data."""
    chosen: str = request.param
    site.load(chosen)
    return chosen


@pytest.fixture
def town(slug: str) -> Town:
    """What this partnership's people know."""
    return (TOWNS | {APPROVES_BY_LINK.slug: APPROVES_BY_LINK})[slug]


@pytest.fixture
def somebody(browser: Browser, site: Site, slug: str, seen: Seen) -> Iterator[NewPerson]:
    """Gives a person with a browser; ``someone("trainer")`` is signed in as that role."""
    people: list[Person] = []

    def arrive(role: str = "", *, javascript: bool = True) -> Person:
        email = f"{role}@{slug}.example.org" if role else ""
        person = Person(browser, site, slug, seen, javascript=javascript, email=email)
        people.append(person)
        if role:
            person.be_signed_in()
        return person

    yield arrive
    for person in people:
        person.leave()
