"""Composes messages about what people need; ``queue_message`` puts them into the outbox."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from competencies.terms.standing import Stand
from govuk.rules.phrases import short_date
from outbox.operations.queue_message import Mail
from partnerships.models import Membership


def renewal_key(person: int, code: str, due_on: date) -> str:
    """One reminder per person, requirement and due date. Renewing gives a new date and so a new reminder."""
    return f"renewal:{person}:{code}:{due_on}"


def remind_of_renewal(person: Membership, stand: Stand, due_on: date) -> Mail:
    """To the person: a requirement has to be renewed soon, and which courses renew it."""
    title = stand.row.title
    return Mail(
        key=renewal_key(person.pk, stand.row.code, due_on),
        why="A requirement of the person’s role must be renewed soon.",
        about=f"person:{person.pk}",
        to_email=person.user.email,
        to_name=str(person.user),
        subject=f"Due by {short_date(due_on)}: {title}"[:300],
        template="competencies/mail/renewal",
        context={"stand": stand, "due_on": due_on, "url": reverse("my_learning")},
    )
