"""Text and addresses as they are taken in: without control characters, and such that a mail can be sent."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage

from govuk.addresses import ascii_address, validate_deliverable
from govuk.forms import GovukForm
from govuk.text import many_lines, one_line


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("Ada Example", "Ada Example", "Ada Example"),
        ("Ada\nExample", "Ada Example", "Ada\nExample"),
        ("Ada\r\nExample", "Ada Example", "Ada\r\nExample"),
        ("Working\x0btogether", "Working together", "Working together"),
        ("a\u2028b\u2029c", "a b c", "a b c"),
        ("a\x01\x02\x7f\x85b", "a b", "a b"),
        ("\ud83d alone", "alone", "  alone"),
        ("Trần Thị 👩‍⚕️ O’Brien-Ünal", "Trần Thị 👩‍⚕️ O’Brien-Ünal", "Trần Thị 👩‍⚕️ O’Brien-Ünal"),
        ("a  b", "a  b", "a  b"),
    ],
)
def test_control_characters_become_spaces(typed: str, line: str, lines: str) -> None:
    assert one_line(typed) == line
    assert many_lines(typed) == lines


class Person(GovukForm):
    name = forms.CharField()
    about = forms.CharField(widget=forms.Textarea, required=False)
    password = forms.CharField(widget=forms.PasswordInput, strip=False, required=False)
    email = forms.EmailField(required=False)


def sent(**fields: str) -> dict[str, Any]:
    form = Person({"name": "Ada"} | fields)
    form.is_valid()
    return {**form.cleaned_data, "errors": form.errors}


def test_a_form_tidies_what_is_typed_and_leaves_passwords_alone() -> None:
    cleaned = sent(name="Ada\x0bExample", about="one\ntwo\x0b", password="a\x0bb\t")
    assert cleaned["name"] == "Ada Example"
    assert cleaned["about"] == "one\ntwo"
    assert cleaned["password"] == "a\x0bb\t"


def test_nothing_but_control_characters_is_nothing() -> None:
    assert "name" in sent(name="\x01\x02")["errors"]


GOOD = ("ada@example.org", "ada@müller.example", "o'brien+x@nhs.example", "a" * 64 + "@example.org")
BAD = (
    "a@" + "ü" * 60 + ".org",
    "a" * 65 + "@example.org",
    "a@" + ".".join(["b" * 60] * 5),
    "grüße@example.org",
    "\u212aate@example.org",
    "a@example..org",
)


@pytest.mark.parametrize("address", GOOD)
def test_an_address_that_is_taken_can_be_written_to(address: str) -> None:
    validate_deliverable(address)
    assert EmailMessage("Subject", "Text", to=[ascii_address(address)]).message().as_bytes()


@pytest.mark.parametrize("address", BAD)
def test_an_address_that_no_mail_reaches_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(ValidationError, match=r"^\['(Enter an email address|Email address must)"):
        validate_deliverable(address)
    assert "email" in sent(email=address)["errors"]
