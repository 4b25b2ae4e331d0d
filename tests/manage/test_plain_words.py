"""The admin says what is wrong in the words of the other forms, never in Django's own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django import forms

from tests.isolation.everything import one_of_everything
from tests.manage.rubbish import address, controls, every_admin, fillings
from tests.world import World, page_as

pytestmark = pytest.mark.django_db

LISTS_OF_ERRORS = re.compile(r'<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>', re.DOTALL)
ERROR = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)
PLACEHOLDER = re.compile(r"%\\?\(\w+\\?\)[sd]")


def every_field() -> Iterator[type[forms.Field]]:
    """Django's own classes of form fields."""
    waiting: list[type[forms.Field]] = [forms.Field]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("django."):
            yield kind


def stock_sentences() -> re.Pattern[str]:
    """Whatever Django says by itself about a value that is missing or wrong; its validators begin with “Ensure”."""
    found = {
        PLACEHOLDER.sub(".+", re.escape(str(sentence)))
        for kind in every_field()
        for sentence in vars(kind).get("default_error_messages", {}).values()
    }
    assert "This\\ field\\ is\\ required\\." in found
    return re.compile("|".join(sorted({*found, "Ensure .+"})))


def errors_in(page: str) -> list[str]:
    return [
        html.unescape(error)
        for each in LISTS_OF_ERRORS.findall(page)
        for error in ERROR.findall(each)
    ]


def answers(shown: str) -> Iterator[dict[str, str]]:
    """Nothing entered at all, then rubbish in every field, so that rows of inlines count as filled in."""
    given = controls(shown)
    yield {name: value if name.endswith("_FORMS") else "" for name, value in given.items()}
    yield next(fillings(shown))


def test_no_admin_form_says_what_django_says(world: World) -> None:
    one_of_everything(world.harbour)
    page, stock = page_as(world.harbour.administrator), stock_sentences()
    found, from_django = set(), set()
    for its_admin in every_admin():
        shown = page.get(address(its_admin, "add"), {"rows": "1"})
        if shown.status_code != 200:
            continue
        for data in answers(shown.content.decode()):
            text = page.post(address(its_admin, "add"), data).content.decode()
            said = errors_in(text)
            found |= set(said)
            from_django |= {f"{its_admin.opts}: {each}" for each in said if stock.fullmatch(each)}
    assert from_django == set()
    assert len(found) > 50, sorted(found)
