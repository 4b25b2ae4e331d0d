"""One baseline per person and event, whichever asks first: the page after booking, a sweep, a link in an email."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Booking
from bookings.operations.move_event import move_event
from courses.models import Event
from evaluation.models import Answer, EvaluationPlan, Questionnaire, SurveyInvitation
from evaluation.operations.answer_survey import answer_survey
from evaluation.operations.ask_baseline import ask_baseline
from evaluation.operations.move_next_survey import move_next_survey
from evaluation.operations.plan_next_baseline import plan_next_baseline
from evaluation.operations.send_next_survey import send_next_survey
from evaluation.rules.states import InvitationState, Stage
from evaluation.terms.baseline import baseline_of
from evaluation.views.survey import why_not_now
from outbox.models import Message
from partnerships.models import Membership
from tests import world as make
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(world: World) -> Membership:
    return world.harbour.practitioner


@pytest.fixture
def general(world: World) -> Questionnaire:
    return make.questionnaire(stage=Stage.BASELINE)


@pytest.fixture
def place(general: Questionnaire, who: Membership) -> Booking:
    return make.booking(person=who, event=make.event(starts_at=make.in_days(60)))


def asked_here(event: Event) -> Questionnaire | None:
    return baseline_of(event.course_id, timezone.localdate())


def ask(place: Booking) -> SurveyInvitation:
    found = ask_baseline(booking=place, now=timezone.now())
    assert found is not None
    return found


def answer(invitation: SurveyInvitation, number: str) -> None:
    scales = invitation.questionnaire.questions.filter(kind="scale")
    answers = [(question, number) for question in scales]
    answer_survey(invitation=invitation, answers=answers, now=timezone.now())


def test_the_courses_own_questions_come_before_the_general_ones(
    place: Booking, general: Questionnaire
) -> None:
    assert asked_here(place.event) == general
    own = make.questionnaire(stage=Stage.BASELINE, course=place.event.course)
    assert asked_here(place.event) == own


def test_of_one_kind_the_newest_version_that_has_begun_is_asked(place: Booking) -> None:
    today = timezone.localdate()
    newest = make.questionnaire(stage=Stage.BASELINE, version=2, valid_from=today)
    make.questionnaire(stage=Stage.BASELINE, version=3, valid_from=today + timedelta(days=1))
    assert asked_here(place.event) == newest


def test_a_partnership_that_has_no_plan_yet_asks_as_the_sweep_would(place: Booking) -> None:
    EvaluationPlan.objects.all().delete()
    assert asked_here(place.event) is not None


def test_a_partnership_may_choose_not_to_ask(place: Booking) -> None:
    EvaluationPlan.objects.update(baseline_at_booking=False)
    assert ask_baseline(booking=place, now=timezone.now()) is None
    assert not SurveyInvitation.objects.exists()


def test_answers_are_given_once_and_not_asked_for_again(place: Booking) -> None:
    invitation = ask(place)
    answer(invitation, "4")
    invitation.refresh_from_db()
    assert (invitation.booking, invitation.state) == (place, InvitationState.ANSWERED)
    assert list(Answer.objects.values_list("number", flat=True)) == [4, 4]
    assert ask_baseline(booking=place, now=timezone.now()) is None


def test_whoever_was_asked_for_an_earlier_booking_answers_that_invitation(
    place: Booking, who: Membership
) -> None:
    planned = ask(place)
    place.state = "cancelled"
    place.save()
    again = make.booking(person=who, event=place.event)
    assert ask(again) == planned
    assert ask(again).booking == again


def test_a_withdrawn_invitation_is_taken_up_again(place: Booking) -> None:
    SurveyInvitation.objects.filter(pk=ask(place).pk).update(state=InvitationState.WITHDRAWN)
    assert ask(place).state == InvitationState.SENT


def test_no_sweep_mails_a_link_to_somebody_who_has_the_page(place: Booking) -> None:
    ask(place)
    assert plan_next_baseline(now=timezone.now()) == 0
    assert send_next_survey(now=timezone.now()) == 0
    assert not Message.objects.exists()


def test_questions_left_for_later_are_asked_again_and_can_be_answered_until_the_event_begins(
    place: Booking,
) -> None:
    invitation, now = ask(place), timezone.now()
    week, before = now + timedelta(days=8), place.event.starts_at - timedelta(hours=1)
    assert (send_next_survey(now=week), send_next_survey(now=week)) == (1, 0)
    assert Message.objects.get().subject.startswith("Reminder")
    send_next_survey(now=before)  # the second reminder
    assert send_next_survey(now=before) == 0
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.SENT
    assert send_next_survey(now=place.event.starts_at) == 1
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.LAPSED


def test_somebody_who_takes_an_offered_place_gets_a_link(place: Booking) -> None:
    """They book for themselves, and have no page after it."""
    assert place.booked_by == place.membership
    assert (plan_next_baseline(now=timezone.now()), plan_next_baseline(now=timezone.now())) == (
        1,
        0,
    )
    assert SurveyInvitation.objects.get().state == InvitationState.PLANNED


def test_a_moved_event_moves_the_last_day(place: Booking) -> None:
    invitation, now = ask(place), timezone.now()
    later = place.event.starts_at + timedelta(days=30)
    move_event(event=place.event, starts_at=later, now=now)
    assert (move_next_survey(now=now), move_next_survey(now=now)) == (1, 0)
    invitation.refresh_from_db()
    assert invitation.closes_on == timezone.localdate(later)
    assert why_not_now(invitation, later - timedelta(days=10)) == ("", 200)


@pytest.mark.parametrize("by_link", [True, False])
def test_what_begins_again_counts_its_reminders_anew(place: Booking, by_link: bool) -> None:
    today = timezone.localdate()
    SurveyInvitation.objects.filter(pk=ask(place).pk).update(
        state=InvitationState.WITHDRAWN, reminders_sent=2, closes_on=today - timedelta(days=9)
    )
    if by_link:
        assert plan_next_baseline(now=timezone.now()) == 1
    else:
        ask(place)
    invitation = SurveyInvitation.objects.get()
    assert invitation.reminders_sent == 0
    assert invitation.closes_on in {None, timezone.localdate(place.event.starts_at)}
