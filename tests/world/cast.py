"""The fixed cast: the same people in two partnerships that know nothing of each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bookings.models import ChargingPolicy
from partnerships.models import Agency, Employment, Membership, Partnership, WorkforceGroup
from partnerships.rules.agencies import UsualPayerClass, UsualSector
from partnerships.rules.roles import Role
from tenancy import activate
from tests.world.asks import evaluation_plan
from tests.world.money import (
    billing_profile,
    charging_policy,
    planned_mail,
    vat_rows,
)
from tests.world.people import agency, employment, partnership, people, workforce_group

OF_AN_AGENCY = (Role.LINE_MANAGER, Role.PRACTITIONER, Role.AGENCY_LEAD)


@dataclass(frozen=True)
class Town:
    """One partnership with its people. The ``other_`` ones work for a second agency."""

    partnership: Partnership
    groups: tuple[WorkforceGroup, ...]
    council: Agency
    school: Agency
    other_agency: Agency
    policy: ChargingPolicy
    practitioner: Membership
    colleague: Membership
    manager: Membership
    agency_lead: Membership
    trainer: Membership
    coordinator: Membership
    finance: Membership
    subgroup: Membership
    administrator: Membership
    other_practitioner: Membership
    other_agency_lead: Membership

    @property
    def cast(self) -> dict[str, Membership]:
        """Everyone by name of the part."""
        return {name: who for name, who in vars(self).items() if isinstance(who, Membership)}


@dataclass
class World:
    """Two partnerships; ``harbour`` is active in the ``world`` fixture, ``moorland`` is made when asked for."""

    harbour: Town

    @cached_property
    def moorland(self) -> Town:
        """The neighbour, who knows nothing of Harbour."""
        return town("moorland", "Target group")


def town(slug: str, term: str) -> Town:
    """Make a partnership with four groups, three agencies, rules about money, and its cast."""
    made = partnership(slug=slug, group_term=term)
    with activate(made):
        groups = tuple(
            workforce_group(position=n, name=f"{term} {n}", code=f"g{n}") for n in (1, 2, 3, 4)
        )
        council = agency(
            name=f"{slug.title()} Council",
            sector=UsualSector.CHILDRENS_SOCIAL_CARE,
            domains=[f"council.{slug}.example.org"],
        )
        school = agency(
            name=f"{slug.title()} Primary School", domains=[f"school.{slug}.example.org"]
        )
        other = agency(
            name=f"{slug.title()} Care Homes",
            sector=UsualSector.PRIVATE_PROVIDER,
            payer_class=UsualPayerClass.PROFIT_MAKING,
        )
        billing_profile(issuer_name=council.name)
        vat_rows()
        evaluation_plan()
        planned_mail()
        return Town(
            partnership=made,
            groups=groups,
            council=council,
            school=school,
            other_agency=other,
            policy=charging_policy(),
            **people_of(slug, council, school, other, groups[2]),
        )


def people_of(
    slug: str, council: Agency, school: Agency, other: Agency, group: WorkforceGroup
) -> dict[str, Membership]:
    """Those who act for an agency, or for themselves; then the council's, who act for the partnership."""
    surname, host = slug.title(), f"{slug}.example.org"
    managed = {"practitioner", "colleague"}
    parts = {
        "manager": (Role.LINE_MANAGER, "Mona", school),
        "practitioner": (Role.PRACTITIONER, "Piet", school),
        "colleague": (Role.PRACTITIONER, "Coll", school),
        "agency_lead": (Role.AGENCY_LEAD, "Aled", school),
        "other_practitioner": (Role.PRACTITIONER, "Otis", other),
        "other_agency_lead": (Role.AGENCY_LEAD, "Olaf", other),
        "trainer": (Role.TRAINER, "Tove", council),
        "coordinator": (Role.COORDINATOR, "Cora", council),
        "finance": (Role.FINANCE_OFFICER, "Finn", council),
        "subgroup": (Role.SUBGROUP_MEMBER, "Suni", council),
        "administrator": (Role.ADMINISTRATOR, "Ada", council),
    }
    made = people(
        (role, f"{name} {surname}", f"{address_of(part, role)}@{host}")
        for part, (role, name, _) in parts.items()
    )
    cast = dict(zip(parts, made, strict=True))
    Employment.objects.bulk_create(
        employment(
            person=cast[part],
            agency=where,
            group=group,
            manager=cast["manager"] if part in managed else None,
            save=False,
        )
        for part, (_, _, where) in parts.items()
    )
    return cast


def address_of(part: str, role: Role) -> str:
    """Staff by their role, the others by their part."""
    return (part if role in OF_AN_AGENCY else role.value).replace("_", "-")


def make_world() -> World:
    """Needs a database, and no partnership active."""
    return World(harbour=town("harbour", "Level"))
