"""The staff that someone answers for, and how up to date each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bookings.rules.metrics import Rate
from competencies.models import Requirement
from competencies.rules.standing import COMPLIANT, RequirementStanding, worst
from competencies.terms.people import with_work
from competencies.terms.standing import (
    STANDING_COLOURS,
    Stand,
    completions_by_person,
    requirements,
    stands_of,
)
from partnerships.models import Membership, by_family_name, spelt
from partnerships.models.people import EmploymentQuerySet


@dataclass(frozen=True)
class StaffMember:
    """One person of the list: the jobs that are shown, and every requirement with its standing."""

    person: Any
    jobs: list[dict[str, Any]]
    stands: list[Stand]

    @property
    def worst(self) -> RequirementStanding | None:
        """The standing to show for the person; None where nothing is required."""
        return worst(stand.position for stand in self.stands)

    @property
    def colour(self) -> str:
        return STANDING_COLOURS[self.worst] if self.worst else "grey"

    @property
    def roles(self) -> list[str]:
        return [each["name"] for each in self.person.held]

    @property
    def pressing(self) -> list[Stand]:
        """What is not up to date."""
        return [stand for stand in self.stands if stand.standing is not RequirementStanding.CURRENT]


def staff_list(
    jobs: EmploymentQuerySet, today: date, wanted: dict[str, Any] | None = None
) -> list[StaffMember]:
    """Everyone with one of these jobs who matches the filter. Three queries, however many people.

    Standing is worked out, so filtering by it means working it out for everyone; the page is cut afterwards.
    """
    wanted = wanted or {}
    shown = narrowed(jobs, wanted)
    people = Membership.objects.active().filter(pk__in=shown.values("membership"))
    rows = list(with_work(people, today).order_by(*by_family_name("user__full_name"), "pk"))
    found = members(rows, set(shown.values_list("pk", flat=True)), requirements(), today)
    if standing := wanted.get("standing"):
        found = [member for member in found if standing_fits(member, standing, wanted)]
    return found


def narrowed(jobs: EmploymentQuerySet, wanted: dict[str, Any]) -> EmploymentQuerySet:
    """Jobs that match name, agency and group."""
    jobs = jobs.filter(spelt(wanted.get("q", ""), "membership__user__full_name"))
    if agency := wanted.get("agency"):
        jobs = jobs.filter(agency__reference=agency)
    if group := wanted.get("group"):
        jobs = jobs.filter(group__code=group)
    return jobs


def members(
    people: Sequence[Any], shown: set[int], rows: list[Requirement], today: date
) -> list[StaffMember]:
    """People with their standing; jobs elsewhere count for standing and are not shown."""
    records = completions_by_person([person.pk for person in people])
    return [
        StaffMember(
            person=person,
            jobs=[job for job in person.jobs if job["id"] in shown],
            stands=stands_of(person, rows, records.get(person.pk, ()), today),
        )
        for person in people
    ]


def standing_fits(member: StaffMember, standing: str, wanted: dict[str, Any]) -> bool:
    """Whether a requirement has this standing: the one that is named, otherwise any."""
    asked = wanted.get("requirement")
    return any(
        stand.standing == standing and (not asked or stand.row.code == asked)
        for stand in member.stands
    )


@dataclass(frozen=True)
class Compliance:
    """One requirement across all staff that it applies to."""

    title: str
    up_to_date: Rate
    counts: Counter[RequirementStanding]


def compliance(staff: Iterable[StaffMember]) -> list[Compliance]:
    """How many staff are up to date with each requirement. Due soon still counts as up to date."""
    found: dict[str, Compliance] = {}
    for member in staff:
        for stand in member.stands:
            code = stand.row.code
            before = found.get(code)
            counts = before.counts if before else Counter()
            counts[stand.standing] += 1
            found[code] = Compliance(stand.row.title, rate_of(counts), counts)
    return sorted(found.values(), key=lambda one: one.title)


def rate_of(counts: Counter[RequirementStanding]) -> Rate:
    """Up to date, of all concerned."""
    return Rate(sum(counts[standing] for standing in COMPLIANT), counts.total())


def staff_rate(staff: Iterable[StaffMember]) -> Rate:
    """People with nothing overdue or missing, of those who have any requirements."""
    concerned = [member.worst for member in staff if member.worst]
    return Rate(sum(standing in COMPLIANT for standing in concerned), len(concerned))
