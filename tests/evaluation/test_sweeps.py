"""Who is asked, when, and how often."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.states import BookingState
from courses.models import Event
from courses.rules.states import EventState
from evaluation.models import EvaluationPlan, SurveyInvitation
from evaluation.operations.send_next_survey import needing_something, step_for
from evaluation.rules.states import InvitationState, Stage
from evaluation.rules.timing import SurveyStep
from evaluation.schedule import SWEEPS
from outbox.models import Message, MessageState
from tests import world as make
from tests.world import Town, World

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
STAGES = (Stage.IMMEDIATE, Stage.IMPACT, Stage.TRAINER)


def at(day: date, hour: int = 9) -> datetime:
    """A morning where the partnership is."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def sweep(now: datetime) -> dict[str, int]:
    """Every sweep of this app, until it has nothing left, as beat calls it."""
    done = dict.fromkeys((each.name for each in SWEEPS), 0)
    for each in SWEEPS:
        while each.run(now=now):
            done[each.name] += 1
            assert done[each.name] < 100, f"{each.name} never ends"
    return done


def plan(**fields: Any) -> EvaluationPlan:
    """The partnership's plan with other figures."""
    EvaluationPlan.objects.update(**fields)
    found: EvaluationPlan = EvaluationPlan.objects.get()
    return found


def closed_event(last_day: date, days: int = 1, **fields: Any) -> Event:
    """An event whose register was closed on its last evening; questionnaires for every stage."""
    for stage in STAGES:
        make.questionnaire(stage=stage)
    starts_at = at(last_day) - timedelta(days=days - 1)
    return make.event(
        starts_at=starts_at,
        days=days,
        state=EventState.COMPLETED,
        register_closed_at=at(last_day, 17),
        **fields,
    )


def delegates(town: Town, event: Event) -> None:
    """One of each kind: there, there in part, not there, cancelled."""
    kinds = {
        town.practitioner: BookingState.ATTENDED,
        town.colleague: BookingState.PARTLY_ATTENDED,
        town.manager: BookingState.NO_SHOW,
        town.agency_lead: BookingState.CANCELLED,
    }
    for person, state in kinds.items():
        make.booking(person=person, event=event, state=state)


DAY = date(2026, 3, 12)


def test_those_who_came_are_asked_and_nobody_else(world: World) -> None:
    town = world.harbour
    event = closed_event(DAY, trainers=[make.trainer(membership=town.trainer), make.trainer()])
    delegates(town, event)
    sweep(at(DAY, 18))
    asked = {(one.membership, one.stage) for one in SurveyInvitation.objects.all()}
    assert asked == {
        (town.practitioner, "immediate"),
        (town.practitioner, "impact"),
        (town.colleague, "immediate"),
        (town.colleague, "impact"),
        (town.trainer, "trainer"),
    }
    sent = SurveyInvitation.objects.filter(state=InvitationState.SENT)
    assert set(sent.values_list("stage", flat=True)) == {"immediate", "trainer"}
    assert {mail.to_email for mail in Message.objects.all()} == {
        who.user.email for who in (town.practitioner, town.colleague, town.trainer)
    }


def test_nobody_is_asked_before_the_register_is_closed(world: World) -> None:
    event = closed_event(DAY)
    Event.objects.filter(pk=event.pk).update(register_closed_at=None)
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    assert not any(sweep(at(DAY, 18)).values())


def test_questions_written_later_are_not_asked_about_old_events(world: World) -> None:
    event = make.event(
        starts_at=at(DAY), state=EventState.COMPLETED, register_closed_at=at(DAY, 17)
    )
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    make.questionnaire(stage=Stage.IMMEDIATE, valid_from=DAY + timedelta(days=1))
    sweep(at(DAY + timedelta(days=9)))
    assert not SurveyInvitation.objects.exists()


