"""What is wrong with a field is heard with the field, on every form of the admin."""

from __future__ import annotations

import re

import pytest

from tests import world as make
from tests.isolation.everything import one_of_everything
from tests.manage.rubbish import address, every_admin, fillings
from tests.world import World, page_as

pytestmark = pytest.mark.django_db

ERRORS = re.compile(r'<ul class="errorlist[^"]*" id="([^"]+)"')
DESCRIBED = re.compile(r'aria-describedby="([^"]+)"')


def test_every_error_is_tied_to_its_input(world: World) -> None:
    one_of_everything(world.harbour)
    page, found, loose = page_as(world.harbour.administrator), 0, []
    for its_admin in every_admin():
        shown = page.get(address(its_admin, "add"))
        if shown.status_code != 200:
            continue
        data = next(fillings(shown.content.decode()))
        text = page.post(address(its_admin, "add"), data).content.decode()
        tied = {each for ids in DESCRIBED.findall(text) for each in ids.split()}
        errors = set(ERRORS.findall(text))
        found += len(errors)
        loose += [f"{its_admin.opts} {each}" for each in sorted(errors - tied)]
        if 'class="errorlist">' in text:
            loose.append(f"{its_admin.opts}: a list of errors without an id")
    assert loose == []
    assert found > 50


def test_rows_can_be_added_without_javascript(world: World) -> None:
    """The page says where; as many empty rows are there as were asked for, and not more than a person fills in."""
    page = page_as(world.harbour.coordinator)
    plain = page.get("/harbour/manage/records/courses/course/add/").content.decode()
    assert '<noscript><p><a href="?rows=3">' in plain
    for asked, rows in (("3", 3), ("999999", 20), ("many", 0)):
        text = page.get(
            "/harbour/manage/records/courses/course/add/", {"rows": asked}
        ).content.decode()
        assert f'name="outcomes-TOTAL_FORMS" value="{rows}"' in text


def test_an_event_can_be_added_without_javascript(world: World) -> None:
    """The choice of courses has its options in the page."""
    course, page = make.course(), page_as(world.harbour.coordinator)
    text = page.get("/harbour/manage/records/courses/event/add/").content.decode()
    assert f'<option value="{course.pk}">' in text
