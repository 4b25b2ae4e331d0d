"""The last places of an event, wanted by everyone at the same moment."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connections

from bookings.models import Booking, WaitingListEntry
from courses.models import Event
from partnerships.models import Partnership, User
from tenancy import activate
from tests import world as make
from tests.load.processes import environment, web_server
from tools.bench.browser import Browser, Form
from tools.bench.data import signed_in

PEOPLE, PLACES = 100, 30


class Hopeful(threading.Thread):
    """Someone who opens the booking page, waits for all the others, and sends the form."""

    def __init__(self, address: str, path: str, user: User, start: threading.Barrier) -> None:
        super().__init__()
        self.browser = Browser(address, signed_in(user))
        self.path = path
        self.start_together = start
        self.seen: list[int] = []

    def run(self) -> None:
        page = self.ask("GET", self.path)
        fields = Form(page, having="accept_policy").filled()
        self.browser.close()  # the server would not keep the connection open for so long
        self.start_together.wait()
        self.browser.post(self.path, fields)
        self.seen.append(self.browser.status)
        self.ask("GET", self.browser.location)

    def ask(self, method: str, path: str) -> str:
        text = self.browser.ask(method, path)
        self.seen.append(self.browser.status)
        return text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_hundred_people_want_thirty_places_at_once() -> None:
    partnership = make.partnership(slug="rush")
    event, users = wanted_by_all(partnership)
    connections.close_all()
    start = threading.Barrier(PEOPLE, timeout=120)
    with web_server(environment()) as address:
        path = f"/rush/events/{event.reference}/book/"
        crowd = [Hopeful(address, path, user, start) for user in users]
        for hopeful in crowd:
            hopeful.start()
        for hopeful in crowd:
            hopeful.join()
    assert Counter(tuple(hopeful.seen) for hopeful in crowd) == {(200, 302, 200): PEOPLE}
    with activate(partnership):
        booked = set(Booking.objects.holding_a_place().values_list("membership", flat=True))
        waiting = set(WaitingListEntry.objects.waiting().values_list("membership", flat=True))
    assert (len(booked), len(waiting), booked & waiting) == (PLACES, PEOPLE - PLACES, set())


def wanted_by_all(partnership: Partnership) -> tuple[Event, list[User]]:
    """One event, and more people than it has places."""
    with activate(partnership):
        make.charging_policy()
        make.evaluation_plan()
        school = make.agency()
        people = [make.person(agency=school) for _ in range(PEOPLE)]
        return make.event(capacity=PLACES), [person.user for person in people]
