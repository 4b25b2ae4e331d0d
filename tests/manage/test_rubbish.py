"""Rubbish in every form, list, filter, action and search of the admin, as finance and as an administrator."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.isolation.everything import one_of_everything
from tests.manage.rubbish import (
    COMMON,
    address,
    controls,
    every_admin,
    fillings,
    turns,
)
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db
NO_IDS = ("9" * 22, str(2**63), "a\x00b", "1e400", "١٢٣")
COMES_IN = ("finance", "administrator")  # between them they see every page


class Tries:
    """One person's requests: how many there were, and which were answered with an error page."""

    def __init__(self, who: Any) -> None:
        self.browser: Browser = page_as(who)
        self.browser.raise_request_exception = False
        self.request = RequestFactory().get("/")
        self.number, self.wrong = 0, list[tuple[str, Any, int]]()

    def get(self, url: str, **query: Any) -> Any:
        return self.note("get", url, query, self.browser.get(url, query))

    def post(self, url: str, data: dict[str, Any]) -> Any:
        return self.note("post", url, data, self.browser.post(url, data))

    def note(self, method: str, url: str, data: dict[str, Any], answer: Any) -> Any:
        self.number += 1
        if answer.status_code >= 500:
            exc = getattr(answer, "exc_info", None)
            short = {key: str(value)[:24] for key, value in list(data.items())[:4]}
            self.wrong.append((f"{method} {url}", short, repr(exc[1])[:120] if exc else 500))
        return answer

    def assert_fine(self, at_least: int) -> None:
        assert not self.wrong
        assert self.number >= at_least, "the walk found too little"


@pytest.fixture(params=COMES_IN)
def tries(request: pytest.FixtureRequest, world: World) -> Tries:
    one_of_everything(world.harbour)
    return Tries(world.harbour.cast[str(request.param)])


def test_every_list_bears_every_filter(tries: Tries) -> None:
    for its_admin in every_admin():
        url = address(its_admin, "changelist")
        if tries.get(url).status_code != 200:
            continue
        names = [*COMMON, *its_admin.lookups_allowed(tries.request)]
        for turn in turns(2):
            for name, value in zip(names, turn, strict=False):
                tries.get(url, **{name: value})
    tries.assert_fine(at_least=100)


def test_every_form_bears_every_value_and_every_number_of_rows(tries: Tries) -> None:
    for its_admin in every_admin():
        row = its_admin.model._default_manager.first()
        urls = [address(its_admin, "add")]
        if row is not None:
            urls.append(address(its_admin, "change", row.pk))
        for url in urls:
            shown = tries.get(url)
            if shown.status_code == 200:
                for data in fillings(shown.content.decode()):
                    tries.post(url, data)
                for turn in turns(2):
                    names = [field.name for field in its_admin.opts.concrete_fields]
                    tries.get(url, **dict(zip(names, turn, strict=False)))
    tries.assert_fine(at_least=30)


def test_every_action_bears_ids_that_are_none(tries: Tries) -> None:
    for its_admin in every_admin():
        url = address(its_admin, "changelist")
        shown = tries.get(url)
        if shown.status_code != 200 or "action" not in controls(shown.content.decode()):
            continue
        for action in [*(its_admin.actions or ()), "delete_selected", "none", "\x00"]:
            for turn in turns(3):
                tries.post(url, {"action": action, "_selected_action": [next(turn), "1"]})
                across = {"action": action, "select_across": next(turn), "index": next(turn)}
                tries.post(url, across)
    tries.assert_fine(at_least=10)


def test_every_search_for_a_choice_bears_every_value(tries: Tries) -> None:
    url = reverse("admin:autocomplete")
    for its_admin in every_admin():
        for field in its_admin.autocomplete_fields or ():
            asked = {
                "app_label": its_admin.opts.app_label,
                "model_name": its_admin.opts.model_name,
                "field_name": field,
                "term": "a",
            }
            for turn in turns(3):
                for name, value in zip([*asked, "page"], turn, strict=False):
                    tries.get(url, **asked | {name: value})
            tries.get(url, **asked | {"term": "a\x00b"})
    tries.assert_fine(at_least=90)


def test_every_row_is_asked_for_by_ids_that_are_none(tries: Tries) -> None:
    for its_admin in every_admin():
        for page in ("change", "history", "delete"):
            for value in NO_IDS:
                tries.get(address(its_admin, page, value))
    tries.assert_fine(at_least=300)
