"""Whatever is kept in memory comes from tables whose changes make a new edition: read from the live database."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from inspect import signature

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.rules.place import Place
from evaluation.rules.states import Stage
from partnerships.rules.payers import Payer
from tenancy.models import TenantModel
from tests.layout import PACKAGES
from tests.world import World, questionnaire

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def kept_functions() -> list[Callable[..., object]]:
    """Every function that is kept, wherever it is written."""
    found: dict[str, Callable[..., object]] = {}
    for package in PACKAGES:
        for module in pkgutil.walk_packages([package], f"{package}."):
            if ".migrations." in module.name or module.name.startswith("config.settings"):
                continue
            if module.name.endswith(("__main__", ".wsgi", "bench.settings")):
                continue
            for name, value in vars(import_module(module.name)).items():
                if getattr(value, "is_kept", False):
                    found[f"{value.__module__}.{name}"] = value
    return [found[name] for name in sorted(found)]


KEPT = kept_functions()
# What a kept function is asked with; any number will do for ids and lengths.
SAMPLES = {"Place": Place(), "OwnPlace": (Payer(), None), "date": date(2026, 1, 1)}


def kinds_of(read: Callable[..., object]) -> list[str]:
    """The types of its parameters, as they are written."""
    return [str(one.annotation) for one in signature(read).parameters.values()]


def tables_with(trigger: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [trigger]
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.parametrize("read", KEPT, ids=lambda read: read.__name__)
def test_kept_functions_read_rules_and_nothing_else(
    world: World, read: Callable[..., object]
) -> None:
    questionnaire(stage=Stage.BASELINE)
    with CaptureQueriesContext(connection) as captured:
        read(*(SAMPLES.get(kind, 1) for kind in kinds_of(read)))
    tables = {table for query in captured for table in TABLE.findall(query["sql"])}
    assert tables, "it reads something"
    assert tables <= tables_with("new_edition")


def test_the_booking_page_has_all_its_rules_kept() -> None:
    assert len(KEPT) >= 8


def test_every_rule_table_makes_a_new_edition_and_no_other_does() -> None:
    models = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    rules = {model._meta.db_table for model in models if model.is_rule}
    assert tables_with("new_edition") == rules
    assert len(rules) > 8
