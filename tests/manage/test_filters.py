"""Every column of every table, and of the tables that it leads to, as a filter in every list of the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.test import RequestFactory

from partnerships.admin.base import TenantAdmin
from tests.isolation.everything import one_of_everything
from tests.manage.rubbish import address, every_admin
from tests.world import World, page_as

pytestmark = pytest.mark.django_db
DEEP = 2  # tables away
# Each of these tells a hidden value apart, letter by letter or half by half.
COMPARING = ("regex", "iregex", "startswith", "icontains", "gt", "lte", "range")
OFFERED_LOOKUPS = ("", "__exact", "__in", "__isnull", "__gte", "__lt")
REQUEST = RequestFactory().get("/")


def columns(model: Any, prefix: str = "", left: int = DEEP) -> Iterator[str]:
    """The path to each column, by links in both directions."""
    for field in model._meta.get_fields():
        if getattr(field, "concrete", False):
            yield f"{prefix}{field.name}"
        related = field.related_model
        if left and isinstance(related, type) and issubclass(related, models.Model):
            yield from columns(related, f"{prefix}{query_name(field)}__", left - 1)


def query_name(field: Any) -> str:
    """What a lookup calls a link: of one that comes from elsewhere, the name from this side."""
    name = (
        field.name if field.concrete or not field.auto_created else field.field.related_query_name()
    )
    return str(name)


def offered(its_admin: TenantAdmin) -> set[str]:
    """What the list may be narrowed by, as its admin declares it."""
    found = {its_admin.date_hierarchy} if its_admin.date_hierarchy else set[str]()
    for item in its_admin.get_list_filter(REQUEST):
        if isinstance(item, str):
            found.add(item)
        elif isinstance(item, tuple):
            found.add(str(item[0]))
    return found


@pytest.mark.parametrize("its_admin", every_admin(), ids=lambda one: one.opts.model_name)
def test_no_list_is_narrowed_by_a_column_that_it_does_not_offer(its_admin: TenantAdmin) -> None:
    mine, tried = offered(its_admin), 0
    for path in columns(its_admin.model):
        lookups = [f"{path}__{one}" for one in COMPARING]
        if path.removesuffix("__id") not in mine:  # a filter on a link asks by its id
            lookups += [f"{path}{one}" for one in OFFERED_LOOKUPS]
        taken = [one for one in lookups if its_admin.lookup_allowed(one, "1", REQUEST)]
        assert not taken
        tried += len(lookups)
    assert tried > 100


SECRETS = {
    "message": "text",
    "membership": "user__password",
    "booking": "membership__user__email",
    "surveyinvitation": "response__answers__text",
    "certificate": "withdrawal_reason",
    "charge": "mitigation_cases__evidence",
}


def test_whoever_asks_a_list_for_a_value_that_it_hides_is_refused(world: World) -> None:
    one_of_everything(world.harbour)
    seen = set()
    for who in (world.harbour.administrator, world.harbour.finance):
        page = page_as(who)
        for its_admin in every_admin():
            url, name = address(its_admin, "changelist"), str(its_admin.opts.model_name)
            if page.get(url).status_code != 200:
                continue
            for path in (SECRETS.get(name, "pk"), "id"):
                assert page.get(url, {f"{path}__regex": "^a"}).status_code == 400, (name, path)
                assert page.get(url, {f"{path}__startswith": "a"}).status_code == 400, (name, path)
            seen.add(name)
    assert seen >= SECRETS.keys()
