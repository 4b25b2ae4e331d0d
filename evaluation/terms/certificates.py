"""Who is due a certificate, and which certificates exist."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from bookings.models import Attendance, Booking, ChargingPolicy
from bookings.rules.states import BookingState, Mark
from bookings.terms.register import outcome_of
from evaluation.models import Certificate, Questionnaire, SurveyInvitation
from evaluation.models.certificate import NOT_WITHDRAWN
from evaluation.rules.certificate import (
    CertificateStanding,
    Learner,
    Withdrawal,
    certificate_reasons,
    certificate_standing,
)
from evaluation.rules.states import InvitationState, Stage
from evaluation.terms.asking import plan_here
from govuk.fonts import glyphs_missing
from partnerships.models import active_partnership
from partnerships.rules.reasons import Reason


def certificate_reasons_for(booking: Booking) -> tuple[Reason, ...]:
    """What is still missing for the certificate; empty means it is due.

    No one waits for questions that this partnership does not ask.
    """
    asked = Booking.objects.filter(has_questions(), pk=booking.pk).exists()
    answered = SurveyInvitation.objects.answered().filter(booking=booking, stage=Stage.IMMEDIATE)
    learner = Learner(
        event_over=booking.event.register_closed_at is not None,
        attendance_earns=attendance_earns(booking),
        evaluation_answered=answered.exists(),
        unprintable=unprintable_for(booking, booking.membership.user.full_name),
    )
    needed = plan_here().certificate_needs_evaluation and asked
    return certificate_reasons(learner, evaluation_needed=needed)


def reissue_reasons_for(booking: Booking, holder_name: str) -> tuple[Reason, ...]:
    """What the register and fonts have against a certificate in that name. The evaluation is not checked."""
    learner = Learner(
        event_over=booking.event.register_closed_at is not None,
        attendance_earns=attendance_earns(booking),
        evaluation_answered=False,
        unprintable=unprintable_for(booking, holder_name),
    )
    return certificate_reasons(learner, evaluation_needed=False)


def unprintable_for(booking: Booking, holder_name: str) -> frozenset[str]:
    """The characters of a booking's certificate that its fonts lack."""
    course = booking.event.course
    outcomes = course.outcomes.values_list("text", flat=True)
    said = (holder_name, booking.agency.name, course.title, active_partnership().name, *outcomes)
    return glyphs_missing(" ".join(said))


def attendance_earns(booking: Booking) -> bool:
    """The register's own answer; without marks, as after an import, the state decides."""
    if booking.state not in {BookingState.ATTENDED, BookingState.PARTLY_ATTENDED}:
        return False
    outcome = outcome_of(booking)
    return booking.state == BookingState.ATTENDED if outcome is None else outcome.certificate


def certificate_standing_now(certificate: Certificate) -> CertificateStanding:
    """What we can say about a certificate at this moment, whatever a sweep still has to do."""
    booking = certificate.booking
    return certificate_standing(
        is_withdrawn=certificate.withdrawn_at is not None,
        register_is_closed=booking.event.register_closed_at is not None,
        attendance_earns=attendance_earns(booking),
    )


def with_attendance() -> QuerySet[Certificate]:
    """Certificates with what :func:`certificate_standing_now` needs, without their documents."""
    rows: QuerySet[Certificate] = Certificate.objects.defer("pdf")
    return rows.select_related("booking__event", "booking__policy", "booking__register_exception")


def certificate_for(booking: Booking) -> Certificate | None:
    """The booking's valid certificate, otherwise the one withdrawn last."""
    newest_first = F("withdrawn_at").desc(nulls_first=True)
    found: Certificate | None = (
        with_attendance().filter(booking=booking).order_by(newest_first).first()
    )
    return found


def others_of(certificate: Certificate) -> QuerySet[Certificate]:
    """Earlier and later certificates for the same attendance, the newest first."""
    rows: QuerySet[Certificate] = Certificate.objects.defer("pdf").filter(
        booking=certificate.booking_id
    )
    return rows.exclude(pk=certificate.pk)


def successor_of(certificate: Certificate) -> Certificate | None:
    """Another certificate for the same attendance that has not been withdrawn, if there is one."""
    found: Certificate | None = others_of(certificate).filter(NOT_WITHDRAWN).first()
    return found


def has_questions() -> Q:
    """Bookings whose delegates are asked after the event."""
    return Q(Exists(Questionnaire.objects.fitting(Stage.IMMEDIATE, "event")))


def earns_none() -> Q:
    """Marks that earn no certificate by the agreed policy: ``rules.attendance.attendance_outcome`` as SQL."""
    too_late = Q(mark=Mark.LATE, minutes_late__gt=agreed("grace_minutes"))
    forgiven = Q(agreed("late_admitted")) & Q(agreed("late_certificate"))
    too_early = Q(mark=Mark.LEFT_EARLY, minutes_early__gt=agreed("early_minutes"))
    walk_in = Q(booking__walk_in=True) & ~Q(agreed("walk_in_certificate"))
    return (
        Q(mark=Mark.ABSENT)
        | (too_late & ~forgiven)
        | (too_early & ~Q(agreed("early_certificate")))
        | walk_in
    )


def agreed(column: str) -> Case:
    """A column of the exception that a booking agreed to, even if it is empty there; otherwise of the version."""
    return Case(
        When(booking__register_exception__isnull=True, then=F(f"booking__policy__{column}")),
        default=F(f"booking__register_exception__{column}"),
        output_field=ChargingPolicy._meta.get_field(column),  # type: ignore[arg-type]
    )


def bookings_to_certify() -> QuerySet[Booking]:
    """Bookings for which ``certificate_reasons`` finds at most characters that fonts lack.

    Bookings that can never earn one are left out, so that the sweep does not look at them again and again.
    """
    # As ``rules.certificate.follows_by_itself`` says.
    in_the_way = Certificate.objects.filter(NOT_WITHDRAWN | Q(withdrawal=Withdrawal.DECIDED))
    marks = Attendance.objects.filter(booking=OuterRef("pk"))
    partly = Q(state=BookingState.PARTLY_ATTENDED) & Q(Exists(marks))
    rows: QuerySet[Booking] = Booking.objects.filter(
        Q(state=BookingState.ATTENDED) | partly,
        ~Exists(in_the_way.filter(booking=OuterRef("pk"))),
        ~Exists(marks.filter(earns_none())),
        event__register_closed_at__isnull=False,
    )
    if not plan_here().certificate_needs_evaluation:
        return rows
    answered = SurveyInvitation.objects.filter(
        booking=OuterRef("pk"), stage=Stage.IMMEDIATE, state=InvitationState.ANSWERED
    )
    return rows.filter(Q(Exists(answered)) | ~has_questions())
