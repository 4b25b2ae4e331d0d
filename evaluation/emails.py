"""Emails about questionnaires and certificates: each function composes one and puts it in the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from evaluation.access import survey_token
from evaluation.models import Certificate, SurveyInvitation
from evaluation.rules.certificate import spaced
from evaluation.rules.states import Stage
from outbox.operations.cancel_messages import cancel_messages
from outbox.operations.queue_message import Mail, queue_message

# Each ends where the title of the course begins.
SUBJECTS = {
    Stage.BASELINE: "Before you come:",
    Stage.IMMEDIATE: "How was it?",
    Stage.IMPACT: "What has changed since?",
    Stage.TRAINER: "Your view as a trainer:",
}


def about_invitation(invitation: SurveyInvitation) -> str:
    return f"survey-{invitation.pk}"


def ask(invitation: SurveyInvitation, due_at: datetime) -> None:
    """The first email. The day is part of its key, because a withdrawn invitation may be sent again."""
    subject = f"{SUBJECTS[Stage(invitation.stage)]} {invitation.event.course.title}"
    tell(
        invitation,
        key=f"{about_invitation(invitation)}:sent:{invitation.sent_on}",
        why=f"Asks for an answer. {Stage(invitation.stage).label}.",
        subject=subject,
        due_at=due_at,
    )


def ask_again(invitation: SurveyInvitation, due_at: datetime) -> None:
    which = invitation.reminders_sent
    tell(
        invitation,
        key=f"{about_invitation(invitation)}:reminder:{invitation.sent_on}:{which}",
        why=f"Reminder {which} of 2 to someone who has not answered.",
        subject=f"Reminder. {SUBJECTS[Stage(invitation.stage)]} {invitation.event.course.title}",
        due_at=due_at,
        reminder=which,
    )


def tell(
    invitation: SurveyInvitation, *, key: str, why: str, subject: str, due_at: datetime, **more: Any
) -> None:
    """One email with the personal link."""
    user = invitation.membership.user
    queue_message(
        mail=Mail(
            key=key,
            why=why,
            about=about_invitation(invitation),
            to_email=user.email,
            to_name=user.full_name,
            subject=subject,
            template="evaluation/mail/survey",
            context={
                "invitation": invitation,
                "event": invitation.event,
                "stage": Stage(invitation.stage),
                "token": survey_token(invitation),
                **more,
            },
        ),
        due_at=due_at,
    )


def send_certificate(
    certificate: Certificate, now: datetime, *, instead_of: Certificate | None = None
) -> None:
    """The certificate can be opened; ``instead_of`` is the earlier one that it replaces."""
    if instead_of is not None:
        take_back(instead_of)
    tell_holder(
        certificate,
        key=key_of(certificate),
        why="A certificate was issued.",
        subject=f"Your certificate: {certificate.course_title}",
        template="evaluation/mail/certificate",
        due_at=now,
        old_code=spaced(instead_of.code) if instead_of else "",
    )


def tell_withdrawn(certificate: Certificate, now: datetime) -> None:
    """It no longer counts, and why."""
    take_back(certificate)
    tell_holder(
        certificate,
        key=f"{key_of(certificate)}:withdrawn",
        why="A certificate was withdrawn.",
        subject=f"Your certificate no longer counts: {certificate.course_title}",
        template="evaluation/mail/withdrawn",
        due_at=now,
    )


def take_back(certificate: Certificate) -> None:
    """Withdraw an unsent email that offers a certificate which no longer counts."""
    cancel_messages(about=certificate.booking.reference, key_prefix=key_of(certificate))


def key_of(certificate: Certificate) -> str:
    """The start of the keys of messages about one certificate."""
    return f"certificate:{certificate.code}"


def tell_holder(
    certificate: Certificate,
    *,
    key: str,
    why: str,
    subject: str,
    template: str,
    due_at: datetime,
    **more: Any,
) -> None:
    """One email about a certificate."""
    user = certificate.booking.membership.user
    queue_message(
        mail=Mail(
            key=key,
            why=why,
            about=certificate.booking.reference,
            to_email=user.email,
            to_name=user.full_name,
            subject=subject,
            template=template,
            context={"certificate": certificate, "code": spaced(certificate.code), **more},
        ),
        due_at=due_at,
    )
