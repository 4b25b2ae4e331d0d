"""Who is asked what, and how people reach their questions."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import HOLDS_A_PLACE, WAS_PRESENT
from courses.models import Course, Event, EventTrainer
from courses.rules.states import EventState
from evaluation.models import EvaluationPlan, Questionnaire, SurveyInvitation
from evaluation.rules.states import ASKS_THOSE_PRESENT, InvitationState, Stage
from partnerships.models import Membership
from tenancy import kept


@kept
def plan_here() -> EvaluationPlan:
    """The partnership's plan, or the defaults if it has none yet."""
    found: EvaluationPlan | None = EvaluationPlan.objects.first()
    return found or EvaluationPlan()


def questionnaire_for(stage: Stage, course: Course, day: date) -> Questionnaire | None:
    """The questions of a stage as they are asked on a day."""
    found: Questionnaire | None = Questionnaire.objects.for_course(stage, course, day).first()
    return found


def last_day(event: Event) -> date:
    """The event's last day in the partnership's time zone."""
    return timezone.localdate(event.ends_at)


def not_asked_yet(stage: Stage) -> Q:
    """Bookings whose course has questions for a stage, and whose delegate has not been asked them.

    A withdrawn invitation does not count: if a register is corrected, the person is asked again.
    """
    asked = SurveyInvitation.objects.filter(
        event=OuterRef("event"), membership=OuterRef("membership"), stage=stage
    ).exclude(state=InvitationState.WITHDRAWN)
    return Q(Exists(Questionnaire.objects.fitting(stage, "event"))) & ~Q(Exists(asked))


def reachable(today: date) -> Q:
    """Invitations of people we can email: delegates who are still here, trainers with an open account."""
    trainers = Q(stage=Stage.TRAINER, membership__in=Membership.objects.active())
    return trainers | Q(membership__in=Membership.objects.still_here(today))


def bookings_to_ask(today: date) -> QuerySet[Booking]:
    """Bookings of people who came, after the register was closed, with a stage still to plan."""
    present: QuerySet[Booking] = Booking.objects.present().of_people_still_here(today)
    return present.filter(
        not_asked_yet(Stage.IMMEDIATE) | not_asked_yet(Stage.IMPACT),
        event__register_closed_at__isnull=False,
    ).exclude(event__state=EventState.CANCELLED)


def trainers_to_ask() -> QuerySet[EventTrainer]:
    """Trainers with a sign-in who have not been asked about an event whose register is closed."""
    asked = SurveyInvitation.objects.filter(
        event=OuterRef("event"), membership=OuterRef("trainer__membership"), stage=Stage.TRAINER
    ).exclude(state=InvitationState.WITHDRAWN)
    rows: QuerySet[EventTrainer] = EventTrainer.objects.filter(
        Q(Exists(Questionnaire.objects.fitting(Stage.TRAINER, "event"))) & ~Q(Exists(asked)),
        event__register_closed_at__isnull=False,
        trainer__membership__in=Membership.objects.active(),
    ).exclude(event__state=EventState.CANCELLED)
    return rows


def asked_in_vain(today: date) -> QuerySet[SurveyInvitation]:
    """Open invitations that are no longer needed: event cancelled, delegate not there after all, or gone.

    An invitation for someone whom no email can reach would hold up the event's results for good.
    It is planned again if the person comes back.
    """
    stood_down = Q(
        stage__in=sorted(ASKS_THOSE_PRESENT), event__register_closed_at__isnull=False
    ) & ~Q(booking__state__in=sorted(WAS_PRESENT))
    gave_up = Q(stage=Stage.BASELINE) & ~Q(booking__state__in=sorted(HOLDS_A_PLACE))
    gone = Q(state=InvitationState.PLANNED) & ~reachable(today)
    rows: QuerySet[SurveyInvitation] = SurveyInvitation.objects.open().filter(
        Q(event__state=EventState.CANCELLED)
        | gone
        | Q(booking__isnull=False) & (stood_down | gave_up)
    )
    return rows


def planned_for_another_day() -> QuerySet[SurveyInvitation]:
    """Invitations whose dates were counted from a first or last day that the event no longer has."""
    impact = Q(state=InvitationState.PLANNED, stage=Stage.IMPACT, counted_from__isnull=False)
    impact &= ~Q(counted_from=TruncDate(F("event__ends_at")))
    before = Q(state=InvitationState.SENT, stage=Stage.BASELINE, closes_on__isnull=False)
    before &= ~Q(closes_on=TruncDate(F("event__starts_at")))
    rows: QuerySet[SurveyInvitation] = SurveyInvitation.objects.filter(impact | before)
    return rows
