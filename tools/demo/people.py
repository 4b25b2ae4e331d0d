"""People: one account each, a membership here, and where they work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from allauth.account.models import EmailAddress

from partnerships.models import Employment, EmploymentState, Membership, User
from tools.demo.reader import Facts
from tools.demo.town import Person, Town

NEWCOMERS = 2  # in each partnership: people whom nobody has confirmed yet


def load_people(town: Town, password: str) -> None:
    """Accounts, memberships and employments. ``password`` is the encoded one, the same for all."""
    rows = town.seed.people
    users = accounts(rows, password)
    made = Membership.objects.bulk_create(
        [Membership(user=users[row["email"]], roles=row["roles"]) for row in rows]
    )
    members = {row["key"]: member for row, member in zip(rows, made, strict=True)}
    new = newcomers(town)
    works = Employment.objects.bulk_create(
        [employment(town, row, row, members, confirmed=row["key"] not in new) for row in rows]
    )
    Employment.objects.bulk_create(list(further_employments(town, members)))
    for row, work in zip(rows, works, strict=True):
        town.people[row["key"]] = Person(
            facts=row,
            membership=members[row["key"]],
            employment=work,
            agency=town.agencies[row["agency"]],
            confirmed=row["key"] not in new,
        )


def accounts(rows: list[Facts], password: str) -> dict[str, User]:
    """A verified account for every address; who is in two partnerships has one account."""
    wanted = {row["email"]: row["name"] for row in rows}
    found = {user.email: user for user in User.objects.filter(email__in=wanted)}
    new = User.objects.bulk_create(
        [
            User(email=email, full_name=name, password=password)
            for email, name in wanted.items()
            if email not in found
        ]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in new]
    )
    return found | {user.email: user for user in new}


def newcomers(town: Town) -> set[str]:
    """The last people of the file that no event names: they wait for somebody to confirm them."""
    named = {one["person"] for event in town.seed.events for one in event.get("bookings", [])}
    free = [
        row["key"]
        for row in town.seed.people
        if row["roles"] == ["practitioner"] and row["key"] not in named
    ]
    return set(free[-NEWCOMERS:])


def employment(
    town: Town, person: Facts, work: Facts, members: dict[str, Membership], *, confirmed: bool
) -> Employment:
    """One job of one person; ``work`` is the person's row or one of ``also``."""
    chance = town.chance("employment", person["key"], work["agency"])
    days = chance.randint(400, 3200) if confirmed else chance.randint(2, 9)
    confirmed_at = town.midnight - timedelta(days=days - 1, hours=-10)
    return Employment(
        membership=members[person["key"]],
        agency=town.agencies[work["agency"]],
        group=town.groups.get(work["group"]),
        line_manager=members.get(person.get("manager", "")) if work is person else None,
        job_title=work["job"],
        starts_on=town.today - timedelta(days=days),
        state=EmploymentState.CONFIRMED if confirmed else EmploymentState.PENDING,
        confirmed_by=members["coordinator"] if confirmed else None,
        confirmed_at=confirmed_at if confirmed else None,
    )


def further_employments(town: Town, members: dict[str, Membership]) -> Iterator[Employment]:
    """Second jobs; the agency of a second job has not confirmed all of them yet."""
    for row in town.seed.people:
        for work in row.get("also", []):
            confirmed = town.chance("also", row["key"]).random() < 0.7
            yield employment(town, row, work, members, confirmed=confirmed)
