"""Error messages in plain sentences, and limits on what a form takes in."""

from __future__ import annotations

import pytest
from django import forms

from govuk.forms import GovukForm
from govuk.wording import LARGEST_INTEGER, LONGEST_TEXT, mid_sentence, with_article


class Booking(GovukForm):
    """Fields whose messages the tests read."""

    email = forms.EmailField(label="Email address")
    po_number = forms.CharField(label="PO number", max_length=5)
    why = forms.CharField(label="Why do you want to come?")
    sector = forms.ChoiceField(choices=[("h", "Health")])
    agree = forms.BooleanField(label="I agree to the terms")
    plan = forms.FileField(label="Action plan")
    places = forms.IntegerField(label="Places", min_value=1, max_value=30)
    share = forms.DecimalField(label="100% share")
    own = forms.CharField(error_messages={"required": "Say something"})


def message(name: str, value: str = "") -> str:
    """The first error of a field given one value."""
    return Booking({name: value}).errors[name][0]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("email", "Enter the email address"),
        ("po_number", "Enter the PO number"),
        ("why", "Enter an answer to “Why do you want to come?”"),
        ("sector", "Select the sector"),
        ("agree", "Select “I agree to the terms” to continue"),
        ("plan", "Choose a file for the action plan"),
        ("own", "Say something"),
    ],
)
def test_an_empty_field_is_asked_for_in_words(name: str, sentence: str) -> None:
    assert message(name) == sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("email", "nobody", "Enter an email address in the correct format, like name@example.org"),
        ("po_number", "123456", "PO number must be 5 characters or fewer"),
        ("po_number", "1\x002", "PO number must not contain hidden control characters"),
        ("sector", "x", "Select the sector from the list"),
        ("sector", "h\x00", "Select the sector from the list"),
        ("places", "many", "Places must be a whole number"),
        ("places", "0", "Places must be 1 or more"),
        ("places", "31", "Places must be 30 or less"),
        ("share", "half", "100% share must be a number"),
        ("why", "x" * (LONGEST_TEXT + 1), "Your answer must be 10000 characters or fewer"),
    ],
)
def test_a_wrong_value_is_explained(name: str, value: str, sentence: str) -> None:
    assert message(name, value) == sentence


def test_numbers_too_large_for_the_database_are_refused() -> None:
    class Count(GovukForm):
        number = forms.IntegerField()

    assert Count({"number": str(LARGEST_INTEGER)}).is_valid()
    assert not Count({"number": str(LARGEST_INTEGER + 1)}).is_valid()
    assert not Count({"number": str(-LARGEST_INTEGER - 1)}).is_valid()


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Email address", "email address"), ("PO number", "PO number"), ("A day", "a day"), ("", "")],
)
def test_labels_inside_sentences(label: str, expected: str) -> None:
    assert mid_sentence(label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Reason", "the reason"),
        ("PO number", "the PO number"),
        ("Your job title", "your job title"),
        ("Colleague’s name", "the colleague’s name"),
        ("Why you cannot come", "why you cannot come"),
    ],
)
def test_a_label_gets_an_article_where_a_sentence_needs_one(label: str, expected: str) -> None:
    assert with_article(label) == expected
