"""Someone at a browser. Every page they see is looked at by axe at two widths; nothing may complain."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response

from tests.journeys.site import PASSWORD, Site

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
# Without preload: axe would fetch style sheets to look into them, and our policy would refuse that aloud.
RUN_AXE = """async () => {
  const found = await axe.run({resultTypes: ["violations"], preload: false});
  const piece = node => node.html.slice(0, 160);
  return found.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(piece).join(" | "));
}"""
SHAPE = """location.pathname + [...new Set(
  [...document.querySelectorAll("body *")].map(each => each.tagName + "." + each.className)
)].sort().join()"""
NUMBERS = re.compile(r"(?<=/)[^/]*\d[^/]*(?=/)")  # ids, references, tokens
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE, DESK = 375, 1280
HEIGHT = 900
TIMEOUT = 30_000  # milliseconds; a busy machine is no fault of the site
PICTURES = os.environ.get("PICTURES")


@dataclass
class Seen:
    """What need not be done twice: kinds of pages and links that were looked at, people who have signed in."""

    shapes: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    signed_in: dict[str, list[Any]] = field(default_factory=dict)
    pictures: int = 0


class Person:
    """A browser of one's own, at home in one partnership."""

    def __init__(
        self,
        browser: Browser,
        site: Site,
        slug: str,
        seen: Seen,
        *,
        javascript: bool = True,
        email: str = "",
    ) -> None:
        self.site, self.slug, self.seen, self.javascript = site, slug, seen, javascript
        self.context = browser.new_context(
            viewport={"width": PHONE, "height": HEIGHT}, java_script_enabled=javascript
        )
        self.context.set_default_timeout(TIMEOUT)
        self.page: Page = self.context.new_page()
        self.email = email
        self.complaints: list[str] = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self.receive)

    def hear(self, message: ConsoleMessage) -> None:
        # A refused page is told by its status, and asked for on purpose where it matters.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def receive(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.complaints.append(f"{response.status} {response.url}")

    # --- doing ------------------------------------------------------------------------------------
    def be_signed_in(self) -> None:
        """As left by an earlier journey in the present; a session of the present is over in the future."""
        known = self.seen.signed_in.get(self.email)
        if known is None or not self.site.is_at_present:
            self.sign_in()
            return
        self.context.add_cookies(known)
        self.open("/")

    def sign_in(self) -> None:
        """With a browser that has forgotten everything."""
        self.context.clear_cookies()
        self.open("/accounts/login/")
        self.fill("Email address", self.email)
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        if self.site.is_at_present:
            self.seen.signed_in[self.email] = self.context.cookies()

    def open(self, address: str, status: int = 200) -> None:
        """Type an address: of this partnership, or a whole one from a mail."""
        whole = (
            address if address.startswith("http") else f"{self.site.address}/{self.slug}{address}"
        )
        answer = self.page.goto(whole)
        assert answer is not None
        assert answer.status == status, f"{answer.status} at {whole}: {self.text[:300]}"
        self.look()

    def fetch(self, address: str) -> tuple[str, bytes]:
        """What lies at an address, as the signed-in person gets it: content type and bytes."""
        whole = address if address.startswith("http") else f"{self.site.address}{address}"
        answer = self.context.request.get(whole)
        assert answer.ok, f"{answer.status} at {whole}"
        return answer.headers["content-type"], answer.body()

    def press(self, name: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()
        self.look()

    def follow(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """A link, also one that looks like a button."""
        self.page.locator(within).locator("a:visible", has_text=name).first.click()
        self.look()

    def unfold(self, summary: str) -> None:
        """Open a piece of the page that is folded away."""
        self.page.locator("summary", has_text=summary).first.click()

    def fill(self, label: str, value: str) -> None:
        self.field(label).fill(value)

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def tick(self, label: str | re.Pattern[str]) -> None:
        self.page.get_by_label(label).first.check()

    # --- seeing -----------------------------------------------------------------------------------
    def field(self, label: str) -> Locator:
        """The field with this label, be it optional or not."""
        words = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?:?\s*$")
        return self.page.locator("main").get_by_label(words).first

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def sees(self, *words: str) -> None:
        text = " ".join(self.text.split())
        for one in words:
            assert one in text, f"“{one}” is not on {self.page.url}:\n{self.text}"

    def link_to(self, name: str | re.Pattern[str]) -> str:
        link = self.page.get_by_role("link", name=name).first.get_attribute("href")
        assert link is not None
        return link

    def look(self) -> None:
        """Let axe judge the page, on a phone and at a desk; listen to the browser's own complaints."""
        self.page.wait_for_load_state()
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        if not self.javascript or not self.is_new():
            return
        for width in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.keep_picture(width)
            wide = self.page.evaluate(TOO_WIDE)
            assert wide <= 0, f"{self.page.url} is {wide} px too wide for {width} px"
            self.judge(width)

    def judge(self, width: int) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found: list[Any] = self.page.evaluate(RUN_AXE)
        assert found == [], f"{self.page.url} at {width} px: {found}"
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def is_new(self) -> bool:
        """Whether no page of this kind of address has had the same kinds of elements yet."""
        shape = NUMBERS.sub("#", self.page.evaluate(SHAPE))
        known = shape in self.seen.shapes
        self.seen.shapes.add(shape)
        return not known

    def keep_picture(self, width: int) -> None:
        """PICTURES names a folder for those who want to look themselves."""
        if PICTURES:
            self.seen.pictures += 1
            path = re.sub(
                r"[^a-z0-9]+", "-", self.page.url.removeprefix(self.site.address).lower()
            )[:60]
            name = f"{self.slug[:5]}-{self.seen.pictures:03}-{path}-{width}.png"
            self.page.screenshot(path=Path(PICTURES) / name, full_page=True)

    def leave(self) -> None:
        self.context.close()
