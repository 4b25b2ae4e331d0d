"""A minimal browser: one persistent connection, cookies, and forms sent as they came."""

from __future__ import annotations

import re
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

PATIENCE_SECONDS = 60
TAG = re.compile(r"<(form|input|textarea|button)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class Browser:
    """Requests pages from one server. ``status``, ``location`` and ``text`` are those of the last answer."""

    def __init__(self, address: str, cookies: dict[str, str] | None = None) -> None:
        parts = urlsplit(address)
        self.origin = address
        self.connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
        self.cookies = dict(cookies or {})
        self.status = 0
        self.location = ""
        self.text = ""

    def get(self, path: str) -> str:
        """The page at a path. Redirects are reported, not followed."""
        return self.ask("GET", path)

    def post(self, path: str, fields: list[tuple[str, str]]) -> str:
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


class Form:
    """The first form of a page that has a field of a given name, filled in as a cooperative person would.

    Boxes are selected, the last choice of each group is taken, texts stay as they came unless given. Read with two
    patterns instead of a parser, because the time it takes is taken from the measured server.
    """

    def __init__(self, html: str, *, having: str) -> None:
        forms: list[dict[str, str]] = []
        for tag, inside in TAG.findall(html):
            given = dict(ATTRIBUTE.findall(inside))
            if tag == "form":
                forms.append({})
            elif forms and (name := given.get("name")):
                forms[-1][name] = unescape(given.get("value", "on" if tag == "input" else ""))
        self.fields = next((form for form in forms if having in form), {})

    def filled(self, **told: str) -> list[tuple[str, str]]:
        """What to send."""
        return list((self.fields | told).items())
