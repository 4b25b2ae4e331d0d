"""Whoever runs the training starts the day at what needs attention, and finds the other pages from there."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewPerson

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", ["southampton"], indirect=True),
]


def test_the_day_starts_with_what_needs_attention(slug: str, somebody: NewPerson) -> None:
    coordinator = somebody("coordinator")
    coordinator.open("/manage/")
    coordinator.sees("What needs attention")
    first = coordinator.page.locator(".app-attention a").first
    assert first.inner_text()[0].isdigit()
    first.click()
    coordinator.open("/manage/")
    pages = coordinator.page.locator("nav[aria-label='Manage training']")
    coordinator.follow("Requests for dates")
    assert pages.locator("[aria-current=page]").inner_text() == "Requests for dates"
    pages.get_by_text("Records").click()
    assert coordinator.page.url.endswith("/manage/records/")


def test_the_list_of_events_leads_to_the_work(slug: str, somebody: NewPerson) -> None:
    coordinator = somebody("coordinator")
    coordinator.open("/manage/events/")
    coordinator.sees("Events to run", "Still needed")
    coordinator.open("/manage/events/?stage=register_open&month=1999-13")
    coordinator.sees("The register is open.")
    coordinator.page.locator("tbody th a").first.click()
    assert coordinator.page.url.endswith("/board/")


def test_people_with_nothing_to_run_have_no_such_page(slug: str, somebody: NewPerson) -> None:
    person = somebody("practitioner")
    person.open("/")
    assert "Manage" not in person.page.locator("header, nav").all_inner_texts()
