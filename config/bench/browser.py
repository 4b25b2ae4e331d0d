"""A browser as small as can be: one kept-open connection, cookies, forms sent as they came."""

from __future__ import annotations

from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

PATIENCE_SECONDS = 60


class Browser:
    """Asks pages of one server. ``status``, ``location`` and ``text`` tell of the last answer."""

    def __init__(self, address: str, cookies: dict[str, str] | None = None) -> None:
        parts = urlsplit(address)
        self.origin = address
        self.connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
        self.cookies = dict(cookies or {})
        self.status = 0
        self.location = ""
        self.text = ""

    def get(self, path: str) -> str:
        """The page at a path; redirections are told, not followed."""
        return self.ask("GET", path)

    def post(self, path: str, fields: list[tuple[str, str]]) -> str:
        """Send a form."""
        return self.ask("POST", path, urlencode(fields))

    def ask(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Referer": self.origin + path, "Origin": self.origin}
        if self.cookies:
            pairs = [f"{name}={value}" for name, value in self.cookies.items()]
            headers["Cookie"] = "; ".join(pairs)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.text = answer.read().decode(errors="replace")
        self.status = answer.status
        self.location = answer.headers.get("Location", "")
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return self.text

    def close(self) -> None:
        self.connection.close()


class Form(HTMLParser):
    """The fields of the page's forms that carry a given field name, filled in as a willing person would.

    Boxes are ticked, the last choice of each group is taken, texts stay as they came unless told.
    """

    def __init__(self, html: str, *, having: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.feed(html)
        self.fields = next((form for form in self.forms if having in form), {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif name and self.forms and tag in {"input", "textarea", "button"}:
            self.forms[-1][name] = [given.get("value", "on" if tag == "input" else "")]

    def filled(self, **told: str) -> list[tuple[str, str]]:
        """What to send."""
        fields = self.fields | {name: [value] for name, value in told.items()}
        return [(name, value) for name, values in fields.items() for value in values]
