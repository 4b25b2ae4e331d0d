"""The worked examples of the standing rule (docs/domain/cases.md), through the database."""

from datetime import date

import pytest

from competencies.rules.standing import RequirementStanding
from competencies.terms.people import with_work
from competencies.terms.standing import Stand, completions, requirements, stands_of
from courses.models import TrainingRecord
from partnerships.models import EmploymentState, Membership, Sector
from partnerships.rules.agencies import UsualSector
from tests.world import World, course, employment, record, requirement, role_profile

pytestmark = pytest.mark.django_db


def stands(person: Membership, today: date) -> dict[str, Stand]:
    """Everything required of someone on a day, by code."""
    found = with_work(Membership.objects.filter(pk=person.pk), today).get()
    records = TrainingRecord.objects.filter(membership=person)
    rows = stands_of(found, requirements(), completions(records), today)
    return {stand.row.code: stand for stand in rows}


def test_w36_three_years_after_a_leap_day(world: World) -> None:
    me, refresher = world.harbour.practitioner, course()
    requirement(courses=[refresher], code="level-3", group=world.harbour.groups[2], months=36)
    record(person=me, course=refresher, completed_on=date(2024, 2, 29))
    found = stands(me, date(2026, 6, 1))["level-3"]
    assert found.position.due_on == date(2027, 2, 28)
    assert found.standing is RequirementStanding.CURRENT
    assert stands(me, date(2027, 2, 28))["level-3"].standing is RequirementStanding.DUE_SOON
    assert stands(me, date(2027, 3, 1))["level-3"].standing is RequirementStanding.OVERDUE


def test_w37_a_general_course_renews_neither_the_leads_course_nor_the_yearly_update(
    world: World,
) -> None:
    lead = world.harbour.practitioner
    lead_course, general, update = course(), course(), course()
    profile = role_profile(people=[lead])
    requirement(courses=[lead_course], code="lead", role_profile=profile, months=24)
    requirement(courses=[update], code="update", role_profile=profile, months=12)
    record(person=lead, course=lead_course, completed_on=date(2024, 7, 14))
    record(person=lead, course=update, completed_on=date(2024, 8, 30))
    record(person=lead, course=general, completed_on=date(2026, 3, 1))
    found = stands(lead, date(2026, 3, 2))
    assert found["lead"].position.due_on == date(2026, 7, 14)
    assert found["update"].standing is RequirementStanding.OVERDUE


def test_w39_only_the_highest_level_has_to_be_kept_current(world: World) -> None:
    paramedic = world.harbour.practitioner
    profile = role_profile(people=[paramedic])
    levels = [course(title=f"Level {rung}") for rung in (1, 2, 3)]
    for rung, each in enumerate(levels, 1):
        requirement(
            courses=[each], code=f"l{rung}", role_profile=profile, ladder="levels", rung=rung
        )
    record(person=paramedic, course=levels[0], completed_on=date(2019, 1, 1))
    record(person=paramedic, course=levels[1], completed_on=date(2020, 1, 1))
    record(person=paramedic, course=levels[2], completed_on=date(2025, 1, 1))
    found = stands(paramedic, date(2026, 1, 1))
    assert {code: stand.standing for code, stand in found.items()} == {
        "l3": RequirementStanding.CURRENT
    }


def test_the_strictest_of_two_jobs_holds(world: World) -> None:
    me, refresher = world.harbour.practitioner, course()
    requirement(courses=[refresher], code="update", group=world.harbour.groups[2], months=36)
    requirement(
        courses=[refresher],
        code="update",
        sector=Sector.objects.get(code=UsualSector.PRIVATE_PROVIDER),
        months=12,
    )
    record(person=me, course=refresher, completed_on=date(2025, 1, 10))
    day = date(2026, 3, 1)
    assert stands(me, day)["update"].standing is RequirementStanding.CURRENT
    second = employment(person=me, agency=world.harbour.other_agency)
    assert stands(me, day)["update"].standing is RequirementStanding.OVERDUE
    second.state = EmploymentState.REFUSED
    second.save()
    assert stands(me, day)["update"].standing is RequirementStanding.CURRENT


def test_a_role_counts_from_its_first_day_to_its_last(world: World) -> None:
    me, needed = world.harbour.practitioner, course()
    profile = role_profile(people=[me])
    requirement(courses=[needed], code="lead", role_profile=profile)
    profile.assignments.update(since=date(2026, 1, 1), until=date(2026, 1, 31))
    assert "lead" not in stands(me, date(2025, 12, 31))
    assert "lead" in stands(me, date(2026, 1, 31))
    assert "lead" not in stands(me, date(2026, 2, 1))


def test_hours_add_up_only_with_the_share_learnt_together(world: World) -> None:
    me, update = world.harbour.practitioner, course(minutes=240)
    requirement(
        courses=[update],
        code="level-3-hours",
        group=world.harbour.groups[2],
        minutes=480,
        participatory_percent=50,
    )
    record(person=me, course=update, completed_on=date(2025, 5, 1), participatory=False)
    record(person=me, course=update, completed_on=date(2025, 6, 1), participatory=False)
    assert stands(me, date(2026, 1, 1))["level-3-hours"].standing is RequirementStanding.NEVER
    record(person=me, course=update, completed_on=date(2025, 7, 1))
    assert stands(me, date(2026, 1, 1))["level-3-hours"].standing is RequirementStanding.CURRENT
