"""Whom a requirement concerns: a role, a group of the workforce, a sector, or a mix of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What has to fit; None or an empty text leaves that open. Roles and groups are named by id."""

    role: int | None = None
    group: int | None = None
    sector: str = ""


@dataclass(frozen=True)
class Job:
    """One employment: the group it is in and the sector of the agency."""

    group: int | None
    sector: str


@dataclass(frozen=True)
class Duties:
    """What somebody does: roles held and jobs worked in, on one day."""

    roles: frozenset[int] = frozenset()
    jobs: tuple[Job, ...] = ()


def concerns(scope: Scope, person: Duties) -> bool:
    """Whether all that is named fits; group and sector must fit one and the same job.

    Nobody is concerned by a requirement that names nothing.
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
