"""Composes messages about people; ``queue_message`` puts them into the outbox."""

from __future__ import annotations

from django.urls import reverse

from outbox.operations.queue_message import Mail
from partnerships.models import Employment, Membership, active_partnership


def ask_for_confirmation(employment: Employment, approver: Membership) -> Mail:
    """To a coordinator or an agency lead: someone says that they work there."""
    return Mail(
        key=f"joined:{employment.pk}:{approver.pk}",
        why="Someone joined an agency, and someone else must confirm it.",
        about=f"employment:{employment.pk}",
        to_email=approver.user.email,
        to_name=str(approver.user),
        subject=f"Please confirm: {employment.membership} at {employment.agency}",
        template="partnerships/mail/confirm_person",
        context={"employment": employment, "url": reverse("pending_people")},
    )


def ask_for_group(employment: Employment, approver: Membership) -> Mail:
    """To a coordinator or an agency lead: someone could not say which workforce group they are in."""
    return Mail(
        key=f"group:{employment.pk}:{approver.pk}",
        why="Someone joined an agency and could not say which group they are in.",
        about=f"employment:{employment.pk}",
        to_email=approver.user.email,
        to_name=str(approver.user),
        subject=f"{active_partnership().group_term} not known: {employment.membership}",
        template="partnerships/mail/which_group",
        context={"employment": employment, "url": f"{reverse('pending_people')}#groups"},
    )


def tell_confirmed(employment: Employment) -> Mail:
    """To the person: they can book now."""
    return Mail(
        key=f"confirmed:{employment.pk}",
        why="The agency or a coordinator confirmed the person.",
        about=f"employment:{employment.pk}",
        to_email=employment.membership.user.email,
        to_name=str(employment.membership.user),
        subject=f"We have confirmed that you work for {employment.agency}",
        template="partnerships/mail/confirmed",
        context={"employment": employment, "url": reverse("home")},
    )


def tell_refused(employment: Employment) -> Mail:
    """To the person: why not, and what to do."""
    return Mail(
        key=f"refused:{employment.pk}",
        why="The agency or a coordinator could not confirm the person.",
        about=f"employment:{employment.pk}",
        to_email=employment.membership.user.email,
        to_name=str(employment.membership.user),
        subject=f"We could not confirm that you work for {employment.agency}",
        template="partnerships/mail/refused",
        context={"employment": employment, "url": reverse("join")},
    )
