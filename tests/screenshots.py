"""``make screenshots``: pictures of the main pages, with the demonstration data, for the README.

Starts a site of its own on the database that it is lent. ``BASE_URL`` takes pictures of a running one
instead, whose people sign in with ``DEMO_PASSWORD``, and ``PICTURES`` puts them elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.site import PASSWORD, running_site
from tests.plugins.chromium import find_chromium
from tools.runner.template import ensure_template

ROOT = Path(__file__).resolve().parent.parent
PHONE, DESK = 375, 1280
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]


@dataclass(frozen=True)
class Picture:
    """One page as one role sees it; ``click`` follows a link of the page first."""

    name: str
    address: str
    role: str = ""
    width: int = DESK
    click: str = ""

    @property
    def slug(self) -> str:
        """The partnership whose page it is."""
        return self.address.split("/")[1]


PICTURES = (
    Picture("events", "/southampton/events/", width=PHONE),
    Picture("event", "/southampton/events/SO304-C/", width=PHONE),
    Picture(
        "cancel-late", "/southampton/my/", "practitioner", PHONE, click="main a[href$='/cancel/']"
    ),
    Picture("my-learning", "/southampton/my/", "practitioner"),
    Picture("my-agency", "/southampton/agency/", "agency-lead"),
    Picture("register", "/southampton/register/SO202-B/", "trainer"),
    Picture("finance", "/southampton/finance/", "finance"),
    Picture("charges", "/nottinghamshire/finance/charges/", "finance"),
    Picture("policy", "/nottinghamshire/policies/1/", "administrator"),
    Picture("simulation", "/nottinghamshire/finance/simulation/", "finance"),
    Picture("waivers", "/nottinghamshire/finance/requests/", "finance"),
    Picture("payments", "/nottinghamshire/finance/payments/", "finance"),
    Picture("insight", "/nottinghamshire/insight/", "subgroup"),
    Picture("manage", "/southampton/manage/", "coordinator"),
)


def main() -> None:
    folder = Path(os.environ.get("PICTURES", ROOT / "docs" / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    with site() as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        for picture in PICTURES:
            take(browser, base, picture, folder)
        browser.close()


def take(browser: Browser, base: str, picture: Picture, folder: Path) -> None:
    """Sign in as the role, open the page, save the picture."""
    context = browser.new_context(viewport={"width": picture.width, "height": 900})
    page = context.new_page()
    if picture.role:
        sign_in(page, base, picture.slug, picture.role)
    page.goto(base + picture.address)
    if picture.click:
        page.locator(picture.click).first.click()
        page.wait_for_load_state()
    page.screenshot(path=folder / f"{picture.name}.png", full_page=False)
    print(f"{picture.name}.png  {page.url.removeprefix(base)}")
    context.close()


def sign_in(page: Page, base: str, slug: str, role: str) -> None:
    page.goto(f"{base}/{slug}/accounts/login/")
    page.locator("input[name=login]").fill(f"{role}@{slug}.example.org")
    page.locator("input[name=password]").fill(os.environ.get("DEMO_PASSWORD", PASSWORD))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


@contextmanager
def site() -> Iterator[str]:
    """The address of a running site: the one given, or one of the journeys' for as long as the block lasts."""
    given = os.environ.get("BASE_URL")
    if given:
        yield given.rstrip("/")
        return
    with running_site(os.environ["DATABASE_URL"], ensure_template(os.environ)) as ours:
        for slug in sorted({picture.slug for picture in PICTURES}):
            ours.load(slug)
        yield ours.address


if __name__ == "__main__":
    main()
