"""People: one account each, a membership here, and where they work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from partnerships.models import Employment, EmploymentState, Membership, User
from partnerships.operations.confirm_employment import confirm_employment
from tools.demo.reader import Facts, people_of
from tools.demo.town import Person, Town

HALF_NAMED = "practitioner"  # whose account says half a name at first
NEWCOMERS = 2  # in each partnership: people whom nobody has confirmed yet


def load_people(town: Town, password: str) -> None:
    """Accounts, memberships and employments. ``password`` is the encoded one, the same for all."""
    users = accounts(town, password)
    there = {one.user_id: one for one in Membership.objects.all()}
    made = Membership.objects.bulk_create(
        Membership(user=users[row["email"]], roles=row["roles"])
        for row in town.seed.people
        if users[row["email"]].pk not in there
    )
    there |= {one.user_id: one for one in made}
    members = {row["key"]: there[users[row["email"]].pk] for row in town.seed.people}
    town.half_named = members[HALF_NAMED].pk
    load_jobs(town, members)
    load_second_jobs(town, members)


def load_jobs(town: Town, members: dict[str, Membership]) -> None:
    """Where people work; their agencies confirm all but the newcomers."""
    rows, new = town.seed.people, newcomers(town)
    jobs = Employment.objects.bulk_create(
        employment(town, row, row, members, is_new=row["key"] in new) for row in rows
    )
    for row, job in zip(rows, jobs, strict=True):
        person = town.people[row["key"]] = Person(
            facts=row,
            membership=members[row["key"]],
            employment=job,
            agency=town.agencies[row["agency"]],
            confirmed=row["key"] not in new,
        )
        if person.confirmed:
            town.diary.note(next_morning(town, job), partial(confirm_job, town, person))


def load_second_jobs(town: Town, members: dict[str, Membership]) -> None:
    """The agency of a second job has not confirmed all of them yet."""
    chosen = {
        (row["key"], work["agency"]): town.chance("also", row["key"]).random() < 0.7
        for row in town.seed.people
        for work in row.get("also", [])
    }
    jobs = Employment.objects.bulk_create(
        employment(town, row, work, members, is_new=not chosen[row["key"], work["agency"]])
        for row in town.seed.people
        for work in row.get("also", [])
    )
    for job, confirmed in zip(jobs, chosen.values(), strict=True):
        if confirmed:
            town.diary.note(next_morning(town, job), partial(confirm, town, job))


def confirm_job(town: Town, person: Person, at: datetime) -> None:
    """Bookings from it are confirmed at once from now on."""
    person.employment = confirm(town, person.employment, at)


def confirm(town: Town, job: Employment, at: datetime) -> Employment:
    """The coordinator does, but for their own job."""
    office = [town.member("coordinator"), town.member("administrator")]
    by = next(one for one in office if one.pk != job.membership_id)
    return confirm_employment(employment=job, by=by, now=at)


def next_morning(town: Town, job: Employment) -> datetime:
    """When the office confirms it: the day after it began, or the next working day."""
    return town.in_the_office(town.at(job.starts_on + timedelta(days=1), time(10)))


def accounts(town: Town, password: str) -> dict[str, User]:
    """A verified account for every address; who is in two partnerships has one account."""
    wanted = {row["email"]: row["name"] for row in town.seed.people}
    half = town.seed.person(HALF_NAMED)
    wanted[half["email"]] = half["name"].split()[0]
    return make_accounts(wanted, password)


def share_accounts(slugs: Iterable[str], password: str) -> None:
    """The accounts of people in several partnerships, so that none waits for another that is loaded meanwhile."""
    names = {row["email"]: row["name"] for slug in slugs for row in people_of(slug)}
    times = Counter(row["email"] for slug in slugs for row in people_of(slug))
    make_accounts({email: names[email] for email, number in times.items() if number > 1}, password)


def make_accounts(wanted: dict[str, str], password: str) -> dict[str, User]:
    """Accounts by address, of those names; one that is there stays, with a password if it has none yet."""
    User.objects.bulk_create(
        (User(email=email, full_name=name, password=password) for email, name in wanted.items()),
        ignore_conflicts=True,
    )
    users = User.objects.filter(email__in=wanted)
    users.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).update(password=password)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in users.filter(emailaddress=None)
    )
    return {user.email: user for user in users.all()}


def books_from(town: Town, person: Person) -> datetime:
    """When somebody first books: newcomers on the day they join, others once they are confirmed."""
    job = person.employment
    return next_morning(town, job) if person.confirmed else town.at(job.starts_on, time(12))


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
    town: Town, person: Facts, work: Facts, members: dict[str, Membership], *, is_new: bool
) -> Employment:
    """One job of one person, begun some days or years ago; ``work`` is the person's row or one of ``also``."""
    return Employment(
        membership=members[person["key"]],
        agency=town.agencies[work["agency"]],
        group=town.groups.get(work["group"]),
        line_manager=members.get(person.get("manager", "")) if work is person else None,
        job_title=work["job"],
        starts_on=first_day_there(town, person, work, is_new=is_new),
        state=EmploymentState.PENDING,
    )


def first_day_there(town: Town, person: Facts, work: Facts, *, is_new: bool) -> date:
    """Some days ago for a newcomer, else years."""
    chance = town.chance("employment", person["key"], work["agency"])
    days = chance.randint(2, 9) if is_new else chance.randint(400, 3200)
    return town.today - timedelta(days=days)
