"""The fixed cast: the same people in two partnerships that know nothing of each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bookings.models import CancellationPolicy
from courses.models import PriceList
from partnerships.models import Agency, Membership, Partnership, WorkforceGroup
from partnerships.rules.agencies import PayerClass, Sector
from partnerships.rules.roles import Role
from partnerships.tenancy import activate
from tests.world.asks import evaluation_plan
from tests.world.money import billing_profile, cancellation_policy, price_list, vat_rows
from tests.world.people import agency, partnership, person, workforce_group


@dataclass(frozen=True)
class Town:
    """One partnership with its people. The ``other_`` ones work for a second agency."""

    partnership: Partnership
    groups: tuple[WorkforceGroup, ...]
    council: Agency
    school: Agency
    other_agency: Agency
    policy: CancellationPolicy
    prices: PriceList
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
        """Everybody by name of the part."""
        return {name: who for name, who in vars(self).items() if isinstance(who, Membership)}


@dataclass
class World:
    """Two partnerships; ``harbour`` is active in the ``world`` fixture, ``moorland`` is made when asked for."""

    harbour: Town

    @cached_property
    def moorland(self) -> Town:
        """The neighbour, who knows nothing of Harbour."""
        return town("moorland", "Target group")


def staff(name: str, role: Role, slug: str, council: Agency, group: WorkforceGroup) -> Membership:
    """Somebody of the council who acts for the partnership."""
    return person(
        role,
        name=f"{name} {slug.title()}",
        email=f"{role.value.replace('_', '-')}@{slug}.example.org",
        agency=council,
        group=group,
    )


def town(slug: str, term: str) -> Town:
    """Make a partnership with four groups, three agencies, rules about money, and its cast."""
    made = partnership(slug=slug, group_term=term)
    with activate(made):
        groups = tuple(
            workforce_group(position=n, name=f"{term} {n}", code=f"g{n}") for n in (1, 2, 3, 4)
        )
        council = agency(
            name=f"{slug.title()} Council",
            sector=Sector.CHILDRENS_SOCIAL_CARE,
            domains=[f"council.{slug}.example.org"],
        )
        school = agency(
            name=f"{slug.title()} Primary School", domains=[f"school.{slug}.example.org"]
        )
        other = agency(
            name=f"{slug.title()} Care Homes",
            sector=Sector.PRIVATE_PROVIDER,
            payer_class=PayerClass.PROFIT_MAKING,
        )
        billing_profile(issuer_name=council.name)
        vat_rows()
        evaluation_plan()
        return Town(
            partnership=made,
            groups=groups,
            council=council,
            school=school,
            other_agency=other,
            policy=cancellation_policy(),
            prices=price_list(),
            **people_of(slug, school, other, groups[2]),
            trainer=staff("Tove", Role.TRAINER, slug, council, groups[2]),
            coordinator=staff("Cora", Role.COORDINATOR, slug, council, groups[2]),
            finance=staff("Finn", Role.FINANCE_OFFICER, slug, council, groups[2]),
            subgroup=staff("Suni", Role.SUBGROUP_MEMBER, slug, council, groups[2]),
            administrator=staff("Ada", Role.ADMINISTRATOR, slug, council, groups[2]),
        )


def people_of(
    slug: str, school: Agency, other: Agency, group: WorkforceGroup
) -> dict[str, Membership]:
    """Those who act for an agency, or for themselves."""
    surname = slug.title()
    manager = person(
        Role.LINE_MANAGER,
        name=f"Mona {surname}",
        email=f"manager@{slug}.example.org",
        agency=school,
        group=group,
    )
    parts = {
        "practitioner": (Role.PRACTITIONER, "Piet", school),
        "colleague": (Role.PRACTITIONER, "Coll", school),
        "agency_lead": (Role.AGENCY_LEAD, "Aled", school),
        "other_practitioner": (Role.PRACTITIONER, "Otis", other),
        "other_agency_lead": (Role.AGENCY_LEAD, "Olaf", other),
    }
    return {"manager": manager} | {
        part: person(
            role,
            name=f"{name} {surname}",
            email=f"{part.replace('_', '-')}@{slug}.example.org",
            agency=where,
            group=group,
            manager=manager if part in {"practitioner", "colleague"} else None,
        )
        for part, (role, name, where) in parts.items()
    }


def make_world() -> World:
    """Needs a database, and no partnership active."""
    return World(harbour=town("harbour", "Level"))
