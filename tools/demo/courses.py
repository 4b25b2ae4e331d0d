"""The catalogue: courses, prices, the approved programme, trainers, venues, earlier learning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from competencies.operations.record_outside_learning import record_outside_learning
from courses.models import (
    Course,
    LearningOutcome,
    Prerequisite,
    Programme,
    Trainer,
    TrainerQualification,
    Venue,
)
from courses.rules.states import Delivery, GroupPolicy
from partnerships.rules.months import add_months, add_years, training_year
from tools.demo.reader import Facts
from tools.demo.town import Town


def load_catalogue(town: Town) -> None:
    """Everything that events are made of."""
    rows = town.seed.courses
    made = Course.objects.bulk_create([course(town, row) for row in rows])
    town.courses = {one.reference: one for one in made}
    LearningOutcome.objects.bulk_create(
        LearningOutcome(course=town.courses[row["reference"]], position=position, text=text)
        for row in rows
        for position, text in enumerate(row["outcomes"], 1)
    )
    Prerequisite.objects.bulk_create(list(prerequisites(town)))
    load_venues(town)
    load_programme(town)
    load_trainers(town)
    load_records(town)


def course(town: Town, row: Facts) -> Course:
    quality = town.seed.partnership["quality"]
    return Course(
        reference=row["reference"],
        slug=row["slug"],
        title=row["title"],
        group=town.groups[row["group"]],
        kind=row["kind"],
        level=row.get("level"),
        minutes=row["minutes"],
        delivery=row["delivery"],
        event_type=row["event_type"],
        topics=row["topics"],
        audience=row["audience"],
        aims=row["aims"],
        content="\n".join(row["content"]),
        group_policy=group_policy(town, row),
        refresh_months=row["refresh_months"] or None,
        minimum_trainers=quality["trainers_per_session"],
        needs_safeguarding_trainer=quality["safeguarding_background_per_session"] > 0,
    )


def group_policy(town: Town, row: Facts) -> GroupPolicy:
    """The narrowest policy that lets in all groups that the course is open to."""
    codes = list(town.groups)
    own = codes.index(row["group"])
    opened = {codes.index(code) for code in row["open_to"]}
    if opened <= {own}:
        return GroupPolicy.TARGET_ONLY
    return GroupPolicy.ADJOINING if opened <= {own - 1, own, own + 1} else GroupPolicy.ANY


def prerequisites(town: Town) -> Iterator[Prerequisite]:
    """Courses to complete first; each is needed, so each is a choice of its own."""
    for row in town.seed.courses:
        for choice, reference in enumerate(row["prerequisites"], 1):
            yield Prerequisite(
                course=town.courses[row["reference"]],
                requires=town.courses[reference],
                choice=choice,
            )


def load_venues(town: Town) -> None:
    rows = town.seed.partnership["venues"]
    made = Venue.objects.bulk_create(
        [
            Venue(
                name=row["name"],
                address=row["address"],
                postcode=row["postcode"],
                capacity=row["capacity"],
                access_notes=row["access"],
            )
            for row in rows
        ]
    )
    town.venues = {row["key"]: venue for row, venue in zip(rows, made, strict=True)}


def load_programme(town: Town) -> None:
    """The programme that the subgroup approved, where a partnership approves programmes."""
    years = town.seed.partnership["quality"]["programme_approval_months"] // 12
    if years == 0:
        return
    first_month = town.partnership.training_year_start_month
    first, _ = training_year(add_years(town.today, -1), first_month)
    last = add_years(first, years) - timedelta(days=1)
    Programme.objects.create(
        title=f"Training programme {first.year} to {last.year}",
        starts_on=first,
        ends_on=last,
        approved_on=first,  # so that the approval lasts as long as the programme
        approved_for_years=years,
    )


def load_trainers(town: Town) -> None:
    """The pool. Everybody in it has a sign-in here."""
    rows = [row for row in town.seed.people if "trainer" in row]
    made = Trainer.objects.bulk_create(
        [
            Trainer(
                name=row["name"],
                email=row["email"],
                membership=town.member(row["key"]),
                agency=town.people[row["key"]].agency,
                safeguarding_background=row["trainer"]["safeguarding_background"],
            )
            for row in rows
        ]
    )
    town.trainers = {row["key"]: one for row, one in zip(rows, made, strict=True)}
    TrainerQualification.objects.bulk_create(
        TrainerQualification(
            trainer=town.trainers[row["key"]],
            name="Training for trainers",
            gained_on=add_months(town.today, -town.chance("qualified", row["key"]).randint(14, 60)),
        )
        for row in rows
        if row["trainer"]["trained_to_train"]
    )


def load_records(town: Town) -> None:
    """Learning that people completed before the year of events, or somewhere else."""
    for key, person in town.people.items():
        records = person.facts.get("records", [])
        person.done = {record["course"] for record in records}
        for record in records:
            learned = town.courses[record["course"]]
            days = town.chance("record", key, learned.reference).randint(0, 27)
            month = add_months(town.today, -record["months_ago"])
            record_outside_learning(
                person=person.membership,
                title=learned.title,
                provider=f"{town.partnership.short_name}, before this register began",
                completed_on=month - timedelta(days=days),
                minutes=learned.minutes,
                participatory=learned.delivery != Delivery.E_LEARNING,
                course=learned,
            )
