"""What people do: their roles and jobs on a day, in one query however many people there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from competencies.models import RoleAssignment
from competencies.rules.scope import Duties, Job
from partnerships.models import Employment, facts_on
from partnerships.models.people import MembershipQuerySet


@dataclass(frozen=True)
class Held:
    """A role that someone holds, and since when."""

    role: int
    name: str
    since: date


def with_work(people: MembershipQuerySet, today: date) -> MembershipQuerySet:
    """Adds ``jobs`` and ``held`` to people; employments refused or over are left out."""
    jobs = (
        Employment.objects.filter(membership=OuterRef("pk"))
        .jobs_on(today)
        .order_by("agency__name", "pk")
        .values(
            job=JSONObject(
                id=F("pk"),
                group=F("group_id"),
                group_name=F("group__name"),
                sector=facts_on(today, OuterRef("agency"), "sector__code"),
                agency=F("agency__name"),
                agency_id=F("agency_id"),
                title=F("job_title"),
            )
        )
    )
    held = (
        RoleAssignment.objects.filter(membership=OuterRef("pk"))
        .on(today)
        .order_by("role_profile__name", "since")
        .values(
            role=JSONObject(id=F("role_profile_id"), name=F("role_profile__name"), since=F("since"))
        )
    )
    found: MembershipQuerySet = people.select_related("user").annotate(
        jobs=ArraySubquery(jobs), held=ArraySubquery(held)
    )
    return found


def work_of(person: Any) -> Duties:
    """A person from :func:`with_work`, as the rule reads them."""
    return Duties(
        roles=frozenset(each["id"] for each in person.held),
        jobs=tuple(Job(each["group"], each["sector"]) for each in person.jobs),
    )


def roles_held(person: Any) -> list[Held]:
    """The roles of a person from :func:`with_work`, by name."""
    return [
        Held(each["id"], each["name"], date.fromisoformat(each["since"])) for each in person.held
    ]
