"""Finding, joining, booking, cancelling, waiting."""

from __future__ import annotations

import re

from icalendar import Calendar

from tests.journeys.coordinating import Planned
from tests.journeys.mailbox import attached, link_in, text_of
from tests.journeys.person import Person
from tests.journeys.towns import Town

NEW_PASSWORD = "cobalt-fern-71-teapot"
BOOKING = re.compile(r"/bookings/([^/]+)/")


def when_a_visitor_searches(visitor: Person, town: Town, event: Planned) -> None:
    """From the front page to the event, by text and by filters."""
    visitor.open("/")
    visitor.page.locator("main input[name=q]").fill(town.search)
    visitor.press("Search courses")
    visitor.sees(town.course)
    visitor.follow(town.course)
    visitor.sees("Who it is for", "Dates")
    visitor.open("/events/")
    visitor.unfold("More filters")
    visitor.choose("Month", f"{event.starts_at:%B %Y}")
    visitor.tick("Only with places left")
    visitor.fill("Search", town.search)
    visitor.press("Search")
    visitor.page.locator(f"main a[href$='{event.address}']").first.click()
    visitor.look()


def then_the_event_tells_everything(visitor: Person, town: Town) -> None:
    """What someone needs to know before booking."""
    visitor.sees(
        town.course,
        "Who it is for",
        "places left",
        "What it costs",
        "Cancelling is free until",
        "How the cancellation deadline is worked out",
        *town.trainers,
    )


def when_a_newcomer_signs_up(newcomer: Person, town: Town, name: str) -> None:
    """From an event's page: account, verification by mail, agency by search, back to the event."""
    newcomer.email = f"{name.lower().replace(' ', '.')}@{town.domain}"
    newcomer.follow("Book a place")
    newcomer.follow("Create an account")
    newcomer.fill("Full name", name)
    newcomer.fill("Email address", newcomer.email)
    newcomer.fill("Password", NEW_PASSWORD)
    newcomer.press("Create account")
    newcomer.sees("Check your email")
    newcomer.site.sweep(town.slug)
    mail = newcomer.site.mails.latest(newcomer.email, "Your sign-up")
    newcomer.open(link_in(mail, "/accounts/confirm-email/"))
    newcomer.press("Confirm")
    when_they_join(newcomer, town)


def when_they_join(newcomer: Person, town: Town) -> None:
    """The employer is searched for in the register, never typed."""
    newcomer.sees("Where do you work?")
    newcomer.fill("Name or postcode of your agency", town.employer_search)
    newcomer.press("Search the register")
    newcomer.tick(re.compile(town.employer))
    newcomer.fill("Your job title", "Family support worker")
    newcomer.tick(re.compile(town.group))
    newcomer.press("Join")
    newcomer.sees(f"You have joined {town.employer}")


def when_they_book(person: Person, town: Town, needs: str = "", answer: int = 2) -> str:
    """On the booking page: reasons, price, needs, policy; then the questions. Gives the booking's reference."""
    person.sees("What it costs", town.policy)
    if needs:
        person.fill("Access or dietary needs", needs)
    send_the_booking_form(person)
    if "/survey/" in person.page.url:
        person.sees("Answer later")
        answer_scales(person, answer)
        person.press("Send my answers")
        person.follow("See your booking")
    found = BOOKING.search(person.page.url)
    return found.group(1) if found else ""


def send_the_booking_form(person: Person) -> None:
    """With what has to be ticked; questions of before the course may follow."""
    if person.page.get_by_label("My manager agrees that I can take part").count():
        person.tick("My manager agrees that I can take part")
    person.tick("I accept the charging policy")
    person.press(person.page.locator("main form button[type=submit]").last.inner_text())


def answer_scales(person: Person, value: int) -> None:
    """The same answer to every question of the page that has to be answered by a choice."""
    groups = person.page.locator("main form fieldset:has(input[type=radio])")
    for number in range(groups.count()):
        radios = groups.nth(number).locator("input[type=radio]")
        radios.nth(min(value, radios.count()) - 1).check()


def then_it_is_confirmed(person: Person, town: Town, event: Planned) -> None:
    """On the screen, and by mail with the date for the calendar."""
    person.sees("Booked", town.course, "Cancelling is free until")
    person.site.sweep(town.slug)
    mail = person.site.mails.latest(person.email, town.course)
    assert "Cancelling is free until" in text_of(mail)
    calendar = Calendar.from_ical(attached(mail, "text/calendar"))
    starts = [part.decoded("dtstart") for part in calendar.walk("VEVENT")]
    assert [start.date() for start in starts] == [event.starts_at.date()]


def when_they_open_the_booking_page(person: Person, event: Planned) -> None:
    person.open(event.address)
    person.follow("Book a place")


def when_they_cancel(person: Person, booking: str) -> None:
    """The page says first what it costs; then the button."""
    person.open(f"/bookings/{booking}/")
    person.follow("Cancel the place")
