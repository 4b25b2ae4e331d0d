"""Every account page of a real site: production settings, real commits, mails by a real server."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connections

from partnerships.models import Membership, User
from partnerships.rules.roles import Role
from tenancy import activate
from tests import world as make
from tests.isolation.addresses import every_address
from tests.runner.test_production_processes import (
    ARGON,
    PostOffice,
    gather_static_files,
    post_office,  # noqa: F401 - a fixture
    signed_in,
    variables,  # noqa: F401 - a fixture
)
from tools.bench.browser import Browser, Form
from tools.bench.place import running, wait_until_it_answers
from tools.runner import commands, preflight

pytestmark = [pytest.mark.slow, pytest.mark.broker, pytest.mark.django_db(transaction=True)]

LINK = re.compile(r"https?://127\.0\.0\.1:\d+(\S+)")
SECRET = re.compile(r'app-codes">(\w{32})<')
NEW = "quite-another-secret-2"


@pytest.fixture
def person(settings: Any) -> Membership:
    """A coordinator of a partnership that asks its staff for a second step."""
    settings.PASSWORD_HASHERS = ARGON
    partnership = make.partnership(slug="harbour", staff_second_factor_required=True)
    with activate(partnership):
        made = make.person(Role.COORDINATOR, name="Cora Harbour", email="cora@example.org")
    connections.close_all()
    return made


@pytest.fixture
def site(variables: dict[str, str], person: Membership) -> Any:  # noqa: F811
    """Web server and worker."""
    gather_static_files(variables)
    port = int(variables["PORT"])
    with (
        running("web", commands.web(f"{preflight.LOOPBACK}:{port}"), variables) as web,
        running("worker", commands.WORKER, variables),
    ):
        wait_until_it_answers(web, port)
        yield variables["SITE_URL"]


def send(browser: Browser, path: str, having: str, **fields: str) -> None:
    """Open a page, send its form, follow where that leads; the password is given again where it is asked for."""
    browser.get(path)
    while browser.status == 302:
        path = browser.location
        browser.get(path)
    assert browser.status == 200, (path, browser.status, browser.text[:500])
    form = Form(browser.text, having=having)
    assert form.fields, (path, having, browser.text)
    browser.post(path, form.filled(**fields))
    arrive(browser)


def arrive(browser: Browser) -> None:
    while browser.status == 302:
        where = browser.location
        browser.get(where)
        if urlsplit(where).path.endswith("/reauthenticate/"):
            form = Form(browser.text, having="password")
            onward = parse_qs(urlsplit(where).query)["next"][0]
            browser.post(where, form.filled(password=make.PASSWORD, next=onward))
    assert browser.status == 200, browser.text[:500]


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_switching_on_a_second_step_and_every_other_change_answers_and_tells_its_owner(
    site: str,
    post_office: PostOffice,  # noqa: F811
    person: Membership,
) -> None:
    browser = signed_in(site, person)
    totp = "/harbour/accounts/2fa/totp/activate/"
    browser.get(totp)
    arrive(browser)
    secret = SECRET.search(browser.text)
    assert secret is not None, browser.text
    browser.post(totp, Form(browser.text, having="code").filled(code=code(secret.group(1))))
    arrive(browser)
    post_office.about("An authenticator app was set up")
    send(browser, "/harbour/accounts/2fa/recovery-codes/generate/", "csrfmiddlewaretoken")
    post_office.about("New recovery codes were created")
    assert "Manage training" in manage(browser)
    send(browser, "/harbour/accounts/email/", "email", email="new@example.org", action_add="1")
    post_office.about("An email address was added to your account")
    change = {"oldpassword": make.PASSWORD, "password1": NEW, "password2": NEW}
    send(browser, "/harbour/accounts/password/change/", "oldpassword", **change)
    told = post_office.about("Your password was changed")
    link = LINK.search(told.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert link is not None
    stranger = Browser(site)
    send(stranger, link.group(1), "csrfmiddlewaretoken")
    assert "The changes have been stopped" in stranger.text
    post_office.about("Your request for a new password")
    assert not User.objects.get(pk=person.user_id).has_usable_password()


def manage(browser: Browser) -> str:
    browser.get("/harbour/manage/")
    assert browser.status == 200, browser.location
    return browser.text


def test_every_account_page_answers_signed_in_and_signed_out(site: str, person: Membership) -> None:
    broken = []
    pages = [address for address in every_address() if address.pattern.startswith("accounts/")]
    assert len(pages) > 25
    values = {"pk": "1", "token": "none:of:ours", "key": "none", "uidb36": "1"}
    for browser in (Browser(site), signed_in(site, person)):
        for address in pages:
            path = f"/harbour/{address.filled(values)}"
            browser.get(path)
            if browser.status >= 500:
                broken.append((path, browser.status))
    assert broken == []
