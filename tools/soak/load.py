"""Visitors who book, wait and cancel, and a coordinator who closes registers. They note what they were promised."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from random import Random
from time import sleep

from tools.bench.browser import Browser, Form
from tools.bench.data import SLUG
from tools.bench.measure import BOOKED
from tools.soak.scene import Scene

VISITORS = 4
PAUSE_SECONDS = 0.8  # between two things that one visitor does, on average
IN_DEMAND = 6  # dates that half of the visitors want, so that they are fully booked
SHARE_CANCELLED = 0.35
GONE = (OSError, HTTPException)  # no one is listening, or the answer breaks off


@dataclass
class Ledger:
    """What the site told its visitors. A promise is an answer that says something is done."""

    promised: set[tuple[int, str]] = field(default_factory=set)  # number of the person, event
    booked: dict[str, int] = field(default_factory=dict)  # reference: number of the person
    cancelled: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    interrupted: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str) -> None:
        with self.lock:
            self.answers[what] += 1


class Visitor:
    """One client that acts as many people."""

    def __init__(self, address: str, scene: Scene, ledger: Ledger, chance: Random) -> None:
        self.address, self.scene, self.ledger, self.chance = address, scene, ledger, chance
        self.browser = Browser(address)
        self.mine: list[str] = []  # bookings that I may cancel

    def visit(self) -> None:
        """Do one thing. An answer that never came promises nothing."""
        try:
            if self.mine and self.chance.random() < SHARE_CANCELLED:
                self.cancel(self.mine.pop(self.chance.randrange(len(self.mine))))
            else:
                self.book()
        except GONE:
            with self.ledger.lock:
                self.ledger.interrupted += 1
            self.browser.close()
            self.browser = Browser(self.address)

    def book(self) -> None:
        number = self.chance.randrange(len(self.scene.people))
        wanted = self.scene.upcoming
        if self.chance.random() < 0.5:
            wanted = wanted[:IN_DEMAND]
        event = self.chance.choice(wanted)
        path = f"/{SLUG}/events/{event}/book/"
        self.browser.cookies = dict(self.scene.people[number])
        form = Form(self.browser.get(path), having="accept_policy")
        if self.browser.status != 200 or not form.fields:
            self.told("book")
            return
        self.browser.post(path, form.filled())
        self.told("book")
        if self.browser.status != 302 or not any(page in self.browser.location for page in BOOKED):
            return
        with self.ledger.lock:
            self.ledger.promised.add((number, event))
        self.browser.post(path, form.filled())  # again: someone with a place is led to it
        reference = self.browser.location.rstrip("/").rpartition("/")[2]
        if self.browser.status == 302 and "/bookings/" in self.browser.location:
            with self.ledger.lock:
                self.ledger.booked[reference] = number
            self.mine.append(reference)

    def cancel(self, reference: str) -> None:
        path = f"/{SLUG}/bookings/{reference}/cancel/"
        self.browser.cookies = dict(self.scene.people[self.ledger.booked[reference]])
        form = Form(self.browser.get(path), having="reason")
        if self.browser.status == 200 and form.fields:
            self.browser.post(path, form.filled(reason="Ill"))
            if self.browser.status == 302:
                with self.ledger.lock:
                    self.ledger.cancelled.add(reference)
        self.told("cancel")

    def told(self, what: str) -> None:
        self.ledger.note(f"{what} {self.browser.status}")


class Coordinator:
    """Marks everyone present and closes the register, again and again until the site says that it is closed."""

    def __init__(self, address: str, scene: Scene, ledger: Ledger) -> None:
        self.address, self.scene, self.ledger = address, scene, ledger
        self.left = list(scene.over)

    def visit(self) -> None:
        if not self.left:
            return
        reference = self.left[0]
        browser = Browser(self.address, self.scene.coordinator)
        path = f"/{SLUG}/register/{reference}/"
        try:
            form = Form(browser.get(path), having="csrfmiddlewaretoken")
            token = ("csrfmiddlewaretoken", form.fields.get("csrfmiddlewaretoken", ""))
            browser.post(path, [token, ("rest", "1")])
            browser.post(f"{path}close/", [token])
            browser.get(f"{path}close/")  # there is nothing to close: leads back to the register
            if browser.status == 302:
                self.ledger.closed.add(self.left.pop(0))
            self.ledger.note(f"close {browser.status}")
        except GONE:
            with self.ledger.lock:
                self.ledger.interrupted += 1
        finally:
            browser.close()


def crowd(
    address: str, scene: Scene, ledger: Ledger, over: threading.Event, seed: float
) -> list[threading.Thread]:
    """Everyone, not started yet."""
    chance = Random(seed)
    visitors = [Visitor(address, scene, ledger, Random(chance.random())) for _ in range(VISITORS)]
    visits = [visitor.visit for visitor in visitors]
    threads = [
        threading.Thread(
            target=again_and_again,
            args=(visit, PAUSE_SECONDS, over, Random(chance.random())),
            name=f"visitor {number}",
        )
        for number, visit in enumerate(visits)
    ]
    closing = Coordinator(address, scene, ledger).visit
    threads.append(
        threading.Thread(
            target=again_and_again,
            args=(closing, 20.0, over, Random(chance.random())),
            name="the coordinator",
        )
    )
    return threads


def again_and_again(
    visit: Callable[[], None], pause: float, over: threading.Event, chance: Random
) -> None:
    while not over.is_set():
        visit()
        sleep(chance.uniform(0.2, 1.8) * pause)
