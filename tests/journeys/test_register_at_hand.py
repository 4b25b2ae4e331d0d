"""The register in a trainer's hand: every width, no signal, a session that has ended."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.person import HEIGHT, TOO_WIDE, Person
from tests.journeys.site import Site

WIDTHS = (320, 375, 820, 1280)
OPEN = "SO202-B"  # of the demonstration: its register is still open

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", ["southampton"], indirect=True),
]


@pytest.fixture
def trainer(somebody: NewPerson) -> Person:
    """The coordinator, with the open register on the screen."""
    person = somebody("coordinator")
    person.open(register_address(person))
    return person


def register_address(person: Person) -> str:
    person.open("/register/")
    link = person.page.locator(f"a[href*='{OPEN}']").first.get_attribute("href")
    assert link is not None
    return link.removeprefix(f"/{person.slug}")


def tick(person: Person, number: int, label: str) -> str:
    """Mark one person; gives the id of the button that was ticked."""
    radio = (
        person.page.locator(".app-register__person")
        .nth(number)
        .get_by_label(re.compile(label))
        .first
    )
    radio.check()
    return str(radio.get_attribute("id"))


def says(person: Person, words: str) -> None:
    person.page.locator("#register-saved", has_text=words).wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_every_width(trainer: Person, width: int) -> None:
    trainer.page.set_viewport_size({"width": width, "height": HEIGHT})
    assert trainer.page.evaluate(TOO_WIDE) <= 0


def test_marks_without_a_signal_are_kept_and_sent_again(trainer: Person) -> None:
    context, page = trainer.context, trainer.page
    context.set_offline(True)
    first = tick(trainer, 0, "Absent")
    second = tick(trainer, 1, "Absent")
    says(trainer, "There is no connection. The marks for 2 people are not saved yet")
    context.set_offline(False)
    says(trainer, "Saved at")
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('marks:'))")
    page.reload()
    assert page.locator(f"#{first}").is_checked()
    assert page.locator(f"#{second}").is_checked()


def test_a_mark_outlives_a_reload_before_it_was_sent(trainer: Person) -> None:
    context, page, address = trainer.context, trainer.page, trainer.page.url
    context.set_offline(True)
    chosen = tick(trainer, 2, "Absent")
    says(trainer, "not saved yet")
    page.goto("about:blank")
    context.set_offline(False)
    page.add_init_script("window.setInterval = () => 0")  # at once, not when it is tried again
    page.goto(address)
    assert page.locator(f"#{chosen}").is_checked()
    says(trainer, "Saved at")
    page.reload()
    assert page.locator(f"#{chosen}").is_checked()


def test_whoever_is_signed_out_is_told_and_loses_nothing(trainer: Person, site: Site) -> None:
    page = trainer.page
    address = page.url
    cookies = trainer.context.cookies()
    trainer.context.clear_cookies(name=re.compile("sessionid"))
    chosen = tick(trainer, 3, "Absent")
    says(trainer, "You have been signed out. The mark for 1 person is not saved yet")
    link = page.locator("#register-saved a").get_attribute("href") or ""
    assert "/accounts/login/?next=" in link
    assert page.locator("form input[name=login]").count() == 0, "no sign-in page within the page"
    trainer.context.add_cookies(cookies)
    page.goto(address)
    assert page.locator(f"#{chosen}").is_checked()
    says(trainer, "Saved at")


def test_a_page_from_before_signing_in_again_says_so_and_loses_nothing(trainer: Person) -> None:
    """Every signing in gives forms another token. It used to say that access was lost, for ever."""
    trainer.context.clear_cookies(name="csrftoken")
    chosen = tick(trainer, 8, "Absent")
    says(trainer, "You have signed in again since this page was opened. The mark for 1 person")
    trainer.page.get_by_role("link", name="Reload the page").click()
    says(trainer, "Saved at")
    trainer.page.reload()
    assert trainer.page.locator(f"#{chosen}").is_checked()


def test_what_was_refused_says_why(trainer: Person) -> None:
    tick(trainer, 4, "Came late")
    says(trainer, "Enter how many minutes late")


def test_what_was_refused_is_not_sent_again_until_it_is_corrected(trainer: Person) -> None:
    page = trainer.page
    tick(trainer, 4, "Came late")
    says(trainer, "Enter how many minutes late")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    tick(trainer, 5, "Absent")
    says(trainer, "Saved at")
    assert len(sent) == 1


def test_a_tick_sends_the_mark_of_that_person_alone(trainer: Person) -> None:
    """What the page shows of the others may be older than what another device has saved."""
    page, others = trainer.page, trainer.context.new_page()
    others.goto(page.url)
    chosen = tick(trainer, 6, "Absent")
    says(trainer, "Saved at")
    others.locator(".app-register__person").nth(7).get_by_label(re.compile("Absent")).check()
    others.locator("#register-saved", has_text="Saved at").wait_for()
    page.reload()
    assert page.locator(f"#{chosen}").is_checked()


def test_what_was_kept_for_a_week_goes(trainer: Person) -> None:
    page = trainer.page
    page.evaluate("localStorage.setItem('marks:elsewhere', JSON.stringify({values: {}, at: 1}))")
    page.reload()
    page.wait_for_function("localStorage.getItem('marks:elsewhere') === null")
