"""The admin of what people need: who changes it, and that a guide is whole when it is saved."""

import pytest
from django.urls import reverse

from competencies.models import GuideAnswer, PathwayGuide, RequirementCourse, RoleProfile
from partnerships.models import Membership, Sector
from tests.world import World, course, page_as, requirement, role_profile

pytestmark = pytest.mark.django_db

MODELS = ("roleprofile", "requirement", "roleassignment", "pathway", "pathwayguide")
GOOD = (
    ("contact", "With children?", "Yes", "lead", ""),
    ("contact", "With children?", "No", "", ""),
    ("lead", "Are you the lead?", "Yes", "", "ADVANCED"),
    ("lead", "Are you the lead?", "No", "", "AWARE, ADVANCED"),
)


@pytest.mark.parametrize("model", MODELS)
def test_only_the_training_team_changes_it(world: World, model: str) -> None:
    address = reverse(f"admin:competencies_{model}_add")
    town = world.harbour
    for who in (town.agency_lead, town.practitioner, town.finance, town.subgroup):
        assert page_as(who).get(address).status_code == 403
    assert page_as(town.coordinator).get(address).status_code == 200
    assert page_as(world.moorland.coordinator).get(address).status_code == 404


def rows_of(prefix: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """What an inline of the admin sends."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        sent.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
    return sent


def save_guide(
    who: Membership, rows: tuple[tuple[str, str, str, str, str], ...], first: str = "contact"
) -> str:
    """Send the form of a new guide; the page that comes back, empty where it was saved."""
    answers = [
        {
            "question": code,
            "question_text": text,
            "position": str(number),
            "label": label,
            "leads_to": leads_to,
            "attend": attend,
            "optional": "",
        }
        for number, (code, text, label, leads_to, attend) in enumerate(rows)
    ]
    sent = {"title": "Which course?", "slug": "which", "introduction": "", "first": first}
    answer = page_as(who).post(
        reverse("admin:competencies_pathwayguide_add"), sent | rows_of("answers", answers)
    )
    return "" if answer.status_code == 302 else str(answer.content.decode())


def test_a_guide_that_leads_somewhere_is_saved(world: World) -> None:
    for reference in ("AWARE", "ADVANCED"):
        course(reference=reference)
    assert save_guide(world.harbour.coordinator, GOOD) == ""
    assert GuideAnswer.objects.get(label="No", question="lead").attend == ["AWARE", "ADVANCED"]


@pytest.mark.parametrize(
    ("rows", "first", "sentence"),
    [
        (GOOD, "nowhere", "The first question is missing."),
        (GOOD[:3], "contact", "needs at least two answers"),
        ((*GOOD[:3], ("lead", "Are you the lead?", "No", "contact", "")), "contact", "in a circle"),
        ((*GOOD[:3], ("lead", "Are you the lead?", "No", "gone", "")), "contact", "does not exist"),
        ((*GOOD[:3], ("lead", "Other words?", "No", "", "")), "contact", "in the same words"),
        ((*GOOD[:3], ("lead", "Are you the lead?", "No", "", "NONE")), "contact", "no course with"),
        ((), "contact", "The first question is missing."),
    ],
)
def test_a_guide_that_would_lead_nowhere_is_refused_with_the_reason(
    world: World, rows: tuple[tuple[str, str, str, str, str], ...], first: str, sentence: str
) -> None:
    for reference in ("AWARE", "ADVANCED"):
        course(reference=reference)
    assert sentence in save_guide(world.harbour.coordinator, rows, first)
    assert not PathwayGuide.objects.exists()


def test_a_role_profile_is_saved_with_its_requirements(world: World) -> None:
    need = {
        "title": "Lead training",
        "code": "lead-training",
        "months": "24",
        "minutes": "0",
        "participatory_percent": "0",
        "ladder": "",
        "rung": "0",
        "source": "Keeping children safe in education",
    }
    sent = {"name": "Lead", "code": "lead", "description": ""}
    address = reverse("admin:competencies_roleprofile_add")
    page_as(world.harbour.coordinator).post(address, sent | rows_of("requirements", [need]))
    assert RoleProfile.objects.get().requirements.get().months == 24


def test_a_requirement_is_of_somebody_and_is_met_by_courses(world: World) -> None:
    found = requirement(courses=[], role_profile=role_profile())
    address = reverse("admin:competencies_requirement_change", args=[found.pk])
    sent = {
        "title": "Lead training",
        "code": "lead",
        "source": "",
        "role_profile": "",
        "group": "",
        "sector": "",
        "months": "24",
        "minutes": "0",
        "participatory_percent": "0",
        "ladder": "",
        "rung": "0",
    }
    met = rows_of("satisfied_by", [{"course": str(course().pk), "requirement": str(found.pk)}])
    page = page_as(world.harbour.coordinator).post(address, sent | met)
    assert "Choose a role profile, a group or a sector." in page.content.decode()
    sent["sector"] = str(Sector.objects.get(code="maintained_school").pk)
    answer = page_as(world.harbour.coordinator).post(address, sent | met)
    assert answer.status_code == 302
    assert RequirementCourse.objects.get().requirement == found
