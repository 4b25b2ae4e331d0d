"""Whatever takes in text takes it in by the one way that tidies it and looks at addresses."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from govuk.forms import GovukFormMixin
from govuk.text import many_lines
from partnerships.forms.base import TenantFormMixin
from partnerships.models import AccountMail, Agency, Partnership, User
from tenancy.models.typed import Typed
from tests.house.test_walls import ROOT
from tests.layout import APPS, PACKAGES

OWN = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def form_classes() -> list[type[forms.BaseForm]]:
    """Every form that the product defines, wherever."""
    found: dict[str, type[forms.BaseForm]] = {}
    for app in APPS:
        package = importlib.import_module(app)
        for info in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" in info.name:
                continue
            for each in vars(importlib.import_module(info.name)).values():
                if isinstance(each, type) and issubclass(each, forms.BaseForm):
                    found[f"{each.__module__}.{each.__qualname__}"] = each
    return [each for name, each in found.items() if name.startswith(PACKAGES)]


def test_every_form_tidies_text_and_looks_at_addresses() -> None:
    classes = form_classes()
    assert len(classes) > 30
    assert [
        each.__qualname__
        for each in classes
        if not issubclass(each, GovukFormMixin | TenantFormMixin)
    ] == []


def test_every_model_tidies_text_and_looks_at_addresses() -> None:
    assert len(OWN) > 50
    assert [model.__name__ for model in OWN if not issubclass(model, Typed)] == []


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (model, field.name)
        for model in OWN
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField)
    ],
    ids=str,
)
def test_no_address_that_cannot_be_encoded_passes_a_model(
    model: type[models.Model], field: str
) -> None:
    row = model(**{field: "a@" + "ü" * 60 + ".org"})
    with pytest.raises(ValidationError) as refused:
        row.clean_fields()
    assert refused.value.error_dict[field][0].code == "undeliverable"


@pytest.mark.django_db
def test_a_row_that_passes_by_every_form_is_tidied_too() -> None:
    user = User.objects.create_user(email="ada@example.org", full_name="Ada\nExample")
    assert user.full_name == "Ada Example"
    partnership = Partnership(slug="harbour", name="Har\x0bbour", address="1 Quay\nTown\x0b")
    partnership.tidy()
    assert (partnership.name, partnership.address) == ("Har bour", "1 Quay\nTown ")


def test_only_the_columns_that_are_saved_are_tidied() -> None:
    agency = Agency(name="A\x0bB", reference="R\x0bS")
    agency.tidy(["name"])
    assert (agency.name, agency.reference) == ("A B", "R\x0bS")


def test_the_text_of_a_mail_keeps_its_lines() -> None:
    mail = AccountMail(text="one\ntwo\x0b")
    mail.tidy()
    assert mail.text == "one\ntwo "


def test_demonstration_data_holds_no_control_characters() -> None:
    """It is written past every form."""
    for path in sorted((ROOT / "tools" / "demo" / "data").rglob("*.toml")):
        for text in texts(tomllib.loads(path.read_text())):
            assert many_lines(text) == text, (path.name, text)


def texts(value: object) -> Iterator[str]:
    """Every text in a file, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)
