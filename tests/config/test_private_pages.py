"""Pages stay in no browser's and no proxy's store, unless they are the same for everyone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import world as make
from tests.isolation.addresses import every_address
from tests.isolation.everything import one_of_everything
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db

PRIVATE = "private, no-store"
# The same for everyone who is not signed in.
SHARED = {"home", "courses", "course", "events", "event"}


def test_no_page_of_somebody_signed_in_is_kept(world: World) -> None:
    values = one_of_everything(world.harbour)
    page = page_as(world.harbour.administrator)
    kept = []
    for address in every_address():
        if not set(address.parameters) <= values.keys() | {"code", "token"}:
            continue
        answer = page.get(f"/harbour/{address.filled(values)}")
        if answer.get("Cache-Control") != PRIVATE and address.name != "theme":
            kept.append((address.pattern, answer.get("Cache-Control")))
    assert kept == []


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_no_account_page_of_a_visitor_is_kept(world: World, name: str) -> None:
    assert Browser().get(reverse(name))["Cache-Control"] == PRIVATE


def test_no_page_behind_a_personal_link_is_kept(world: World) -> None:
    values = one_of_everything(world.harbour)
    token_pages = [each for each in every_address() if each.parameters == ("token",)]
    assert len(token_pages) >= 4
    for address in token_pages:
        answer = Browser().get(f"/harbour/{address.filled(values)}")
        assert (address.name, answer["Cache-Control"]) == (address.name, PRIVATE)


def test_a_redirect_and_a_refusal_are_not_kept_either(world: World) -> None:
    assert Browser().get(reverse("account"))["Cache-Control"] == PRIVATE
    refused = page_as(world.harbour.practitioner).get(reverse("finance"))
    assert (refused.status_code, refused["Cache-Control"]) == (403, PRIVATE)


def test_the_public_catalogue_may_be_kept_as_a_visitor_sees_it(world: World) -> None:
    event = make.event(course=make.course())
    paths = [
        reverse("home"),
        reverse("courses"),
        reverse("course", args=[event.course.slug]),
        reverse("events"),
        reverse("event", args=[event.reference]),
    ]
    for path in paths:
        assert "Cache-Control" not in Browser().get(path)
        assert page_as(world.harbour.practitioner).get(path)["Cache-Control"] == PRIVATE
    assert "public" in Browser().get(reverse("theme"))["Cache-Control"]
