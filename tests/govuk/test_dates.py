"""The three-box date: what it accepts, and what it says about what it doesn't."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from govuk.forms import DateField, GovukForm
from govuk.rendering import focus_id


def clean(*typed: str, **limits: date) -> date | None:
    """What a required field called Start date makes of the three texts."""
    value: date | None = DateField(label="Start date", **limits).clean(list(typed))
    return value


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        (("01", "04", "2026"), date(2026, 4, 1)),
        ((" 1 ", "April", "2026"), date(2026, 4, 1)),
        (("1", "sept", "2026"), date(2026, 9, 1)),
        (("29", "2", "2028"), date(2028, 2, 29)),
    ],
)
def test_dates_as_people_type_them(typed: tuple[str, str, str], expected: date) -> None:
    assert clean(*typed) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "", ""), "This field is required."),
        (("", "3", "2026"), "Start date must include a day"),
        (("1", "", ""), "Start date must include a month and year"),
        (("31", "2", "2026"), "Start date must be a real date"),
        (("1", "13", "2026"), "Start date must be a real date"),
        (("x", "3", "2026"), "Start date must be a real date"),
        (("-1", "3", "2026"), "Start date must be a real date"),
        (("1", "3", "26"), "Start date must have a year between 1900 and 2199, with 4 numbers"),
        (("1", "3", "9" * 5000), "Start date must be a real date"),
        (("1", "3\0", "2026"), "Start date must be a real date"),
    ],
)
def test_errors_are_sentences(typed: tuple[str, str, str], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean(*typed)
    assert caught.value.messages == [sentence]


def test_limits_are_both_allowed_and_named_in_words() -> None:
    limits = {"min_value": date(2026, 4, 1), "max_value": date(2026, 4, 30)}
    assert clean("1", "4", "2026", **limits) == date(2026, 4, 1)
    assert clean("30", "4", "2026", **limits) == date(2026, 4, 30)
    with pytest.raises(ValidationError, match="on or after 1 April 2026"):
        clean("31", "3", "2026", **limits)
    with pytest.raises(ValidationError, match="on or before 30 April 2026"):
        clean("1", "5", "2026", **limits)


class Period(GovukForm):
    """A form with one date."""

    starts = DateField(label="Start date")


@pytest.mark.parametrize(
    ("data", "target"),
    [
        ({}, "id_starts_day"),
        ({"starts_day": "1", "starts_year": "2026"}, "id_starts_month"),
        ({"starts_day": "1", "starts_month": "3", "starts_year": "26"}, "id_starts_year"),
        ({"starts_day": "31", "starts_month": "2", "starts_year": "2026"}, "id_starts_day"),
    ],
)
def test_the_summary_leads_to_the_box_to_correct(data: dict[str, str], target: str) -> None:
    assert focus_id(Period(data)["starts"]) == target


def test_an_address_may_hold_the_whole_date() -> None:
    form = Period({"starts": "2026-04-01"})
    assert form.is_valid()
    assert form.cleaned_data["starts"] == date(2026, 4, 1)
    assert not Period({"starts": "soon"}).is_valid()


def test_a_missing_date_is_asked_for_by_name() -> None:
    assert Period({}).errors["starts"] == ["Enter the start date"]


def test_the_same_date_written_differently_is_no_change() -> None:
    data = {"starts_day": "01", "starts_month": "4", "starts_year": "2026"}
    assert not Period(data, initial={"starts": date(2026, 4, 1)}).has_changed()
    assert Period(data, initial={"starts": date(2026, 4, 2)}).has_changed()
    assert Period({**data, "starts_day": "x"}, initial={"starts": date(2026, 4, 1)}).has_changed()


def test_a_question_is_no_subject_of_a_sentence() -> None:
    field = DateField(label="When did it arrive?")
    with pytest.raises(ValidationError, match="The date must include a year"):
        field.clean(["1", "3", ""])
