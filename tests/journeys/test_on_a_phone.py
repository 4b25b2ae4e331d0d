"""What a narrow screen must not tear apart: scales and addresses."""

from __future__ import annotations

import pytest

from tests.journeys.booking import send_the_booking_form, when_they_open_the_booking_page
from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.person import HEIGHT, PHONE, TOO_WIDE
from tests.journeys.site import Site
from tests.journeys.towns import TOWNS

# How many radios of each question stand in each row.
ROWS = """fieldsets => fieldsets.map(fieldset => {
  const rows = new Map();
  for (const item of fieldset.querySelectorAll(".govuk-radios__item")) {
    const top = Math.round(item.getBoundingClientRect().top);
    rows.set(top, (rows.get(top) ?? 0) + 1);
  }
  return [...rows.values()];
})"""
# How many lines each piece of an address takes: a break is right before its @, or nowhere.
LINES = """links => links.flatMap(link => {
  const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
    found.push([texts.currentNode.data.trim(), lines.size]);
  }
  return found;
})"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", ["southampton"], indirect=True),
]


def test_a_scale_of_ten_stands_in_one_or_two_even_rows(site: Site, somebody: NewPerson) -> None:
    town = TOWNS["southampton"]
    event = given_a_published_event(site, town, "JOURNEY-SCALE", days=47)
    person = somebody("practitioner")
    when_they_open_the_booking_page(person, event)
    send_the_booking_form(person)
    person.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    scales = person.page.locator("main form fieldset:has(.app-scale)")
    rows = [each for each in scales.evaluate_all(ROWS) if sum(each) == 10]
    assert rows
    assert all(each in ([10], [5, 5]) for each in rows), rows


@pytest.mark.parametrize("width", [320, PHONE, 820, 1280])
def test_the_start_page_breaks_no_address(somebody: NewPerson, width: int) -> None:
    person = somebody()
    person.open("/")
    person.page.set_viewport_size({"width": width, "height": HEIGHT})
    assert person.page.evaluate(TOO_WIDE) <= 0
    pieces = person.page.locator("a[href^='mailto:']").evaluate_all(LINES)
    assert ["training", 1] in pieces
    assert [piece for piece, lines in pieces if lines > 1] == []
