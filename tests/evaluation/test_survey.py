"""Answering by personal link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.rules.states import EventState
from evaluation.access import survey_token
from evaluation.models import Answer, Certificate, EvaluationPlan, Response, SurveyInvitation
from evaluation.rules.states import InvitationState, QuestionKind, Stage
from outbox.models import Message, MessageState
from partnerships.models import Membership
from tenancy import activate
from tests import world as make
from tests.world import Browser, World

pytestmark = pytest.mark.django_db


def attended(person: Membership, state: BookingState = BookingState.ATTENDED) -> Booking:
    """A place at an event that is over, its register closed."""
    event = make.event(
        starts_at=make.in_days(-3),
        state=EventState.COMPLETED,
        register_closed_at=timezone.now() - timedelta(days=2),
    )
    return make.booking(person=person, event=event, state=state)


def asked(world: World, **fields: Any) -> SurveyInvitation:
    """The practitioner's invitation to the immediate questions."""
    return make.invitation(booking=attended(world.harbour.practitioner), **fields)


def address(invitation: SurveyInvitation) -> str:
    return reverse("survey", args=[survey_token(invitation)])


def filled(invitation: SurveyInvitation, **given: str) -> dict[str, str]:
    """The form's data: 4 on every scale unless said otherwise, by key."""
    return {
        f"question_{one.pk}": given.get(one.key, "4" if one.kind == QuestionKind.SCALE else "")
        for one in invitation.questionnaire.questions.all()
    }


def test_the_link_opens_the_questions_without_sign_in(world: World, client: Browser) -> None:
    invitation = asked(world)
    page = client.get(address(invitation))
    assert page.status_code == 200
    for text in ("I am confident to share a worry.", "Do not name children", "Piet Harbour"):
        assert text in page.content.decode()


def test_an_answer_is_kept_and_brings_the_certificate(world: World, client: Browser) -> None:
    invitation = asked(world)
    url = address(invitation)
    page = client.post(url, filled(invitation, comment="Ask sooner."), follow=True)
    assert "Open your certificate" in page.content.decode()
    response = Response.objects.get(invitation=invitation)
    assert {one.question.key: one.number or one.text for one in response.answers.all()} == {
        "know": 4,
        "confident": 4,
        "comment": "Ask sooner.",
    }
    certificate = Certificate.objects.get(booking=invitation.booking)
    mail = Message.objects.get(subject__startswith="Your certificate")
    assert certificate.get_absolute_url() in mail.text
    pdf = client.get(reverse("survey_certificate", args=[survey_token(invitation)]))
    assert pdf.content.startswith(b"%PDF")


def test_sent_twice_it_counts_once(world: World, client: Browser) -> None:
    invitation = asked(world)
    url = address(invitation)
    client.post(url, filled(invitation, know="2"))
    page = client.post(url, filled(invitation, know="5"))
    assert page.status_code == 200
    assert "You cannot send answers twice" in page.content.decode()
    assert Answer.objects.get(question__key="know").number == 2
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"know": ""}, "Choose an answer"),
        ({"know": "9"}, "Choose one of the answers"),
        ({"know": "4'; DROP TABLE"}, "Choose one of the answers"),
        ({"comment": "a" * 2001}, "2000 characters or"),
        ({"comment": "a\0b"}, "character"),
    ],
)
def test_a_mistake_is_named_and_the_other_answers_stay(
    world: World, client: Browser, given: dict[str, str], sentence: str
) -> None:
    invitation = asked(world)
    page = client.post(
        address(invitation),
        filled(invitation, confident="5")
        | {
            f"question_{invitation.questionnaire.questions.get(key=key).pk}": text
            for key, text in given.items()
        },
    )
    body = page.content.decode()
    assert page.status_code == 200
    assert sentence in body
    assert "There is a problem" in body
    confident = invitation.questionnaire.questions.get(key="confident").pk
    kept = body.split(f'name="question_{confident}"')[5]
    assert "checked" in kept.split(">")[0]
    assert not Response.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "%00", "x" * 500])
def test_a_link_that_was_changed_leads_nowhere(world: World, client: Browser, token: str) -> None:
    page = client.get(reverse("survey", args=["TOKEN"]).replace("TOKEN", token))
    assert page.status_code == 404


def test_a_tampered_link_says_so(world: World, client: Browser) -> None:
    url = address(asked(world))
    page = client.get(url[:-3] + "xx/")
    assert page.status_code == 404
    assert "does not lead to any questions" in page.content.decode()


def test_a_link_of_another_partnership_leads_nowhere(world: World, client: Browser) -> None:
    with activate(world.moorland.partnership):
        event = make.event(starts_at=make.in_days(-3))
        booking = make.booking(person=world.moorland.practitioner, event=event)
        token = survey_token(make.invitation(booking=booking))
    assert client.get(reverse("survey", args=[token])).status_code == 404
    assert client.get(f"/moorland/survey/{token}/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"state": InvitationState.LAPSED}, 410, "closed"),
        ({"state": InvitationState.WITHDRAWN}, 410, "withdrawn"),
        ({"closes_on": timezone.localdate() - timedelta(days=1)}, 410, "closed on"),
        (
            {
                "state": InvitationState.PLANNED,
                "due_on": timezone.localdate() + timedelta(days=9),
            },
            404,
            "You can answer these questions from",
        ),
    ],
)
def test_out_of_time_is_said_plainly(
    world: World, client: Browser, fields: dict[str, object], status: int, sentence: str
) -> None:
    invitation = asked(world, **fields)
    for page in (client.get(address(invitation)), client.post(address(invitation), {})):
        assert page.status_code == status
        assert sentence in page.content.decode()


def test_answering_stops_the_mails_that_wait(world: World, client: Browser) -> None:
    invitation = asked(world)
    make.message(about=f"survey-{invitation.pk}", due_at=make.in_days(2))
    client.post(address(invitation), filled(invitation))
    message = Message.objects.get(about=f"survey-{invitation.pk}")
    assert message.state == MessageState.CANCELLED


def test_part_attendance_earns_no_certificate_and_the_page_says_why(
    world: World, client: Browser
) -> None:
    booking = attended(world.harbour.practitioner, BookingState.PARTLY_ATTENDED)
    invitation = make.invitation(booking=booking)
    page = client.post(address(invitation), filled(invitation), follow=True)
    assert "A certificate requires attendance at the whole event." in page.content.decode()
    assert not Certificate.objects.exists()
    link = reverse("survey_certificate", args=[survey_token(invitation)])
    assert client.get(link).status_code == 404


def test_the_impact_answers_bring_no_certificate(world: World, client: Browser) -> None:
    EvaluationPlan.objects.update(certificate_needs_evaluation=True)
    invitation = asked(world, stage=Stage.IMPACT)
    page = client.post(address(invitation), filled(invitation), follow=True)
    assert "certificate" not in page.content.decode()


def test_what_coordinators_and_delegates_type_is_text(world: World, client: Browser) -> None:
    invitation = asked(world)
    question = invitation.questionnaire.questions.get(key="know")
    question.text = "<script>alert(1)</script>"
    question.save()
    body = client.get(address(invitation)).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;" in body
