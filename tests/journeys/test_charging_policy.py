"""An administrator writes a new charging policy, tries it on an event, and puts it in force."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.journeys.conftest import NewPerson
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def enter_day(person: Person, question: str, days: int) -> None:
    """The three boxes of a date, some days from now."""
    day = timezone.localdate() + timedelta(days=days)
    boxes = person.page.get_by_role("group", name=question)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(name).fill(str(value))


@pytest.mark.parametrize("slug", ["nottinghamshire"], indirect=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_policy_from_a_copy_to_in_force(somebody: NewPerson, javascript: bool) -> None:
    administrator = somebody("administrator", javascript=javascript)
    administrator.open("/")
    administrator.follow("Charging policy")
    administrator.press("Copy version 1")
    administrator.sees("Draft", "Nothing applies until it is released.", "What it means")

    administrator.follow("Change When it applies")
    enter_day(administrator, "When does it apply from?", 400)
    administrator.press("Save")

    administrator.follow("Change Cancelling")
    administrator.tick("Working days")
    administrator.fill("How much notice do people have to give?", "4")
    if javascript:
        administrator.page.get_by_text("The 4th working day before").wait_for(state="attached")
    else:
        administrator.press("Show what it means")
    assert "The 4th working day before" in administrator.page.content()
    administrator.press("Save")

    administrator.follow("Prices for each payer class")
    administrator.fill("Not attending, Everyone else", "lots")
    administrator.press("Save")
    administrator.sees(
        "There is a problem", "enter an amount in pounds, such as 60, or “free” or “ask”"
    )
    administrator.fill("Not attending, Everyone else", "85")
    administrator.press("Save")
    administrator.sees("£85.00")

    administrator.follow("Add another price")
    administrator.choose("What is it for?", "Late cancellation fee")
    administrator.tick("An amount")
    administrator.press("Save")
    administrator.sees("There is a problem", "Enter how much it costs")
    administrator.fill("How much?", "95")
    administrator.choose("Which type of event?", "Conference")
    administrator.press("Save")
    administrator.sees("Cancelling late (conference): £95.00.")

    administrator.follow("Add an exception")
    administrator.fill("What do you call these places?", "Briefings")
    administrator.choose("Which type of event?", "Briefing")
    administrator.fill("How much notice do people have to give?", "1")
    administrator.press("Save")
    administrator.sees("Briefings", "at least 1 working day")

    administrator.follow("Add an exception at the event")
    administrator.fill("What do you call these places?", "Online events")
    administrator.fill("How many minutes late can people arrive without any consequence?", "0")
    administrator.press("Save")
    administrator.sees("Choose at least one thing that these places have in common.")
    administrator.choose("Which way of taking part?", "Virtual")
    administrator.press("Save")
    administrator.sees("Online events", "Virtual. If you arrive late, you can still take part")

    administrator.press("Release this version")
    administrator.sees("has been released", "No one has booked on it yet.")
    administrator.press("Make it a draft again")
    administrator.press("Delete the draft")
    administrator.sees("has been deleted")
