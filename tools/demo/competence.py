"""What people need: role profiles, requirements, pathways, guides."""

from __future__ import annotations

from collections.abc import Iterator

from competencies.models import (
    GuideAnswer,
    Pathway,
    PathwayGuide,
    PathwayStep,
    Requirement,
    RequirementCourse,
    RoleProfile,
)
from competencies.operations.assign_role_profiles import assign_role_profiles
from partnerships.models import Sector
from tools.demo.reader import Facts
from tools.demo.town import Town


def load_competence(town: Town) -> None:
    """Profiles and who holds them, what they ask for, and the ways there."""
    facts = town.seed.pathways
    rows = facts.get("role_profiles", [])
    made = RoleProfile.objects.bulk_create(
        [
            RoleProfile(
                code=row["key"],
                name=row["name"],
                group=town.groups.get(row["group"]),
                description=row["description"],
            )
            for row in rows
        ]
    )
    profiles = {profile.code: profile for profile in made}
    for person in town.people.values():
        if person.facts["role_profile"]:
            assign_role_profiles(
                person=person.membership,
                profiles=[profiles[person.facts["role_profile"]]],
                since=person.employment.starts_on,
            )
    load_requirements(town, facts.get("requirements", []), profiles)
    load_pathways(town, facts.get("pathways", []), profiles)
    for row in facts.get("guides", []):
        load_guide(row)


def load_requirements(town: Town, rows: list[Facts], profiles: dict[str, RoleProfile]) -> None:
    """A requirement is named by the courses that meet it; its source is the strategy's clause."""
    sectors = {one.code: one for one in Sector.objects.all()}
    made = Requirement.objects.bulk_create(
        [
            Requirement(
                code=row["key"],
                title=" or ".join(town.courses[one].title for one in row["courses"])[:200],
                role_profile=profiles.get(row["role_profile"]),
                group=town.groups.get(row["group"]),
                sector=sectors.get(row["sector"]),
                months=row["interval_months"] or None,
                minutes=row["hours"] * 60,
                source=row["clause"],
            )
            for row in rows
        ]
    )
    RequirementCourse.objects.bulk_create(
        RequirementCourse(requirement=requirement, course=town.courses[reference])
        for row, requirement in zip(rows, made, strict=True)
        for reference in row["courses"]
    )


def load_pathways(town: Town, rows: list[Facts], profiles: dict[str, RoleProfile]) -> None:
    """Courses in order; learning that the catalogue lacks is named in the description."""
    made = Pathway.objects.bulk_create(
        [
            Pathway(
                slug=row["key"],
                title=row["title"],
                role_profile=profiles.get(row["role_profile"]),
                months=row["months"],
                description="\n".join(
                    f"{step['title']}: {step['note']}"
                    for step in row["steps"]
                    if not step["course"]
                ),
            )
            for row in rows
        ]
    )
    PathwayStep.objects.bulk_create(
        PathwayStep(
            pathway=pathway,
            course=town.courses[step["course"]],
            position=position,
            optional=step.get("optional", False),
        )
        for row, pathway in zip(rows, made, strict=True)
        for position, step in enumerate(row["steps"], 1)
        if step["course"]
    )


def load_guide(row: Facts) -> None:
    guide = PathwayGuide.objects.create(
        slug=row["key"],
        title=row["title"],
        introduction=row["introduction"],
        first=row["start"],
    )
    GuideAnswer.objects.bulk_create(list(guide_answers(guide, row["questions"])))


def guide_answers(guide: PathwayGuide, questions: list[Facts]) -> Iterator[GuideAnswer]:
    """Two answers to each question of the tree."""
    for question in questions:
        for position, (label, key) in enumerate((("Yes", "yes"), ("No", "no")), 1):
            answer = question[key]
            yield GuideAnswer(
                guide=guide,
                question=question["key"],
                question_text=question["text"],
                position=position,
                label=label,
                leads_to=answer["next"],
                attend=answer["courses"],
                optional=answer["optional"],
            )
