"""The measurements, in the order in which they are printed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count, cycle

from celery import current_app
from django.utils import timezone

from outbox.models import Message
from partnerships.models import Partnership
from tenancy import activate
from tools.bench import place, report
from tools.bench.browser import Browser, Form
from tools.bench.data import EVENTS, PEOPLE, SLUG, Filled
from tools.bench.load import drive
from tools.bench.memory import memory_of
from tools.runner import commands, preflight
from tools.runner.console import ROOT, Problem, say

CLIENTS = (1, 8)
PAGE_SECONDS, BOOKING_SECONDS, INVOICE_SECONDS = 6.0, 10.0, 6.0
WARM_UP_SECONDS = 5.0  # long enough for each process to render every page once
BOOKING_WARM_UP_SECONDS = 12.0  # and for each connection to have settled on its plans
MAIL_SECONDS = 120
BOOKED = ("/survey/", "/bookings/")  # where someone is taken once they have a place


def web(environ: Mapping[str, str], filled: Filled, server: int | None) -> None:
    """Pages, bookings and memory of the web server; its processor time includes the database's."""
    port = place.free_port()
    address = f"{preflight.LOOPBACK}:{port}"
    with place.running("web server", commands.web(address), environ) as child:
        place.wait_until_it_answers(child, port)
        under_test = [child.pid, *([server] if server else [])]
        pages(f"http://{address}", filled, under_test)
        bookings(f"http://{address}", filled, under_test)
        for pid in place.wait_for_children(child, 1)[:1]:
            report.memory("memory of a web process", memory_of(pid))


def pages(address: str, filled: Filled, under_test: list[int]) -> None:
    """The catalogue's first page, and every event's page in turn; no one is signed in.

    "New" is a page that no one has requested since something changed, so it has to be rendered.
    """
    catalogue = f"/{SLUG}/events/"
    events = [f"{catalogue}{reference}/" for reference in filled.references]
    number = count()
    kinds: dict[str, Iterator[str]] = {
        "catalogue": cycle([catalogue]),
        "catalogue, new": (f"{catalogue}?seen={next(number)}" for _ in count()),
        "event page": cycle(events),
        "event page, new": (f"{path}?seen={next(number)}" for path in cycle(events)),
    }
    for what, paths in kinds.items():
        drive(max(CLIENTS), visitor(address, Shared(paths)), WARM_UP_SECONDS)
        for clients in CLIENTS:
            found = drive(clients, visitor(address, Shared(paths)), PAGE_SECONDS, under_test)
            report.line(what, found, "requests/s")


class Shared:
    """One list that several clients take from."""

    def __init__(self, paths: Iterator[str]) -> None:
        self.paths = paths
        self.lock = threading.Lock()

    def take(self) -> str:
        with self.lock:
            return next(self.paths)


def visitor(address: str, paths: Shared) -> Callable[[int], Callable[[], bool]]:
    """Clients that request one path after another."""

    def prepare(_: int) -> Callable[[], bool]:
        browser = Browser(address)

        def ask() -> bool:
            path = paths.take()
            browser.get(path)
            if browser.status != 200:
                raise Problem(f"{path} answered {browser.status}")
            return True

        return ask

    return prepare


def bookings(address: str, filled: Filled, under_test: list[int]) -> None:
    """Places booked, from the form to the page of the new booking: three requests each."""
    numbers = count()
    lock = threading.Lock()
    people = PEOPLE // 2  # the other half has places already

    def prepare(_: int) -> Callable[[], bool]:
        browser = Browser(address)

        def book() -> bool:
            with lock:
                number = next(numbers)
            # Everyone books a different date each time, so no one has two places.
            browser.cookies = dict(filled.cookies[number % people])
            reference = filled.references[(number + number // people) % EVENTS]
            book_one(browser, f"/{SLUG}/events/{reference}/")
            return True

        return book

    drive(max(CLIENTS), prepare, BOOKING_WARM_UP_SECONDS)
    for clients in CLIENTS:
        found = drive(clients, prepare, BOOKING_SECONDS, under_test)
        report.line("bookings", found, "bookings/s")


def book_one(browser: Browser, event: str) -> None:
    """Open the form, send it, see the page that it leads to. The event's page is measured separately."""
    fields = Form(browser.get(f"{event}book/"), having="accept_policy").filled()
    browser.post(f"{event}book/", fields)
    if browser.status != 302 or not any(page in browser.location for page in BOOKED):
        raise Problem(f"{event}book/ answered {browser.status}, not a booking")
    browser.get(browser.location)
    if browser.status != 200:
        raise Problem(f"{browser.location} answered {browser.status}")


def invoices(environ: Mapping[str, str]) -> None:
    """PDFs of three lines, by one process and by two."""
    command = [sys.executable, "-m", "tools.bench.print_invoices", str(INVOICE_SECONDS)]
    for processes in (1, 2):
        printers = [
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(environ),
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for _ in range(processes)
        ]
        for printer in printers:
            assert printer.stdout is not None
            printer.stdout.readline()
        for printer in printers:
            assert printer.stdin is not None
            print("go", file=printer.stdin, flush=True)
        told = [printer.communicate()[0].split() for printer in printers]
        done = sum(int(number) for number, _ in told)
        used = sum(float(seconds) for _, seconds in told) / done * 1000
        who = f"{processes} process{'es' if processes > 1 else ''}"
        say(
            f"{'invoices':<16} {who:<11} {done / INVOICE_SECONDS:6.1f} {'PDFs/s':<45} processor {used:5.1f} ms each"
        )


def worker(environ: Mapping[str, str]) -> None:
    """Memory of a worker process after it has done its rounds."""
    with place.running("worker", commands.WORKER, environ) as child:
        pids = place.wait_for_children(child, 2)
        for _ in range(4):
            current_app.send_task("config.knock")
        wait_until_sent()
        for pid in pids[:1]:
            report.memory("memory of a worker process", memory_of(pid))


def wait_until_sent() -> None:
    """Wait until the worker has sent every email that is due."""
    partnership = Partnership.objects.get(slug=SLUG)
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        with activate(partnership):
            if not Message.objects.due(timezone.now()).exists():
                return
        time.sleep(0.5)
