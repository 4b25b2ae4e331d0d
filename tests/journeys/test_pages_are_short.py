"""On a phone, what an event is about and the button that books it come first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.site import Site
from tests.journeys.towns import Town

MOST_PIXELS = 2200
BOTTOM = "button => button.getBoundingClientRect().bottom + window.scrollY"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def pixels_until(button: Locator) -> float:
    """How far down the page the button ends, at the width of a phone."""
    pixels: float = button.evaluate(BOTTOM)
    return pixels


def test_the_button_that_books_is_not_far_down(town: Town, site: Site, somebody: NewPerson) -> None:
    event = given_a_published_event(site, town, "JOURNEY-SHORT", days=45)
    person = somebody("practitioner")
    person.open(event.address)
    main = person.page.locator("main")
    assert pixels_until(main.locator(".govuk-button", has_text="Book a place").first) <= MOST_PIXELS
    person.open(f"{event.address}book/")
    assert pixels_until(main.locator("form button[type=submit]").last) <= MOST_PIXELS
