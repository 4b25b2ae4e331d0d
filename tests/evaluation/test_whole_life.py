"""From the closed register to certificate, impact question and report, by the real operations."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.operations.close_register import close_register
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.rules.attendance import SessionMark
from bookings.rules.states import Mark
from evaluation.forms.answers import field_name
from evaluation.models import Certificate, SurveyInvitation
from evaluation.rules.states import QuestionKind, Stage
from outbox.models import Message
from tests import world as make
from tests.evaluation.test_sweeps import sweep
from tests.world import Browser, World

pytestmark = pytest.mark.django_db


def test_who_came_is_asked_answers_is_certified_and_is_asked_again(
    world: World, client: Browser
) -> None:
    town, now = world.harbour, timezone.now()
    for stage in (Stage.IMMEDIATE, Stage.IMPACT):
        make.questionnaire(stage=stage)
    event = make.event(starts_at=make.in_days(-2), trainers=[make.trainer(membership=town.trainer)])
    session = event.sessions.get()
    came = make.booking(person=town.practitioner, event=event)
    stayed_away = make.booking(person=town.colleague, event=event)
    entries = [
        MarkEntry(came.pk, session.pk, SessionMark(Mark.PRESENT)),
        MarkEntry(stayed_away.pk, session.pk, SessionMark(Mark.ABSENT)),
    ]
    mark_attendance(event=event, entries=entries, by=town.trainer, at=now)
    close_register(event=event, by=town.coordinator, at=now)
    sweep(now)

    invitation = SurveyInvitation.objects.get(stage=Stage.IMMEDIATE)
    assert invitation.membership == town.practitioner
    mail = Message.objects.get(to_email=town.practitioner.user.email)
    link = re.search(r"http://testserver(/harbour/survey/\S+/)", mail.text)
    assert link is not None
    path = link[1]

    data = {
        field_name(one): "4" if one.kind == QuestionKind.SCALE else ""
        for one in invitation.questionnaire.questions.all()
    }
    assert "Open your certificate" in client.post(path, data, follow=True).content.decode()
    certificate = Certificate.objects.get()
    assert certificate.booking == came

    later = now + timedelta(days=100)
    done = sweep(later)
    assert done["evaluations sent, reminded or closed"] == 1
    impact = SurveyInvitation.objects.get(stage=Stage.IMPACT)
    assert (impact.state, impact.membership) == ("sent", town.practitioner)
    page = make.page_as(town.subgroup).get(reverse("insight_event", args=[event.reference]))
    assert "50.0% (1 of 2)" in page.content.decode()
