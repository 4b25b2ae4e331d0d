"""Every signed link ends by itself, and says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import signing
from django.urls import reverse

from bookings.access import approval_token, has_ended, offer_token, read_token, waiver_token
from bookings.rules.states import BookingState
from evaluation.access import survey_token
from tests import world as make
from tests.world import Browser, World

pytestmark = pytest.mark.django_db

Later = Callable[[float], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Moves the clock by which links age."""
    now = signing.time.time()
    return lambda days: monkeypatch.setattr(signing.time, "time", lambda: now + days * 86400)


def links(world: World) -> dict[str, str]:
    """One of each kind, made today."""
    event = make.event()
    entry = make.waiting_entry(person=world.harbour.practitioner, event=event)
    pending = make.booking(
        person=world.harbour.colleague,
        event=event,
        state=BookingState.PENDING,
        waits_for=["manager_approval"],
    )
    make.questionnaire()
    asked = make.invitation(booking=make.booking(person=world.harbour.manager, event=event))
    token = survey_token(asked)
    return {
        "offer": reverse("offer", args=[offer_token(make.offer(entry=entry))]),
        "approve": reverse("approve", args=[approval_token(pending)]),
        "waiver": reverse(
            "ask_waiver_by_link", args=[waiver_token(pending, world.harbour.colleague)]
        ),
        "survey": reverse("survey", args=[token]),
        "certificate": reverse("survey_certificate", args=[token]),
    }


@pytest.mark.parametrize("kind", ["offer", "approve", "waiver", "survey", "certificate"])
def test_a_link_ends_after_ninety_days_and_says_so(world: World, later: Later, kind: str) -> None:
    link = links(world)[kind]
    later(89.9)
    assert Browser().get(link).status_code in {200, 404}, "404: there is no certificate yet"
    later(90.1)
    answer = Browser().get(link)
    assert answer.status_code == 410
    assert "Links in our emails work for 90 days" in answer.content.decode()
    assert Browser().post(link, {"answer": "accept"}).status_code in {405, 410}


def test_a_link_that_was_changed_is_not_said_to_have_ended(world: World, later: Later) -> None:
    token = offer_token(
        make.offer(entry=make.waiting_entry(person=world.harbour.practitioner, event=make.event()))
    )
    later(100)
    assert has_ended("bookings.offer", token)
    assert not has_ended("bookings.offer", token[:-1])
    assert not has_ended("bookings.approval", token), "a link of one kind is none of another"
    assert read_token("bookings.offer", token) is None
    assert Browser().get(reverse("offer", args=[token[:-1]])).status_code == 404
