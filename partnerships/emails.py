"""Composes messages about people; ``queue_message`` puts them into the outbox."""

from __future__ import annotations

from typing import TypedDict

from django.urls import reverse

from partnerships.models import Employment, Membership
from partnerships.tenancy.scope import active_partnership


class Composed(TypedDict):
    """What ``queue_message`` needs besides the time."""

    key: str
    why: str
    about: str
    to_email: str
    to_name: str
    subject: str
    template: str
    context: dict[str, object]


def ask_for_confirmation(employment: Employment, approver: Membership) -> Composed:
    """To a coordinator or an agency lead: somebody says that they work there."""
    return Composed(
        key=f"joined:{employment.pk}:{approver.pk}",
        why="Someone joined an agency, and someone else must confirm it.",
        about=f"employment:{employment.pk}",
        to_email=approver.user.email,
        to_name=str(approver.user),
        subject=f"Please confirm: {employment.membership} at {employment.agency}",
        template="partnerships/mail/confirm_person",
        context={"employment": employment, "url": reverse("pending_people")},
    )


def ask_for_group(employment: Employment, approver: Membership) -> Composed:
    """To a coordinator or an agency lead: somebody could not say which workforce group they are in."""
    return Composed(
        key=f"group:{employment.pk}:{approver.pk}",
        why="Someone joined an agency and could not say which group they are in.",
        about=f"employment:{employment.pk}",
        to_email=approver.user.email,
        to_name=str(approver.user),
        subject=f"{active_partnership().group_term} not known: {employment.membership}",
        template="partnerships/mail/which_group",
        context={"employment": employment, "url": f"{reverse('pending_people')}#groups"},
    )


def tell_confirmed(employment: Employment) -> Composed:
    """To the person: bookings are open now."""
    return Composed(
        key=f"confirmed:{employment.pk}",
        why="The agency or a coordinator confirmed the person.",
        about=f"employment:{employment.pk}",
        to_email=employment.membership.user.email,
        to_name=str(employment.membership.user),
        subject=f"We have confirmed that you work for {employment.agency}",
        template="partnerships/mail/confirmed",
        context={"employment": employment, "url": reverse("home")},
    )


def tell_refused(employment: Employment) -> Composed:
    """To the person: why not, and what to do."""
    return Composed(
        key=f"refused:{employment.pk}",
        why="The agency or a coordinator could not confirm the person.",
        about=f"employment:{employment.pk}",
        to_email=employment.membership.user.email,
        to_name=str(employment.membership.user),
        subject=f"We could not confirm that you work for {employment.agency}",
        template="partnerships/mail/refused",
        context={"employment": employment, "url": reverse("join")},
    )
