"""Managing questionnaires, and looking at what was asked and answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.rules.states import EventState
from evaluation.models import EvaluationPlan, Question, Questionnaire
from evaluation.operations.copy_questionnaire import copy_questionnaire
from evaluation.operations.issue_certificate import issue_certificate
from evaluation.rules.states import Stage
from tests import world as make
from tests.world import World

pytestmark = pytest.mark.django_db


def attended(world: World) -> Booking:
    """A place at an event whose register is closed."""
    event = make.event(
        starts_at=make.in_days(-3), state=EventState.COMPLETED, register_closed_at=timezone.now()
    )
    return make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)


def address(model: str, *args: Any) -> str:
    return reverse(f"admin:evaluation_{model}_{'change' if args else 'changelist'}", args=args)


def test_a_version_that_was_answered_is_read_only(world: World) -> None:
    browser = make.page_as(world.harbour.coordinator)
    invitation = make.invitation(booking=attended(world))
    url = address("questionnaire", invitation.questionnaire_id)
    assert 'name="title"' in browser.get(url).content.decode()
    make.answer(invitation=invitation, know=4)
    page = browser.get(url)
    assert page.status_code == 200
    assert 'name="title"' not in page.content.decode()
    assert browser.post(url, {"title": "Changed"}).status_code == 403
    assert Questionnaire.objects.get().title == Stage.IMMEDIATE.label


def test_the_next_version_has_the_same_questions(world: World) -> None:
    first = make.questionnaire()
    url = address("questionnaire")
    browser = make.page_as(world.harbour.coordinator)
    browser.post(url, {"action": "next_version", "_selected_action": [first.pk]})
    second = Questionnaire.objects.get(version=2)
    keys = [list(one.questions.values_list("key", flat=True)) for one in (first, second)]
    assert keys[0] == keys[1] == ["know", "confident", "comment"]
    assert second.valid_from == timezone.localdate()
    assert copy_questionnaire(questionnaire=first, valid_from=first.valid_from).version == 3


QUESTION = {
    "position": "1",
    "key": "know",
    "text": "I know.",
    "kind": "scale",
    "subscale": "knowledge",
    "lowest": "1",
    "highest": "5",
}


def form_data(made: Questionnaire, *questions: dict[str, str]) -> dict[str, str]:
    """The page's form with these new questions."""
    data = {
        "stage": made.stage,
        "version": "1",
        "valid_from": "2026-01-01",
        "title": "T",
        "questions-TOTAL_FORMS": str(len(questions)),
        "questions-INITIAL_FORMS": "0",
    }
    for number, question in enumerate(questions):
        data |= {f"questions-{number}-{name}": value for name, value in question.items()}
    return data


def test_questions_are_written_in_the_manage_pages(world: World) -> None:
    made = make.questionnaire(scales=False)
    data = form_data(made, QUESTION, QUESTION | {"key": "act", "position": "2"})
    browser = make.page_as(world.harbour.coordinator)
    assert browser.post(address("questionnaire", made.pk), data).status_code == 302
    assert list(made.questions.values_list("key", flat=True)) == ["know", "act"]


def test_one_key_twice_is_refused(world: World) -> None:
    made = make.questionnaire(scales=False)
    page = make.page_as(world.harbour.coordinator).post(
        address("questionnaire", made.pk), form_data(made, QUESTION, QUESTION)
    )
    assert page.status_code == 200
    assert "duplicate" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "choice", "options": "Yes"}, "at least two answers"),
        ({"lowest": "5", "highest": "1"}, "must be higher than the lowest"),
        ({"highest": "50"}, "at most 11 steps"),
        ({"retrospective": "on"}, "must end with “-then”"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    made = make.questionnaire(scales=False)
    data = form_data(made, QUESTION | wrong)
    page = make.page_as(world.harbour.coordinator).post(address("questionnaire", made.pk), data)
    assert sentence in page.content.decode()
    assert not Question.objects.exists()


def test_only_the_administrator_changes_the_plan(world: World) -> None:
    plan = EvaluationPlan.objects.get()
    url = address("evaluationplan", plan.pk)
    coordinator = make.page_as(world.harbour.coordinator)
    assert "Save" not in coordinator.get(url).content.decode().split("<main")[-1]
    assert coordinator.post(url, {}).status_code == 403
    days = {
        "impact_months": 4,
        "first_reminder_days": 9,
        "second_reminder_days": 5,
        "close_after_days": 4,
    }
    page = make.page_as(world.harbour.administrator).post(url, days)
    body = page.content.decode()
    assert "must come after the first" in body
    assert "must close after the second" in body


def test_lists_show_and_nobody_edits_them(world: World) -> None:
    booking = attended(world)
    invitation = make.invitation(booking=booking)
    response = make.answer(invitation=invitation, know=4, comment="Ask sooner.")
    certificate = issue_certificate(booking=booking, now=timezone.now())
    assert certificate is not None
    rows = {"surveyinvitation": invitation, "response": response, "certificate": certificate}
    browser = make.page_as(world.harbour.coordinator)
    for model, row in rows.items():
        assert browser.get(address(model)).status_code == 200
        page = browser.get(address(model, row.pk))
        assert page.status_code == 200, model
        assert browser.post(address(model, row.pk), {}).status_code == 403, model
        assert browser.get(reverse(f"admin:evaluation_{model}_add")).status_code == 403
    assert "Ask sooner." in browser.get(address("response", response.pk)).content.decode()


@pytest.mark.parametrize("model", ["surveyinvitation", "response", "certificate", "questionnaire"])
def test_other_roles_and_other_partnerships_see_none_of_it(world: World, model: str) -> None:
    make.invitation(booking=attended(world))
    for name in ("practitioner", "agency_lead", "finance", "subgroup", "trainer"):
        page = make.page_as(getattr(world.harbour, name)).get(address(model))
        assert page.status_code in {302, 403, 404}, name
    assert make.page_as(world.moorland.coordinator).get(address(model)).status_code == 404


@pytest.mark.parametrize("model", ["surveyinvitation", "response", "certificate", "questionnaire"])
def test_lists_cost_the_same_however_long_they_are(
    world: World, model: str, django_assert_max_num_queries: Any
) -> None:
    browser = make.page_as(world.harbour.coordinator)
    numbers = []
    for people in (1, 4):
        for _ in range(people):
            booking = attended(world)
            make.answer(invitation=make.invitation(booking=booking), know=4)
            issue_certificate(booking=booking, now=timezone.now())
        browser.get(address(model))
        with django_assert_max_num_queries(40) as captured:
            browser.get(address(model))
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]
