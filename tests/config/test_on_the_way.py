"""Signing in, or up, on the way to a booking says what is being booked."""

from __future__ import annotations

import pytest

from govuk.rules.phrases import long_date
from tenancy import activate
from tests.world import Browser, World, course, event, in_days


@pytest.mark.parametrize("page", ["login", "signup"])
def test_it_names_the_event(world: World, page: str) -> None:
    at = event(starts_at=in_days(30), course=course(title="Recognising neglect"))
    browser = Browser()
    sent = browser.get(f"/harbour/events/{at.reference}/book/")
    assert "/accounts/login/?next=" in sent.headers["Location"]
    address = sent.headers["Location"].replace("/login/", f"/{page}/")
    text = browser.get(address).content.decode()
    assert f"to book a place: Recognising neglect, {long_date(at.starts_at.date())}." in text


@pytest.mark.parametrize(
    "target", ["/harbour/my/", "/harbour/events/NONE/book/", "https://example.org/", "\x00", "//["]
)
def test_other_ways_are_not_named(world: World, target: str) -> None:
    page = Browser().get("/harbour/accounts/login/", {"next": target})
    assert page.status_code == 200
    assert "to book a place" not in page.content.decode()


def test_an_event_of_another_partnership_is_not_named(world: World) -> None:
    with activate(world.moorland.partnership):
        at = event(course=course(title="Theirs alone"))
    page = Browser().get(
        "/harbour/accounts/login/", {"next": f"/harbour/events/{at.reference}/book/"}
    )
    assert "Theirs alone" not in page.content.decode()
