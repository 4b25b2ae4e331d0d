"""Who a requirement applies to: a role, a group of the workforce, a sector, or a combination."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What has to match; None or an empty text leaves it open. Roles and groups are named by id."""

    role: int | None = None
    group: int | None = None
    sector: str = ""


@dataclass(frozen=True)
class Job:
    """One job: its group and the sector of the agency."""

    group: int | None
    sector: str


@dataclass(frozen=True)
class Duties:
    """What someone does: their roles and jobs on one day."""

    roles: frozenset[int] = frozenset()
    jobs: tuple[Job, ...] = ()


def concerns(scope: Scope, person: Duties) -> bool:
    """Whether everything that is named matches. Group and sector must match the same job.

    A requirement that names nothing applies to no one.
    """
    if scope.role is not None and scope.role not in person.roles:
        return False
    if scope.group is None and not scope.sector:
        return scope.role is not None
    return any(
        (scope.group is None or job.group == scope.group)
        and (not scope.sector or job.sector == scope.sector)
        for job in person.jobs
    )