@pytest.mark.parametrize(
    ("last_day", "days", "months", "due"),
    [
        (date(2025, 11, 30), 1, 3, date(2026, 2, 28)),  # W33, Nottinghamshire
        (date(2025, 10, 31), 1, 4, date(2026, 2, 28)),  # W33, North Somerset
        (date(2026, 1, 14), 3, 3, date(2026, 4, 14)),  # W34
        (date(2026, 1, 14), 3, 4, date(2026, 5, 14)),  # W34
    ],
)
def test_the_impact_survey_is_due_months_after_the_last_day(
    world: World, last_day: date, days: int, months: int, due: date
) -> None:
    plan(impact_months=months)
    event = closed_event(last_day, days)
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    sweep(at(last_day, 18))
    impact = SurveyInvitation.objects.get(stage=Stage.IMPACT)
    assert (impact.due_on, impact.state) == (due, "planned")
    sweep(at(due - timedelta(days=1)))
    impact.refresh_from_db()
    assert impact.state == "planned"
    sweep(at(due))
    impact.refresh_from_db()
    assert (impact.sent_on, impact.state) == (due, "sent")


def test_a_partnership_may_write_on_working_days_only(world: World) -> None:
    plan(send_on_working_days_only=True)
    event = closed_event(date(2025, 11, 30))
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    saturday = date(2026, 2, 28)
    for day in (saturday, saturday + timedelta(days=1)):
        sweep(at(day))
        assert SurveyInvitation.objects.get(stage=Stage.IMPACT).state == "planned"
    sweep(at(date(2026, 3, 2)))
    assert SurveyInvitation.objects.get(stage=Stage.IMPACT).sent_on == date(2026, 3, 2)


def test_sweeps_run_twice_change_nothing_more(world: World) -> None:
    delegates(world.harbour, closed_event(DAY))
    now = at(DAY, 18)
    sweep(now)
    before = (SurveyInvitation.objects.count(), Message.objects.count())
    assert not any(sweep(now).values())
    assert (SurveyInvitation.objects.count(), Message.objects.count()) == before


def test_two_reminders_go_to_those_who_have_not_answered_then_it_closes(world: World) -> None:
    town = world.harbour
    event = closed_event(DAY)
    answered = make.booking(person=town.practitioner, event=event, state=BookingState.ATTENDED)
    make.booking(person=town.colleague, event=event, state=BookingState.ATTENDED)
    sweep(at(DAY, 18))
    make.answer(invitation=answered.survey_invitations.get(stage=Stage.IMMEDIATE), know=4)
    for days in range(1, 40):
        sweep(at(DAY + timedelta(days=days)))
    mails = Message.objects.filter(subject__startswith="Reminder").order_by("due_at")
    assert [mail.to_email for mail in mails] == [town.colleague.user.email] * 2
    assert [mail.due_at.date() - DAY for mail in mails] == [timedelta(days=7), timedelta(days=14)]
    states = dict(
        SurveyInvitation.objects.filter(stage=Stage.IMMEDIATE).values_list("membership", "state")
    )
    assert states == {town.practitioner.pk: "answered", town.colleague.pk: "lapsed"}


def test_a_run_that_comes_late_sends_one_mail_a_person_and_time_to_answer(world: World) -> None:
    event = closed_event(DAY)
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    late = DAY + timedelta(days=200)
    sweep(at(late))
    assert Message.objects.count() == 2  # immediate and impact, no reminder
    assert set(SurveyInvitation.objects.values_list("closes_on", flat=True)) == {
        late + timedelta(days=28)
    }


def test_reminders_keep_their_distance_after_a_standstill(world: World) -> None:
    event = closed_event(DAY)
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    sweep(at(DAY, 18))
    for days, reminders in ((20, 1), (21, 1), (26, 1), (27, 2), (28, 2)):
        sweep(at(DAY + timedelta(days=days)))
        assert SurveyInvitation.objects.get(stage=Stage.IMMEDIATE).reminders_sent == reminders


def test_mails_that_fall_due_at_night_go_out_in_the_morning(world: World) -> None:
    event = closed_event(DAY)
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    sweep(at(DAY + timedelta(days=1), 0))
    assert Message.objects.get().due_at == at(DAY + timedelta(days=1), 7)


