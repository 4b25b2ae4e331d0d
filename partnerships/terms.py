"""Who speaks for whom, who may give access, and whom we may write to: what operations decide by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from partnerships.models import (
    Agency,
    AgencyDomain,
    Employment,
    Membership,
    User,
)
from partnerships.rules.granting import granting_reasons
from partnerships.rules.people import belongs_to_domains
from partnerships.rules.reasons import Reason
from partnerships.rules.roles import Permission, Role


def verified_addresses(user: User) -> list[str]:
    """Addresses that the person has shown to be theirs."""
    found: Iterable[str] = EmailAddress.objects.filter(user=user, verified=True).values_list(
        "email", flat=True
    )
    return list(found)


def speaks_for(user: User, agency: Agency) -> bool:
    """Whether a verified address of the person belongs to the agency."""
    domains = list(AgencyDomain.objects.filter(agency=agency).values_list("domain", flat=True))
    return any(belongs_to_domains(address, domains) for address in verified_addresses(user))


def leads_of(agency: Agency, today: date) -> QuerySet[Membership]:
    """Who answers for an agency: its leads who work there."""
    there = Employment.objects.filter(agency=agency).confirmed().on(today)
    leads = Membership.objects.active().holding(Role.AGENCY_LEAD)
    found: QuerySet[Membership] = leads.filter(pk__in=there.values("membership"))
    return found.select_related("user")


def who_can_confirm(employment: Employment, today: date) -> QuerySet[Membership]:
    """Who is asked: the coordinators (administrators if there are none) and the agency's own leads."""
    active = Membership.objects.active().exclude(pk=employment.membership_id)
    office = active.holding(Role.COORDINATOR)
    if not office.exists():
        office = active.holding(Role.ADMINISTRATOR)
    leads = leads_of(employment.agency, today)
    found: QuerySet[Membership] = active.filter(
        Q(pk__in=office.values("pk")) | Q(pk__in=leads.values("pk"))
    )
    return found.select_related("user")


def access_reasons(
    *, membership: Membership, roles: Iterable[str], is_active: bool, by: Membership
) -> tuple[Reason, ...]:
    """Why the change is not possible, from what is stored now."""
    stored: Membership = Membership.objects.get(pk=membership.pk)
    others = Membership.objects.active().holding(Role.ADMINISTRATOR).exclude(pk=stored.pk)
    is_last = stored.is_active and Role.ADMINISTRATOR.value in stored.roles and not others.exists()
    return granting_reasons(
        stored.roles,
        roles,
        by.permissions,
        own=stored.pk == by.pk,
        access_changes=is_active != stored.is_active,
        last_administrator=is_last,
        stays=is_active,
    )


def why_not_written_to(address: str) -> str:
    """Why we may no longer write to the person at an address, in a sentence; empty if we may.

    Emails to an agency's own mailbox continue, even if someone used it to sign in.
    """
    person = User.objects.filter(email=address.lower()).first()
    if person is None or Agency.objects.filter(finance_email__iexact=address).exists():
        return ""
    if not person.is_active:
        return "Not sent: this person’s account is closed."
    if Membership.objects.filter(user=person, is_active=False).exists():
        return "Not sent: this person’s access to the partnership is closed."
    return ""


def agencies_led_by(membership: Membership, today: date) -> QuerySet[Agency]:
    """Agencies for whose staff the person answers: where they work today as a confirmed lead."""
    if not membership.may(Permission.ANSWER_FOR_AGENCY):
        nowhere: QuerySet[Agency] = Agency.objects.none()
        return nowhere
    own = Employment.objects.filter(membership=membership).confirmed().on(today)
    found: QuerySet[Agency] = Agency.objects.filter(pk__in=own.values("agency"))
    return found
