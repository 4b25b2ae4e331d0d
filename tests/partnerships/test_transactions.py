"""A request is one piece of work: what an error page tells of was not done."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from partnerships.models import Employment
from partnerships.views import account
from tests.world import World, page_as

pytestmark = pytest.mark.django_db


def test_an_error_takes_back_what_the_view_has_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is written, then something breaks; the old name stands."""
    who = world.harbour.practitioner

    def write_and_break(*args: Any, **kwargs: Any) -> None:
        Employment.objects.filter(membership=who).update(job_title="Half done")
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(account, "change_name", write_and_break)
    browser = page_as(who)
    browser.raise_request_exception = False
    answer = browser.post(reverse("account_name"), {"full_name": "Somebody Else"})
    assert answer.status_code == 500
    assert not Employment.objects.filter(job_title="Half done").exists()
