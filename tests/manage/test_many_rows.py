"""Many rows of an inline cost no more queries than few, and a parent that has many can still be saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import LearningOutcome
from tests import world as make
from tests.isolation.everything import one_of_everything
from tests.manage.rubbish import address, every_admin
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db


def queries(page: Browser, url: str, rows: int) -> int:
    page.get(url, {"rows": rows})  # whatever is kept between requests is kept now
    with CaptureQueriesContext(
        connection,
    ) as counted:
        page.get(url, {"rows": rows})
    return len(counted)


def as_shown(context: Any) -> dict[str, Any]:
    """What a browser would send of an admin page that no one touched."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    shown = {bound.html_name: bound.value() for form in forms for bound in form}
    return {
        name: value for name, value in shown.items() if value is not None and value is not False
    }


def test_every_form_asks_the_same_number_of_queries_whatever_the_number_of_rows(
    world: World,
) -> None:
    one_of_everything(world.harbour)
    page = page_as(world.harbour.administrator)
    urls = [address(each, "add") for each in every_admin()]
    more = {
        url: (few, many)
        for url in urls
        if (few := queries(page, url, 1)) != (many := queries(page, url, 8))
    }
    assert more == {}


def test_a_course_with_more_outcomes_than_one_can_send_new_ones_is_saved(world: World) -> None:
    course, page = make.course(), page_as(world.harbour.coordinator)
    LearningOutcome.objects.bulk_create(
        LearningOutcome(course=course, position=number, text=f"Outcome {number}")
        for number in range(150)
    )
    url = f"/harbour/manage/records/courses/course/{course.pk}/change/"
    data = as_shown(page.get(url).context) | {"outcomes-149-text": "Changed", "_save": ""}
    answer = page.post(url, data)
    assert answer.status_code == 302, answer.context["errors"]
    assert LearningOutcome.objects.filter(text="Changed").count() == 1
