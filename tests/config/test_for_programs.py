"""What is read by programs: search engines, those who report a weakness, spreadsheets; and a form token refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partnerships.spreadsheets import csv_response
from tests.world import PASSWORD, Browser, World

pytestmark = pytest.mark.django_db


def test_robots_are_kept_from_what_is_personal() -> None:
    answer = Browser().get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /*/accounts/", "Disallow: /*/manage/", "Disallow: /*/survey/"} <= set(lines)


def test_whoever_finds_a_weakness_knows_whom_to_tell(settings: Any) -> None:
    """RFC 9116: a contact, and an end that is less than a year away."""
    settings.SECURITY_CONTACT = "mailto:safe@training.example.org"
    answer = Browser().get("/.well-known/security.txt")
    assert answer["Content-Type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:safe@training.example.org"
    ends = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=300) < ends <= timedelta(days=366)
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def test_a_spreadsheet_sees_accents_and_runs_no_formula() -> None:
    answer = csv_response("people.csv", {"Name": lambda row: row}, ["Zoë Łukasz", "=1+1", "-5", -5])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == ["Name", "Zoë Łukasz", "'=1+1", "'-5", "-5"]


def test_a_refused_token_is_not_told_as_a_matter_of_roles(world: World) -> None:
    browser = Browser(enforce_csrf_checks=True)
    answer = browser.post("/harbour/accounts/login/", {"login": "x@y.org", "password": PASSWORD})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Your answers were not saved" in text
    assert "reload the page" in text
    assert "role" not in text.split("<main")[1].split("</main>")[0].replace('role="main"', "")