def test_moving_the_event_moves_what_is_planned(world: World) -> None:
    event = closed_event(DAY)
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    sweep(at(DAY, 18))
    event.ends_at += timedelta(days=19)
    event.save()
    sweep(at(DAY, 19))
    assert SurveyInvitation.objects.get(stage=Stage.IMPACT).due_on == date(2026, 6, 30)
    plan(impact_months=5)
    sweep(at(DAY, 20))
    assert SurveyInvitation.objects.get(stage=Stage.IMPACT).due_on == date(2026, 6, 30)


def test_a_cancelled_event_withdraws_its_questions_and_their_mails(world: World) -> None:
    event = closed_event(DAY)
    make.booking(person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED)
    sweep(at(DAY, 18))
    event.state, event.cancelled_at = EventState.CANCELLED, at(DAY, 19)
    event.save()
    sweep(at(DAY, 20))
    assert set(SurveyInvitation.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.CANCELLED}
    assert not any(sweep(at(DAY, 21)).values())


def test_a_register_put_right_stops_asking_and_asks_again(world: World) -> None:
    event = closed_event(DAY)
    booking = make.booking(
        person=world.harbour.practitioner, event=event, state=BookingState.ATTENDED
    )
    sweep(at(DAY, 18))
    booking.state = BookingState.NO_SHOW
    booking.save()
    sweep(at(DAY, 19))
    assert set(SurveyInvitation.objects.values_list("state", flat=True)) == {"withdrawn"}
    booking.state = BookingState.ATTENDED
    booking.save()
    sweep(at(DAY + timedelta(days=1)))
    states = dict(SurveyInvitation.objects.values_list("stage", "state"))
    assert states == {"immediate": "sent", "impact": "planned"}
    pending = Message.objects.filter(state=MessageState.PENDING)
    assert pending.get().due_at == at(DAY + timedelta(days=1))


def test_somebody_who_has_left_gets_no_mail(world: World) -> None:
    event = closed_event(DAY)
    person = world.harbour.practitioner
    make.booking(person=person, event=event, state=BookingState.ATTENDED)
    sweep(at(DAY, 18))
    person.is_active = False
    person.save()
    sweep(at(DAY + timedelta(days=8)))
    assert Message.objects.count() == 1
    sweep(at(DAY + timedelta(days=40)))
    assert SurveyInvitation.objects.get(stage=Stage.IMMEDIATE).state == "lapsed"


def test_nothing_waits_for_the_answer_of_somebody_who_has_left(world: World) -> None:
    """Results count once no one can answer any more: a plan that reaches no one would keep them waiting for ever."""
    event = closed_event(DAY)
    person = world.harbour.practitioner
    make.booking(person=person, event=event, state=BookingState.ATTENDED)
    sweep(at(DAY, 18))
    person.is_active = False
    person.save()
    sweep(at(DAY + timedelta(days=1)))
    assert SurveyInvitation.objects.get(stage=Stage.IMPACT).state == "withdrawn"
    person.is_active = True
    person.save()
    sweep(at(DAY + timedelta(days=2)))
    assert SurveyInvitation.objects.get(stage=Stage.IMPACT).state == "planned"


@pytest.mark.parametrize("seed", range(3))
def test_the_query_finds_the_invitations_for_which_the_rule_has_something_to_do(
    world: World, seed: int
) -> None:
    chance, now = Random(seed), at(DAY + timedelta(days=60))
    made = plan(first_reminder_days=5, second_reminder_days=11, close_after_days=20)
    event = closed_event(DAY)
    for _ in range(60):
        state = chance.choice(list(InvitationState))
        due = now.date() + timedelta(days=chance.randint(-30, 3))
        reminders = chance.choice([0, 0, 1, 2])
        make.invitation(
            booking=make.booking(person=make.person(), event=event, state=BookingState.ATTENDED),
            stage=chance.choice([Stage.IMMEDIATE, Stage.IMPACT]),
            state=state,
            due_on=due,
            sent_on=None if state is InvitationState.PLANNED else due,
            reminders_sent=0 if state is InvitationState.PLANNED else reminders,
        )
    found = set(needing_something(now, made).values_list("pk", flat=True))
    idle = {SurveyStep.NOTHING, SurveyStep.WAIT}
    every = SurveyInvitation.objects.select_related("event")
    assert found == {one.pk for one in every if step_for(one, now, made) not in idle}
    assert found
