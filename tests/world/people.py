"""Partnerships, agencies, people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from outbox.models import Message
from partnerships.models import (
    Agency,
    AgencyDomain,
    AgencyFacts,
    Area,
    Employment,
    EmploymentState,
    Membership,
    Partnership,
    PayerClass,
    Sector,
    User,
    WorkforceGroup,
)
from partnerships.rules.agencies import UsualPayerClass, UsualSector
from partnerships.rules.roles import Role
from partnerships.steps.start_lists import start_lists
from tenancy import activate

number = count(1)
LONG_AGO = date(2020, 4, 1)


def partnership(*, slug: str = "", **fields: Any) -> Partnership:
    """A partnership that asks no second factor of its staff, so that tests can sign in simply."""
    slug = slug or f"partnership-{next(number)}"
    defaults: dict[str, Any] = {
        "name": f"{slug.title()} Safeguarding Children Partnership",
        "short_name": slug.title(),
        "contact_email": f"training@{slug}.example.org",
        "staff_second_factor_required": False,
    }
    made = Partnership.objects.create(slug=slug, **defaults | fields)
    with activate(made):
        start_lists()
    return made


def user(*, email: str = "", full_name: str = "Alder Wren", verified: bool = True) -> User:
    """Someone who can sign in with ``tests.world.PASSWORD``."""
    from tests.world.browser import PASSWORD

    email = email or f"person-{next(number)}@example.org"
    made = User.objects.create_user(email=email, password=PASSWORD, full_name=full_name)
    made.emailaddress_set.create(email=made.email, verified=verified, primary=True)  # type: ignore[attr-defined]
    return made


def workforce_group(*, position: int = 0, name: str = "", code: str = "") -> WorkforceGroup:
    """A level of the workforce; neighbours by ``position`` adjoin."""
    position = position or next(number)
    made: WorkforceGroup = WorkforceGroup.objects.create(
        code=code or f"l{position}", name=name or f"Level {position}", position=position
    )
    return made


def agency(
    *,
    name: str = "",
    sector: str = UsualSector.MAINTAINED_SCHOOL,
    payer_class: str | None = UsualPayerClass.PARTNER,
    area: str | None = None,
    domains: Iterable[str] = (),
    **fields: Any,
) -> Agency:
    """An employer in the register; ``payer_class`` has held since 2020."""
    which = next(number)
    name = name or f"Agency {which}"
    made: Agency = Agency.objects.create(
        name=name,
        **{"reference": f"agency-{which}", "postcode": "AB1 2CD", "address": "1 High Street"}
        | fields,
    )
    AgencyFacts.objects.create(
        agency=made,
        valid_from=LONG_AGO,
        sector=Sector.objects.get(code=sector),
        payer_class=PayerClass.objects.get(code=payer_class) if payer_class else None,
        area=Area.objects.get(code=area) if area else None,
    )
    for domain in domains:
        AgencyDomain.objects.create(agency=made, domain=domain)
    return made


def person(
    *roles: Role,
    name: str = "",
    email: str = "",
    agency: Agency | None = None,
    group: WorkforceGroup | None = None,
    manager: Membership | None = None,
    user: User | None = None,
    is_active: bool = True,
) -> Membership:
    """A member with these roles (practitioner by default), employed where an agency is given."""
    from tests.world import people

    user = user or people.user(email=email, full_name=name or f"Person {next(number)}")
    made: Membership = Membership.objects.create(
        user=user, roles=[role.value for role in roles or (Role.PRACTITIONER,)], is_active=is_active
    )
    if agency is not None:
        employment(person=made, agency=agency, group=group, manager=manager)
    return made


def people(facts: Iterable[tuple[Role, str, str]]) -> list[Membership]:
    """Members by role, name and address, in three statements however many they are."""
    from tests.world.browser import PASSWORD

    known, password = list(facts), make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(email=email, full_name=name, password=password) for _, name, email in known
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    made: list[Membership] = Membership.objects.bulk_create(
        Membership(user=user, roles=[role.value])
        for user, (role, _, _) in zip(users, known, strict=True)
    )
    return made


def employment(
    *,
    person: Membership,
    agency: Agency,
    group: WorkforceGroup | None = None,
    manager: Membership | None = None,
    state: EmploymentState = EmploymentState.CONFIRMED,
    save: bool = True,
    **fields: Any,
) -> Employment:
    """A link person - agency that has run since 2020; not saved yet when many are to be saved at once."""
    confirmed = state is EmploymentState.CONFIRMED
    defaults: dict[str, Any] = {
        "job_title": "Social worker",
        "starts_on": LONG_AGO,
        "confirmed_at": timezone.now() if confirmed else None,
    }
    made = Employment(
        membership=person,
        agency=agency,
        group=group,
        line_manager=manager,
        state=state,
        **defaults | fields,
    )
    if save:
        made.save()
    return made


def message(
    *, to: str = "somebody@example.org", due_at: datetime | None = None, **fields: Any
) -> Message:
    """A row of the outbox, due now."""
    defaults: dict[str, Any] = {
        "key": f"test:{next(number)}",
        "why": "A test wants it sent.",
        "subject": "About your course",
        "text": "Good news.",
    }
    made: Message = Message.objects.create(
        to_email=to, due_at=due_at or timezone.now(), **defaults | fields
    )
    return made
