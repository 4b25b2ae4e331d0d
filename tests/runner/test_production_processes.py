"""Web server, worker and beat as separate processes with production settings: someone books a place."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from celery.beat import PersistentScheduler
from django.db import connections

from bookings.models import Booking
from config.celery import app
from courses.models import Event
from partnerships.models import Membership, Partnership
from tenancy import activate
from tests import world as make
from tests.load.processes import environment
from tests.plugins.services import numbered
from tools.bench.browser import Browser, Form
from tools.bench.place import free_port, running, wait_until_it_answers
from tools.runner import assets, commands, preflight
from tools.runner.console import ROOT

PATIENCE_SECONDS = 90
ARGON = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # production knows no other

pytestmark = [pytest.mark.slow, pytest.mark.broker, pytest.mark.django_db(transaction=True)]


class PostOffice:
    """Takes every mail that is brought to it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.port = free_port()
        self.server = Controller(self, hostname=preflight.LOOPBACK, port=self.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def about(self, subject: str) -> EmailMessage:
        """The one mail whose subject has these words; waits for it."""
        wait_until(lambda: any(subject in mail["Subject"] for mail in self.mails))
        (found,) = (mail for mail in self.mails if subject in mail["Subject"])
        return found


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.server.start()
    yield office
    office.server.stop()


@pytest.fixture
def variables(redis_url: str, post_office: PostOffice) -> dict[str, str]:
    """What someone who sets up a real site sets."""
    port = free_port()
    return environment(
        DJANGO_SETTINGS_MODULE="config.settings.production",
        SECRET_KEY=secrets.token_urlsafe(48),
        ALLOWED_HOSTS=preflight.LOOPBACK,
        SITE_URL=f"http://{preflight.LOOPBACK}:{port}",
        REDIS_URL=numbered(redis_url, 3),
        DEFAULT_FROM_EMAIL="training@example.org",
        EMAIL_HOST=preflight.LOOPBACK,
        EMAIL_PORT=str(post_office.port),
        EMAIL_USE_TLS="0",
        INSECURE_HTTP="1",
        TRUSTED_PROXIES="0",
        PORT=str(port),
    )


def test_somebody_books_a_place_and_is_told_by_mail(
    variables: dict[str, str], post_office: PostOffice, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ARGON
    partnership = make.partnership(slug="harbour")
    person, event = offered(partnership)
    gather_static_files(variables)
    port = int(variables["PORT"])
    with (
        running("web", commands.web(f"{preflight.LOOPBACK}:{port}"), variables) as web,
        running("worker", commands.WORKER, variables),
    ):
        wait_until_it_answers(web, port)
        browser = signed_in(variables["SITE_URL"], person)
        reference = booked(browser, event)
        mail = post_office.about(event.course.title)
    assert mail["To"].addresses[0].addr_spec == person.user.email
    assert mail["From"].addresses[0].addr_spec == "training@example.org"
    assert f"{variables['SITE_URL']}/harbour/bookings/{reference}/" in mail.as_string()
    with activate(partnership):
        assert Booking.objects.get(membership=person).reference == reference


def test_beat_knocks_and_the_worker_sends_what_is_due(
    variables: dict[str, str], post_office: PostOffice, tmp_path: Path
) -> None:
    with activate(make.partnership(slug="harbour")):
        make.message(subject="Nobody woke the worker for this")
    connections.close_all()
    last_knock_an_hour_ago(tmp_path)
    beat = subprocess.Popen(
        [sys.executable, *commands.BEAT[1:]],
        cwd=tmp_path,
        env=variables | {"PYTHONPATH": str(ROOT)},
    )
    try:
        with running("worker", commands.WORKER, variables):
            post_office.about("Nobody woke the worker for this")
    finally:
        beat.terminate()
        assert beat.wait(PATIENCE_SECONDS) == 0


def test_nobody_travels_in_time(variables: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "sweep", "--at", "2027-03-01T09:00"]
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "cannot use it in production" in done.stderr


def offered(partnership: Partnership) -> tuple[Membership, Event]:
    """Someone who may book, and an event with places."""
    with activate(partnership):
        make.charging_policy()
        make.evaluation_plan()
        person = make.person(agency=make.agency(), email="piet@harbour.example.org")
        event = make.event(course=make.course(title="Recognising neglect"))
    connections.close_all()
    return person, event


def gather_static_files(variables: dict[str, str]) -> None:
    """Production names static files by their content, so they have to be there."""
    if not assets.are_gathered():
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=variables, check=True)
        assets.remember()


def signed_in(address: str, person: Membership) -> Browser:
    """The person's browser, after the form."""
    browser = Browser(address)
    form = Form(browser.get("/harbour/accounts/login/"), having="password")
    fields = form.filled(login=person.user.email, password=make.PASSWORD)
    browser.post("/harbour/accounts/login/", fields)
    assert browser.status == 302, browser.text
    return browser


def booked(browser: Browser, event: Event) -> str:
    """Book through the form; gives the booking's reference."""
    path = f"/harbour/events/{event.reference}/book/"
    browser.post(path, Form(browser.get(path), having="accept_policy").filled())
    assert browser.status == 302, browser.text
    place = browser.location
    browser.get(place)
    assert browser.status == 200
    return place.rstrip("/").rpartition("/")[2]


def last_knock_an_hour_ago(folder: Path) -> None:
    """Beat's memory, in the folder where it is started: it has been down for an hour."""
    (folder / "var").mkdir()
    scheduler = PersistentScheduler(
        app=app,
        schedule_filename=str(folder / commands.BEAT[commands.BEAT.index("--schedule") + 1]),
    )
    scheduler.schedule["knock"].last_run_at -= timedelta(hours=1)
    scheduler.close()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.1)
