"""Emails about restrictions: when one begins, when it ends early, and the answer to an appeal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from bookings.emails.places import tell
from bookings.models import Restriction
from partnerships.models import Membership


def tell_restricted(restriction: Restriction, now: datetime) -> None:
    """A restriction has begun: which places count, what it means, and how to appeal."""
    about(
        "restricted",
        restriction,
        now,
        why="The person did not use several places.",
        subject="Your bookings are restricted",
    )


def tell_restriction_ended(restriction: Restriction, now: datetime) -> None:
    """It was lifted, or withdrawn after a correction."""
    about(
        "restriction_ended",
        restriction,
        now,
        why="A restriction was lifted or withdrawn.",
        subject="You can book training as usual again",
    )


def tell_restriction_stands(restriction: Restriction, now: datetime) -> None:
    """The appeal was not accepted."""
    about(
        "restriction_stands",
        restriction,
        now,
        why="Answers an appeal against a restriction.",
        subject="The answer to your appeal",
    )


def about(kind: str, restriction: Restriction, now: datetime, **words: Any) -> None:
    """One email to the person, unless they have left."""
    person = restriction.membership
    here = Membership.objects.still_here(timezone.localdate(now))
    if here.filter(pk=person.pk).exists():
        tell(
            kind,
            person,
            about=f"restriction-{restriction.pk}",
            due_at=now,
            restriction=restriction,
            **words,
        )
