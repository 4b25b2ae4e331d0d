"""Two workers, two clicks, at the same instant: one effect each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.rules.states import EventState
from evaluation.access import survey_token
from evaluation.forms.answers import field_name
from evaluation.models import Certificate, Response, SurveyInvitation
from evaluation.operations.reissue_certificate import reissue_certificate
from evaluation.rules.states import InvitationState, QuestionKind, Stage
from evaluation.schedule import SWEEPS
from outbox.models import Message
from partnerships.models import Partnership
from partnerships.rules.refused import Refused
from tenancy import activate
from tests import world as make
from tests.world import Browser, Town, make_world

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4
PEOPLE = 6


def together(work: Callable[[], object]) -> None:
    """The same work in several threads, each with a connection of its own, started at once."""
    gate = Barrier(WORKERS)

    def one(_: int) -> None:
        try:
            gate.wait(timeout=30)
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, range(WORKERS)))


def sweep_all(partnership: Partnership) -> None:
    """What beat starts, a row a transaction."""
    now = timezone.now()
    for sweep in SWEEPS:
        done = 1
        while done:
            with activate(partnership):
                done = sweep.run(now=now)


def present(town: Town) -> list[Booking]:
    """People who came to an event whose register is closed."""
    event = make.event(
        starts_at=make.in_days(-3),
        state=EventState.COMPLETED,
        register_closed_at=timezone.now() - timedelta(days=2),
        trainers=[make.trainer(membership=town.trainer)],
    )
    return [
        make.booking(
            person=make.person(agency=town.school), event=event, state=BookingState.ATTENDED
        )
        for _ in range(PEOPLE)
    ]


def test_four_workers_ask_and_mail_everybody_once() -> None:
    town = make_world().harbour
    with activate(town.partnership):
        for stage in (Stage.IMMEDIATE, Stage.IMPACT, Stage.TRAINER):
            make.questionnaire(stage=stage)
        present(town)
    together(lambda: sweep_all(town.partnership))
    sweep_all(town.partnership)
    with activate(town.partnership):
        assert SurveyInvitation.objects.count() == PEOPLE * 2 + 1
        assert SurveyInvitation.objects.filter(state=InvitationState.SENT).count() == PEOPLE + 1
        assert Message.objects.count() == PEOPLE + 1


def test_four_workers_issue_one_certificate_each() -> None:
    town = make_world().harbour
    with activate(town.partnership):
        for booking in present(town):
            make.answer(invitation=make.invitation(booking=booking), know=4)
    together(lambda: sweep_all(town.partnership))
    sweep_all(town.partnership)
    with activate(town.partnership):
        assert Certificate.objects.count() == PEOPLE
        assert Message.objects.filter(subject__startswith="Your certificate").count() == PEOPLE


def certificates_of(town: Town) -> list[Certificate]:
    """One certificate each for people who came."""
    for booking in present(town):
        make.answer(invitation=make.invitation(booking=booking), know=4)
    sweep_all(town.partnership)
    return list(Certificate.objects.select_related("booking"))


def test_four_workers_withdraw_each_certificate_once() -> None:
    town = make_world().harbour
    with activate(town.partnership):
        ids = [one.pk for one in certificates_of(town)]
        Booking.objects.update(state=BookingState.NO_SHOW)
    together(lambda: sweep_all(town.partnership))
    with activate(town.partnership):
        assert Certificate.objects.filter(pk__in=ids, withdrawal="attendance").count() == PEOPLE
        assert Certificate.objects.count() == PEOPLE
        told = Message.objects.filter(subject__startswith="Your certificate no longer counts")
        assert told.count() == PEOPLE


def test_a_replacement_sent_four_times_at_once_makes_one_certificate() -> None:
    town = make_world().harbour
    with activate(town.partnership):
        certificate = certificates_of(town)[0]
    refused: list[object] = []

    def replace() -> None:
        with activate(town.partnership):
            try:
                reissue_certificate(
                    certificate=certificate,
                    holder_name="Somebody Renamed",
                    reason="Wrong name.",
                    by=town.coordinator,
                    now=timezone.now(),
                )
            except Refused as refusal:
                refused.append(refusal)

    together(replace)
    with activate(town.partnership):
        of_booking = Certificate.objects.filter(booking=certificate.booking)
        assert of_booking.count() == 2
        assert of_booking.valid().get().holder_name == "Somebody Renamed"
    assert len(refused) == WORKERS - 1


def test_four_clicks_at_once_count_once() -> None:
    town = make_world().harbour
    with activate(town.partnership):
        invitation = make.invitation(booking=present(town)[0])
        url = f"/harbour/survey/{survey_token(invitation)}/"
        data = {
            field_name(one): "4" if one.kind == QuestionKind.SCALE else "Ask sooner."
            for one in invitation.questionnaire.questions.all()
        }
    statuses: list[int] = []
    together(lambda: statuses.append(Browser().post(url, data).status_code))
    assert set(statuses) <= {200, 302}
    with activate(town.partnership):
        assert Response.objects.count() == 1
        assert Response.objects.get().answers.count() == 3
        assert Certificate.objects.count() == 1
        assert Message.objects.filter(subject__startswith="Your certificate").count() == 1
