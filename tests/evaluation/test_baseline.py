"""One baseline a person and event, whoever asks first: the booking form, a sweep, a link in a mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Booking
from bookings.models.request import Details
from courses.models import Event
from evaluation.models import Answer, EvaluationPlan, Questionnaire, SurveyInvitation
from evaluation.operations.book_with_baseline import book_with_baseline
from evaluation.operations.record_response import record_response
from evaluation.reports.baseline import Baseline, baseline_to_ask
from evaluation.rules.states import InvitationState, Stage
from partnerships.models import Membership
from tests import world as make
from tests.world import World
from tests.world.places import employment_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(world: World) -> Membership:
    return world.harbour.practitioner


@pytest.fixture
def general(world: World) -> Questionnaire:
    return make.questionnaire(stage=Stage.BASELINE)


@pytest.fixture
def event(general: Questionnaire) -> Event:
    return make.event()


def asked(event: Event, who: Membership) -> Baseline:
    found = baseline_to_ask(event, who)
    assert found is not None
    return found


def answered(baseline: Baseline, number: str) -> list[tuple[object, str]]:
    return [(one, number) for one in baseline.questions if one.kind == "scale"]


def sent(event: Event, who: Membership, questionnaire: Questionnaire) -> SurveyInvitation:
    """What the sweep sends to somebody who was booked by somebody else."""
    made: SurveyInvitation = SurveyInvitation.objects.create(
        stage=Stage.BASELINE,
        event=event,
        membership=who,
        questionnaire=questionnaire,
        state=InvitationState.SENT,
        due_on=timezone.localdate(),
    )
    return made


def book(event: Event, who: Membership, baseline: Baseline, number: str = "4") -> Booking:
    """The form sent with these questions on it."""
    made = book_with_baseline(
        event=event,
        membership=who,
        employment=employment_of(who),
        by=who,
        now=timezone.now(),
        details=Details(manager_declared=True),
        wait_if_full=False,
        baseline=baseline,
        answers=answered(baseline, number),  # type: ignore[arg-type]
    )
    assert isinstance(made, Booking)
    return made


def test_the_courses_own_questions_come_before_the_general_ones(
    event: Event, who: Membership, general: Questionnaire
) -> None:
    assert asked(event, who).questionnaire == general
    own = make.questionnaire(stage=Stage.BASELINE, course=event.course)
    assert asked(event, who).questionnaire == own


def test_of_one_kind_the_newest_version_that_has_begun_is_asked(
    event: Event, who: Membership
) -> None:
    today = timezone.localdate()
    newest = make.questionnaire(stage=Stage.BASELINE, version=2, valid_from=today)
    later = today + timedelta(days=1)
    make.questionnaire(stage=Stage.BASELINE, version=3, valid_from=later)
    assert asked(event, who).questionnaire == newest


def test_a_partnership_that_has_no_plan_yet_asks_as_the_sweep_would(
    event: Event, who: Membership
) -> None:
    EvaluationPlan.objects.all().delete()
    assert baseline_to_ask(event, who) is not None


def test_a_partnership_may_choose_not_to_ask(event: Event, who: Membership) -> None:
    EvaluationPlan.objects.update(baseline_at_booking=False)
    assert baseline_to_ask(event, who) is None


def test_answers_are_given_once_and_not_asked_for_again(event: Event, who: Membership) -> None:
    made = book(event, who, asked(event, who))
    invitation = SurveyInvitation.objects.get()
    assert (invitation.booking, invitation.state) == (made, InvitationState.ANSWERED)
    assert list(Answer.objects.values_list("number", flat=True)) == [4, 4]
    assert baseline_to_ask(event, who) is None


def test_whoever_was_asked_before_answers_that_invitation(
    event: Event, who: Membership, general: Questionnaire
) -> None:
    planned = sent(event, who, general)
    baseline = asked(event, who)
    assert baseline.invitation == planned
    made = book(event, who, baseline)
    planned.refresh_from_db()
    assert (planned.booking, planned.state) == (made, InvitationState.ANSWERED)


def test_a_sweep_that_asks_at_the_same_moment_makes_no_second_invitation(
    event: Event, who: Membership, general: Questionnaire
) -> None:
    baseline = asked(event, who)
    sent(event, who, general)
    made = book(event, who, replace(baseline, invitation=None))
    invitation = SurveyInvitation.objects.get()
    assert (invitation.booking, invitation.state) == (made, InvitationState.ANSWERED)
    assert Answer.objects.count() == 2


def test_an_answer_by_link_while_the_form_was_open_stands(
    event: Event, who: Membership, general: Questionnaire
) -> None:
    planned = sent(event, who, general)
    baseline = asked(event, who)
    record_response(
        invitation=planned,
        answers=answered(baseline, "2"),  # type: ignore[arg-type]
        now=timezone.now(),
    )
    made = book(event, who, baseline, "5")
    planned.refresh_from_db()
    assert (planned.booking, planned.state) == (made, InvitationState.ANSWERED)
    assert planned.answered_at is not None
    assert list(Answer.objects.values_list("number", flat=True)) == [2, 2]
