"""A form with every kind of field, and helpers to read what was drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from govuk.forms import CharacterCount, Checkboxes, DateField, GovukForm, PrefixedInput, Radios

SECTORS = [("h", "Health"), ("e", "Education")]


class EveryField(GovukForm):
    """One field of each kind, all of them required unless the name says otherwise."""

    name = forms.CharField(
        label="Full <b>name</b>", help_text="<i>As on</i> the badge", max_length=40
    )
    email = forms.EmailField(label="Email address")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    places = forms.IntegerField(label="Places", min_value=1)
    fee = forms.DecimalField(label="Fee", widget=PrefixedInput(prefix="£"))
    why = forms.CharField(label="Why do you want to come?", widget=forms.Textarea, max_length=200)
    note = forms.CharField(label="Note", widget=CharacterCount(), required=False)
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose"), *SECTORS])
    mode = forms.ChoiceField(label="Mode", choices=SECTORS, widget=Radios(hints={"h": "By video"}))
    needs = forms.MultipleChoiceField(label="Needs", choices=SECTORS, widget=Checkboxes)
    agree = forms.BooleanField(label="I agree")
    starts = DateField(label="Start date", help_text="For example, 27 3 2026")
    evidence = forms.FileField(label="Evidence")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture
def every_field() -> type[EveryField]:
    """The form class with one field of each kind."""
    return EveryField


@pytest.fixture
def draw() -> Callable[..., str]:
    """Renders template source with the design system's tags loaded."""

    def render(source: str, **words: Any) -> str:
        return Template("{% load govuk crispy_forms_tags %}" + source).render(Context(words))

    return render
