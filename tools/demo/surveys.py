"""Who was asked at which stage, and how far that has got by the day of loading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from bookings.rules.states import WAS_PRESENT, BookingState
from evaluation.models import Answer, EvaluationPlan, Response, SurveyInvitation
from evaluation.rules.states import InvitationState, Stage
from evaluation.rules.timing import SurveyPlan, closes_on, impact_due
from tools.demo.answers import Told, answers_of
from tools.demo.town import Occasion, Seat, Town

ASKED_AT_BOOKING = {
    *(BookingState.BOOKED, BookingState.PENDING, BookingState.NO_SHOW),
    *WAS_PRESENT,
}
TRAINERS_WHO_ANSWER = 0.75


@dataclass(frozen=True)
class Schedule:
    """The partnership's plan as rows and as the rules read it."""

    plan: EvaluationPlan
    rule: SurveyPlan


def load_surveys(town: Town) -> None:
    """Invitations of every stage, with the answers that came."""
    plan = EvaluationPlan.objects.get()
    days = (plan.first_reminder_days, plan.second_reminder_days)
    schedule = Schedule(plan, SurveyPlan(days, plan.close_after_days))
    asked: list[tuple[SurveyInvitation, Told | None]] = []
    for occasion in town.occasions:
        for seat in occasion.seats:
            asked.extend(of_person(town, schedule, occasion, seat))
        asked.extend(of_trainers(town, schedule, occasion))
    SurveyInvitation.objects.bulk_create([one for one, _ in asked], batch_size=1000)
    answered = [(one, told) for one, told in asked if told is not None]
    responses = Response.objects.bulk_create(
        [
            Response(invitation=one, submitted_at=one.answered_at or town.midnight)
            for one, _ in answered
        ],
        batch_size=1000,
    )
    Answer.objects.bulk_create(
        [
            answer
            for response, (one, told) in zip(responses, answered, strict=True)
            for answer in answers_of(town, Stage(one.stage), response, told)
        ],
        batch_size=2000,
    )


Asked = Iterator[tuple[SurveyInvitation, Told | None]]


def of_person(town: Town, schedule: Schedule, occasion: Occasion, seat: Seat) -> Asked:
    """Baseline at booking; after the event and months later only those who were there."""
    booking = seat.booking
    key = f"{occasion.event.reference}:{seat.person.key}"
    asked = schedule.plan.baseline_at_booking and not booking.walk_in
    if asked and booking.state in ASKED_AT_BOOKING:
        yield baseline(town, occasion, seat), Told(key)
    if not occasion.closed or booking.state not in WAS_PRESENT:
        return
    assert occasion.event.register_closed_at is not None
    closed = occasion.event.register_closed_at.astimezone(town.zone).date()
    last_day = occasion.event.ends_at.astimezone(town.zone).date()
    days = {
        Stage.IMMEDIATE: closed,
        Stage.IMPACT: impact_due(last_day, schedule.plan.impact_months),
    }
    for stage, due in days.items():
        willing = answers(town, occasion, seat, stage)
        one = invitation(town, schedule, occasion, stage, due, willing=willing, key=key)
        one.booking, one.membership = booking, seat.person.membership
        told = one.state == InvitationState.ANSWERED
        yield one, Told(key) if told else None


def of_trainers(town: Town, schedule: Schedule, occasion: Occasion) -> Asked:
    """Those who led an event are asked when its register is closed."""
    if not occasion.closed or Stage.TRAINER not in town.questionnaires:
        return
    assert occasion.event.register_closed_at is not None
    due = occasion.event.register_closed_at.astimezone(town.zone).date()
    for trainer in occasion.facts["trainers"]:
        key = f"{occasion.event.reference}:{trainer}"
        willing = town.chance("trainer", key).random() < TRAINERS_WHO_ANSWER
        one = invitation(town, schedule, occasion, Stage.TRAINER, due, willing=willing, key=key)
        one.membership = town.member(trainer)
        told = one.state == InvitationState.ANSWERED
        yield one, Told(key) if told else None


def answers(town: Town, occasion: Occasion, seat: Seat, stage: Stage) -> bool:
    """Whether this person answers: as the data file says, else as many as it says."""
    if stage in seat.answers:
        return seat.answers[stage]
    percent: int = occasion.story.get(f"{stage}_percent", 0)
    key = (stage, occasion.event.reference, seat.person.key)
    return town.chance("answers", *key).random() * 100 < percent


def baseline(town: Town, occasion: Occasion, seat: Seat) -> SurveyInvitation:
    """Answered in the booking form."""
    at = seat.booking.booked_at
    day = at.astimezone(town.zone).date()
    return SurveyInvitation(
        stage=Stage.BASELINE,
        event=occasion.event,
        booking=seat.booking,
        membership=seat.person.membership,
        questionnaire=town.questionnaires[Stage.BASELINE],
        state=InvitationState.ANSWERED,
        due_on=day,
        sent_on=day,
        answered_at=at,
    )


def invitation(
    town: Town,
    schedule: Schedule,
    occasion: Occasion,
    stage: Stage,
    due: date,
    *,
    willing: bool,
    key: str,
) -> SurveyInvitation:
    """One invitation as the sweeps would have left it yesterday: planned, sent, answered or lapsed."""
    one = SurveyInvitation(
        stage=stage,
        event=occasion.event,
        questionnaire=town.questionnaires[stage],
        state=InvitationState.PLANNED,
        due_on=due,
        counted_from=occasion.event.ends_at.astimezone(town.zone).date(),
    )
    if due >= town.today:
        return one
    one.state, one.sent_on = InvitationState.SENT, due
    one.closes_on = closes_on(due, schedule.rule)
    if willing:
        after = min(town.chance("after", stage, key).expovariate(1 / 4), 26)
        at = town.at(due, time(9, 30)) + timedelta(days=after)
        if at < town.midnight:
            one.state, one.answered_at = InvitationState.ANSWERED, at
    until = one.answered_at.astimezone(town.zone).date() if one.answered_at else town.today
    reminders = [due + timedelta(days=days) for days in schedule.rule.reminder_days]
    past = [day for day in reminders if day < until]
    one.reminders_sent, one.reminded_on = len(past), max(past, default=None)
    if one.state == InvitationState.SENT and one.closes_on < town.today:
        one.state = InvitationState.LAPSED
    return one
