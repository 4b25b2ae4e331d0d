"""Names for the inputs of Django's admin."""

from __future__ import annotations

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime

from govuk.admin import name_widget


def test_a_plain_input_is_named() -> None:
    widget = forms.TextInput()
    name_widget(widget, "Capacity: Town hall")
    assert widget.attrs["aria-label"] == "Capacity: Town hall"


def test_a_name_given_before_stays() -> None:
    widget = forms.TextInput({"aria-label": "Own"})
    name_widget(widget, "Other")
    assert widget.attrs["aria-label"] == "Own"


def test_both_boxes_of_a_moment_are_named() -> None:
    widget = AdminSplitDateTime()
    name_widget(widget, "Starts")
    assert [part.attrs["aria-label"] for part in widget.widgets] == ["Starts, date", "Starts, time"]
