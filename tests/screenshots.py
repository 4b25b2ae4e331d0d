"""``make screenshots``: pictures of the main pages, with the demonstration data, for the README.

Starts a site of its own on the database that it is lent. ``BASE_URL`` takes pictures of a running one
instead, and ``PICTURES`` puts them elsewhere.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from config.runner.commands import web, with_this_python
from tests.plugins.chromium import find_chromium

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = os.environ.setdefault("DEMO_PASSWORD", "orchard-lamp-42-violet")
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


PICTURES = (
    Picture("events", "/southampton/events/", width=PHONE),
    Picture("event", "/southampton/events/SO304-C/", width=PHONE),
    Picture(
        "cancel-late", "/southampton/my/", "practitioner", PHONE, click="main a:text-is('Cancel')"
    ),
    Picture("my-learning", "/southampton/my/", "practitioner"),
    Picture("my-agency", "/southampton/agency/", "agency-lead"),
    Picture("register", "/southampton/register/SO202-B/", "trainer"),
    Picture("finance", "/southampton/finance/", "finance"),
    Picture("charges", "/nottinghamshire/finance/charges/", "finance"),
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
    slug = picture.address.split("/")[1]
    if picture.role:
        sign_in(page, base, slug, picture.role)
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
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


@contextmanager
def site() -> Iterator[str]:
    """The address of a running site: the one given, or our own for as long as the block lasts."""
    given = os.environ.get("BASE_URL")
    if given:
        yield given.rstrip("/")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.local", "PORT": str(port)}
    for command in (("migrate", "-v0"), ("collectstatic", "--noinput", "-v0"), ("load_demo",)):
        manage = with_this_python(("python", "manage.py", *command))
        subprocess.run(manage, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(with_this_python(web(f"127.0.0.1:{port}")), cwd=ROOT, env=environ)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str, seconds: int = 60) -> None:
    """Until the site answers."""
    for _ in range(seconds * 4):
        try:
            urllib.request.urlopen(url, timeout=2)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(f"{url} does not answer")


if __name__ == "__main__":
    main()
