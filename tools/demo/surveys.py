"""Who is asked at which stage, and who answers; the certificates follow."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import QuerySet

from bookings.models import Booking
from evaluation.models import Certificate, EvaluationPlan, SurveyInvitation
from evaluation.operations.answer_survey import answer_survey
from evaluation.operations.ask_baseline import ask_baseline
from evaluation.operations.issue_next_certificate import issue_next_certificate
from evaluation.operations.plan_next_delegate import plan_next_delegate
from evaluation.operations.plan_next_trainer import plan_next_trainer
from evaluation.operations.reissue_certificate import reissue_certificate
from evaluation.operations.send_next_survey import send_next_survey
from evaluation.rules.states import InvitationState, Stage
from partnerships.operations.change_name import change_name
from tools.demo.answers import answers_of
from tools.demo.people import HALF_NAMED
from tools.demo.town import Occasion, Seat, Town

MORNING = time(8)
TRAINERS_WHO_ANSWER = 0.75


def answer_before(town: Town, occasion: Occasion, seat: Seat, at: datetime) -> None:
    """The questions that follow the booking form, where the partnership asks any."""
    invitation = ask_baseline(booking=seat.booking, now=at)
    if invitation is not None:
        answer(town, invitation.pk, f"{occasion.event.reference}:{seat.person.key}", at)


def ask_after(town: Town, occasion: Occasion, closed_at: datetime) -> None:
    """What the sweeps do when a register has been closed; some of those who are asked will answer."""
    at = closed_at + timedelta(minutes=1)
    while plan_next_delegate(now=at) or plan_next_trainer(now=at):
        pass
    seats = {seat.person.membership.pk: seat for seat in occasion.seats}
    trainers = {town.member(key).pk: key for key in occasion.facts["trainers"]}
    for one in planned_for(occasion).order_by("pk"):
        note_mornings(town, one.due_on)
        stage = Stage(one.stage)
        if stage is Stage.TRAINER:
            key = f"{occasion.event.reference}:{trainers[one.membership_id]}"
            willing = town.chance("trainer", key).random() < TRAINERS_WHO_ANSWER
        else:
            seat = seats[one.membership_id]
            key = f"{occasion.event.reference}:{seat.person.key}"
            willing = answers(town, occasion, seat, stage)
        if willing:
            after = min(town.chance("after", stage, key).expovariate(1 / 4), 26)
            noon = max(town.at(one.due_on, time(9, 30)), at + timedelta(minutes=30))
            town.diary.note(noon + timedelta(days=after), partial(answer, town, one.pk, key))
    send(at)
    certify(town, at)


def planned_for(occasion: Occasion) -> QuerySet[SurveyInvitation]:
    rows: QuerySet[SurveyInvitation] = SurveyInvitation.objects.filter(
        event=occasion.event, state=InvitationState.PLANNED
    )
    return rows.order_by("pk")


def answers(town: Town, occasion: Occasion, seat: Seat, stage: Stage) -> bool:
    """Whether this person answers: as the data file says, else as many as it says."""
    if stage in seat.answers:
        return seat.answers[stage]
    percent: int = occasion.story.get(f"{stage}_percent", 0)
    key = (stage, occasion.event.reference, seat.person.key)
    return town.chance("answers", *key).random() * 100 < percent


def note_mornings(town: Town, due: date) -> None:
    """The days on which the sweep has something to do for an invitation that is due then."""
    plan = EvaluationPlan.objects.get()
    days = (0, plan.first_reminder_days, plan.second_reminder_days, plan.close_after_days + 1)
    for day in {due + timedelta(days=each) for each in days} - town.mornings:
        town.mornings.add(day)
        town.diary.note(town.at(day, MORNING), send)


def send(at: datetime) -> None:
    """Everything that is to be sent, reminded or closed."""
    while send_next_survey(now=at):
        pass


def answer(town: Town, invitation: int, key: str, at: datetime) -> None:
    """Somebody answers; ``key`` names whose attitude it is."""
    found = SurveyInvitation.objects.select_related("booking").get(pk=invitation)
    if found.state != InvitationState.SENT:
        return
    given = answers_of(town, Stage(found.stage), key)
    if answer_survey(invitation=found, answers=given, now=at) is not None:
        watch(town, found.booking, at)


def certify(town: Town, at: datetime) -> None:
    """Certificates that wait for no answer."""
    while issue_next_certificate(now=at):
        pass
    for one in Certificate.objects.filter(issued_at=at).select_related("booking"):
        watch(town, one.booking, at)


def watch(town: Town, booking: Booking, at: datetime) -> None:
    """The first certificate of somebody whose account says half a name is put right two days later."""
    if town.half_named == booking.membership_id:
        town.half_named = None
        town.diary.note(at + timedelta(days=2), partial(put_right, town, booking))


def put_right(town: Town, booking: Booking, at: datetime) -> None:
    """The name is completed, and the certificate replaced."""
    wrong = (
        Certificate.objects.valid().select_related("booking__membership__user").get(booking=booking)
    )
    user = wrong.booking.membership.user
    name = town.seed.person(HALF_NAMED)["name"]
    change_name(user=user, full_name=name)
    reissue_certificate(
        certificate=wrong,
        holder_name=name,
        reason="The family name was missing.",
        by=town.member("coordinator"),
        now=at,
    )
