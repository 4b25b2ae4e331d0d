"""Certificates: when they are issued, what they say, who opens and who checks them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from bookings.models import Booking, ChargingPolicy
from bookings.rules.states import BookingState, Mark
from config.sweeps import run_sweep
from courses.rules.states import EventState
from evaluation.models import Certificate, EvaluationPlan
from evaluation.operations import issue_next_certificate as issuing
from evaluation.operations.draw_certificate import draw_certificate
from evaluation.operations.issue_certificate import issue_certificate
from evaluation.operations.issue_next_certificate import issue_next_certificate
from evaluation.reports.attention import attention
from evaluation.rules.certificate import spaced
from evaluation.schedule import SWEEPS
from outbox.models import Message
from tenancy import activate
from tests import world as make
from tests.world import Browser, Town, World, page_as

pytestmark = pytest.mark.django_db


def attended(
    town: Town, state: BookingState = BookingState.ATTENDED, title: str = "Neglect & harm"
) -> Booking:
    """The practitioner's place at an event whose register is closed."""
    course = make.course(title=title, outcomes=["Say what neglect does."])
    event = make.event(
        course=course,
        starts_at=make.in_days(-3),
        state=EventState.COMPLETED,
        register_closed_at=timezone.now() - timedelta(days=2),
    )
    return make.booking(person=town.practitioner, event=event, state=state)


def certified(town: Town, **fields: Any) -> Certificate:
    """A certificate of someone who answered."""
    booking = attended(town, **fields)
    make.answer(invitation=make.invitation(booking=booking), know=4)
    made = issue_certificate(booking=booking, now=timezone.now())
    assert made is not None
    return made


def test_the_clock_issues_nothing_before_the_answers(world: World) -> None:
    invitation = make.invitation(booking=attended(world.harbour))
    assert issue_next_certificate(now=timezone.now()) == 0
    make.answer(invitation=invitation, know=4)
    assert issue_next_certificate(now=timezone.now()) == 1
    assert issue_next_certificate(now=timezone.now()) == 0
    assert Certificate.objects.count() == Message.objects.count() == 1


def test_where_no_evaluation_is_needed_attendance_is_enough(world: World) -> None:
    make.questionnaire()
    EvaluationPlan.objects.update(certificate_needs_evaluation=False)
    attended(world.harbour)
    assert issue_next_certificate(now=timezone.now()) == 1


def test_nobody_waits_for_questions_that_are_not_asked(world: World) -> None:
    attended(world.harbour)
    assert issue_next_certificate(now=timezone.now()) == 1


@pytest.mark.parametrize(
    "state", [BookingState.NO_SHOW, BookingState.PARTLY_ATTENDED, BookingState.BOOKED]
)
def test_who_was_not_there_gets_none(world: World, state: BookingState) -> None:
    booking = attended(world.harbour, state)
    assert issue_next_certificate(now=timezone.now()) == 0
    assert issue_certificate(booking=booking, now=timezone.now()) is None


@pytest.mark.parametrize(("mark", "issued"), [(Mark.LATE, 1), (Mark.ABSENT, 0)])
def test_a_policy_may_forgive_lateness_but_no_missed_session(
    world: World, mark: Mark, issued: int
) -> None:
    ChargingPolicy.objects.update(late_certificate=True)
    booking = attended(world.harbour, BookingState.PARTLY_ATTENDED)
    make.attendance(booking=booking, mark=mark, minutes_late=60)
    assert issue_next_certificate(now=timezone.now()) == issued


