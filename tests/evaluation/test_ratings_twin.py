"""The statement that adds ratings up and the rule that says what it adds up: the same answers, the same sums."""

from __future__ import annotations

from random import Random

import pytest
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.models import Event
from evaluation.models import Answer, Question, Questionnaire, Response, SurveyInvitation
from evaluation.reports.ratings import RatedRow
from evaluation.reports.ratings_sql import RATED, rows_of
from evaluation.rules.findings import Figure
from evaluation.rules.pairing import Rating, Scale, sums_of
from evaluation.rules.publication import SMALLEST_GROUP
from evaluation.rules.states import InvitationState, QuestionKind, Stage, Subscale
from evaluation.rules.statistics import Moment, Sums
from tenancy import activate
from tests import world as make
from tests.evaluation.results import held, year
from tests.world import World

pytestmark = pytest.mark.django_db
SPOKEN_OF = {
    Stage.BASELINE: Moment.BEFORE,
    Stage.IMMEDIATE: Moment.AFTER,
    Stage.IMPACT: Moment.LATER,
}
# Two questions of one subscale, one of another, one on a scale of its own; the memories of two of them.
QUESTIONS = (
    ("know", Subscale.KNOWLEDGE, 1, 5),
    ("know-more", Subscale.KNOWLEDGE, 1, 5),
    ("confident", Subscale.CONFIDENCE, 1, 5),
    ("then", Subscale.CONFIDENCE, 0, 10),
)
MEMORIES = (("know-then", Subscale.KNOWLEDGE, 1, 5), ("confident_then", Subscale.CONFIDENCE, 1, 5))
STATES = (BookingState.ATTENDED, BookingState.PARTLY_ATTENDED, BookingState.NO_SHOW)


def questionnaires() -> list[Questionnaire]:
    """All stages, the trainer's among them, and a second version with another scale."""
    made = []
    for stage in (*SPOKEN_OF, Stage.TRAINER):
        for version in (1, 2):
            one = make.questionnaire(stage=stage, scales=False, version=version)
            for key, subscale, lowest, highest in QUESTIONS:
                wide = highest + 2 if version == 2 and key == "know-more" else highest
                make.question(
                    questionnaire=one, key=key, subscale=subscale, lowest=lowest, highest=wide
                )
            for key, subscale, lowest, highest in MEMORIES if stage is Stage.IMMEDIATE else ():
                make.question(
                    questionnaire=one,
                    key=key,
                    subscale=subscale,
                    lowest=lowest,
                    highest=highest,
                    retrospective=True,
                )
            make.question(questionnaire=one, key="why", kind=QuestionKind.TEXT)
            made.append(one)
    return made


def answer_at_random(booking: Booking, asked: list[Questionnaire], chance: Random) -> list[Rating]:
    """Some stages, some questions of each; what the rule is told of it, where it counts."""
    found: list[Rating] = []
    for stage in (*SPOKEN_OF, Stage.TRAINER):
        if chance.random() < 0.25:
            continue
        one = chance.choice([each for each in asked if each.stage == stage])
        invitation = SurveyInvitation.objects.create(
            stage=stage,
            event=booking.event,
            booking=booking,
            membership=booking.membership,
            questionnaire=one,
            state=InvitationState.ANSWERED,
            due_on=timezone.localdate(),
        )
        response = Response.objects.create(invitation=invitation, submitted_at=timezone.now())
        for question in one.questions.all():
            if chance.random() < 0.25:
                continue
            if question.kind == QuestionKind.TEXT:
                Answer.objects.create(response=response, question=question, text="4")
                continue
            number = chance.randint(question.lowest, question.highest)
            Answer.objects.create(response=response, question=question, number=number)
            if stage in SPOKEN_OF:
                found.append(as_rule(booking, question, SPOKEN_OF[stage], number))
    return found


def as_rule(booking: Booking, question: Question, moment: Moment, number: int) -> Rating:
    return Rating(
        person=booking.membership_id,
        event=booking.event_id,
        key=question.key,
        scale=(Subscale(question.subscale), question.lowest, question.highest),
        moment=Moment.THEN if question.retrospective else moment,
        value=number,
    )


def counted(event: Event, booking: Booking) -> bool:
    return event.register_closed_at is not None and booking.state != BookingState.NO_SHOW


@pytest.mark.parametrize("seed", range(4))
def test_the_database_adds_up_what_the_rule_says_person_by_person(world: World, seed: int) -> None:
    chance, asked, expected = Random(seed), questionnaires(), list[Rating]()
    people = [make.person(agency=world.harbour.school) for _ in range(9)]
    events = [held(day=20), held(day=150), held(day=40, register_closed_at=None), held(day=-40)]
    for event in events:
        for person in chance.sample(people, chance.randint(3, 9)):
            booking = make.booking(person=person, event=event, state=chance.choice(STATES))
            told = answer_at_random(booking, asked, chance)
            if counted(event, booking) and event != events[3]:
                expected.extend(told)
    with activate(world.moorland.partnership):
        other = make.booking(
            person=world.moorland.practitioner, event=held(), state=BookingState.ATTENDED
        )
        answer_at_random(other, questionnaires(), chance)
    rows = rows_of(RatedRow, RATED, year().parameters())
    found: dict[tuple[int, Scale, Figure], Sums] = {
        (row.event, row.scale, row.figure): row.batch.sums for row in rows
    }
    specified = sums_of(expected)
    assert found.keys() == specified.keys()
    for key, sums in specified.items():
        got = found[key]
        assert got.n == sums.n, key
        assert (got.first, got.second, got.squares) == pytest.approx(
            (sums.first, sums.second, sums.squares)
        ), key
    for row in rows:
        few = row.n < SMALLEST_GROUP
        assert len(row.batch.people) == (row.n if few else 0), row
        assert row.batch.people <= {person.pk for person in people}