def alternatives(node: Any) -> Iterator[str]:
    """The texts that stand for pictures, from the whole tree of tags."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from alternatives(child)
    elif isinstance(node, dict):
        if node.get("/S") == "/Figure":
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alternatives(node["/K"])


def test_the_document_says_who_what_when_and_is_tagged(world: World) -> None:
    certificate = certified(world.harbour)
    reader = PdfReader(io.BytesIO(draw_certificate(certificate=certificate)))
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in (
        "Piet Harbour",
        "Harbour Primary School",
        "Neglect & harm",
        "Say what neglect does.",
        "6 hours",
        spaced(certificate.code),
        world.harbour.partnership.name,
    ):
        assert words in text, words
    assert len(reader.pages) == 1
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in catalogue
    assert any("QR code" in text for text in alternatives(catalogue["/StructTreeRoot"]))
    notes: Any = reader.pages[0]["/Annots"]
    links = [note.get_object() for note in notes]
    assert any(certificate.code in link["/A"]["/URI"] for link in links)


def test_what_it_says_stays_when_the_person_changes(world: World, client: Browser) -> None:
    certificate = certified(world.harbour)
    user = world.harbour.practitioner.user
    user.full_name = "Somebody Else"
    user.save()
    assert issue_certificate(booking=certificate.booking, now=timezone.now()) == certificate
    page = client.get(reverse("certificate_check", args=[certificate.code]))
    assert "Piet Harbour" in page.content.decode()


def test_holder_agency_lead_and_training_team_open_it(world: World) -> None:
    town = world.harbour
    url = certified(town).get_absolute_url()
    allowed = {"practitioner", "agency_lead", "coordinator", "administrator"}
    for name, who in town.cast.items():
        expected = 200 if name in allowed else 404
        assert make.page_as(who).get(url).status_code == expected, name


def test_strangers_do_not_open_it(world: World, client: Browser) -> None:
    certificate = certified(world.harbour)
    url = certificate.get_absolute_url()
    assert client.get(url).status_code == 302
    assert make.page_as(world.moorland.coordinator).get(url).status_code == 404
    elsewhere = f"/moorland/certificates/{certificate.code}.pdf"
    assert make.page_as(world.moorland.coordinator).get(elsewhere).status_code == 404


def test_anybody_checks_a_code_as_it_is_typed(world: World, client: Browser) -> None:
    certificate = certified(world.harbour)
    typed = {"code": f" {spaced(certificate.code).lower()} "}
    page = client.get(reverse("verify"), typed, follow=True)
    body = page.content.decode()
    assert "This certificate is valid" in body
    assert "Neglect &amp; harm" in body
    assert page.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("code", ["ACDEFGHJKMNP", "nothing", "A' OR 1=1", "x" * 300])
def test_an_unknown_code_is_said_to_be_unknown(world: World, client: Browser, code: str) -> None:
    page = client.get(reverse("certificate_check", args=[code]))
    assert page.status_code == 404
    assert "No certificate has this code" in page.content.decode()


def test_codes_are_known_in_their_own_partnership_only(world: World, client: Browser) -> None:
    with activate(world.moorland.partnership):
        code = certified(world.moorland).code
    assert client.get(f"/moorland/verify/{code}/").status_code == 200
    assert client.get(f"/harbour/verify/{code}/").status_code == 404


@pytest.mark.parametrize("code", ["", "short", "0123", "a\0b", "x" * 100])
def test_a_code_that_can_be_none_is_explained(world: World, client: Browser, code: str) -> None:
    page = client.get(reverse("verify"), {"code": code})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()


def test_a_name_that_would_be_boxes_waits_until_it_is_written_otherwise(world: World) -> None:
    town = world.harbour
    invitation = make.invitation(booking=attended(town))
    make.answer(invitation=invitation, know=4)
    rename(town, "김 Harbour")
    assert issue_next_certificate(now=timezone.now()) == 0
    said = [item.text for item in attention(timezone.now(), town.coordinator)]
    assert "1 certificate with characters that cannot be printed: “김” (U+AE40)" in said
    rename(town, "Piet Harbour")
    assert issue_next_certificate(now=timezone.now()) == 1
    assert not any("printed" in item.text for item in attention(timezone.now(), town.coordinator))


def test_each_certificate_is_come_to_however_many_before_it_cannot_be_printed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And those are looked at once in a knock of the clock, not once for each that is issued."""
    now, course = timezone.now(), make.course(title="Neglect \ue000")
    for hours, many, of in ((1, 201, course), (2, 3, None), (3, 2, course)):
        closed_at = now - timedelta(hours=hours)
        at = make.event(
            course=of, starts_at=make.in_days(-3), capacity=many, register_closed_at=closed_at
        )
        make.fill(at)
        Booking.objects.filter(event=at).update(state=BookingState.ATTENDED)
    looks: list[int] = []

    def counted(*, booking: Booking, now: datetime) -> Certificate | None:
        looks.append(booking.pk)
        return issue_certificate(booking=booking, now=now)

    monkeypatch.setattr(issuing, "issue_certificate", counted)
    [sweep] = [each for each in SWEEPS if each.run is issue_next_certificate]
    assert run_sweep(sweep, world.harbour.partnership, now) == 3
    assert len(looks) == 201 + 3 + 2
    assert set(Certificate.objects.values_list("course_title", flat=True)) != {course.title}


def rename(town: Town, name: str) -> None:
    user = town.practitioner.user
    user.full_name = name
    user.save()


def test_whoever_opens_what_cannot_be_printed_reads_why(world: World) -> None:
    certificate = certified(world.harbour)
    Certificate.objects.update(outcomes=["Say \ue000."])
    address = reverse("certificate", args=[certificate.code])
    response = page_as(world.harbour.practitioner).get(address)
    assert response.status_code == 409
    assert "our fonts do not include “\ue000” (U+E000)" in response.content.decode()
    certificate.refresh_from_db()
    assert not certificate.pdf


def test_no_certificate_is_issued_anew_under_a_name_that_cannot_be_printed(world: World) -> None:
    certificate = certified(world.harbour)
    address = reverse("reissue_certificate", args=[certificate.code])
    form = {"holder_name": "Piet 김", "reason": "Married."}
    response = page_as(world.harbour.coordinator).post(address, form)
    assert (
        "The certificate cannot be printed: our fonts do not include “김” (U+AE40)."
        in response.content.decode()
    )
    assert Certificate.objects.get() == certificate
