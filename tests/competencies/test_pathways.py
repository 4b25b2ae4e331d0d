"""Pathways and guides, signed out."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competencies.models import GuideAnswer, PathwayGuide
from courses.models import Course
from tests.world import Browser, World, course, event, fill, pathway, role_profile

pytestmark = pytest.mark.django_db

COURSES = ("AWARE", "ADVANCED", "HARM", "ONLINE", "EXIT")

# Question, its text, label, next question, courses to attend, optional ones (seed 002).
TREE = (
    ("contact", "Do you work with children?", "Yes", "lead", [], []),
    ("contact", "Do you work with children?", "No", "", [], []),
    ("lead", "Are you the lead for safeguarding?", "Yes", "affected", ["ADVANCED"], []),
    ("lead", "Are you the lead for safeguarding?", "No", "", ["AWARE"], []),
    ("affected", "Do you work with affected children?", "Yes", "", [], ["HARM", "ONLINE", "EXIT"]),
    ("affected", "Do you work with affected children?", "No", "", [], []),
)


@pytest.fixture
def guide(world: World) -> PathwayGuide:
    for reference in COURSES:
        course(reference=reference, title=f"Course {reference}")
    made: PathwayGuide = PathwayGuide.objects.create(
        slug="exploitation", title="Exploitation", introduction="A few questions.", first="contact"
    )
    for position, (code, text, label, leads_to, attend, optional) in enumerate(TREE):
        GuideAnswer.objects.create(
            guide=made,
            question=code,
            question_text=text,
            position=position,
            label=label,
            leads_to=leads_to,
            attend=attend,
            optional=optional,
        )
    return made


def answered(client: Browser, *labels: str, status: int = 200) -> str:
    query = urlencode([("answer", label) for label in labels])
    answer = client.get(f"{reverse('guide', args=['exploitation'])}?{query}")
    assert answer.status_code == status
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("labels", "attend", "optional"),
    [
        (["No"], [], []),  # no contact with children
        (["Yes", "No"], ["AWARE"], []),  # teaching assistant
        (["Yes", "Yes", "No"], ["ADVANCED"], []),  # designated lead
        (["Yes", "Yes", "Yes"], ["ADVANCED"], ["HARM", "ONLINE", "EXIT"]),  # ... with affected ones
    ],
)
def test_w42_every_way_through_the_guide_ends_at_the_right_courses(
    guide: PathwayGuide, client: Browser, labels: list[str], attend: list[str], optional: list[str]
) -> None:
    page = answered(client, *labels)
    named = [reference for reference in COURSES if f"Course {reference}" in page]
    assert sorted(named) == sorted([*attend, *optional])
    assert ("You do not need any of these courses" in page) is not bool(attend)
    assert ("Other courses you may find useful" in page) is bool(optional)
    for reference in attend:
        assert page.index(f"Course {reference}") > page.index("The right course for you")
    assert "Start again" in page


def test_a_guide_asks_one_question_at_a_time_and_carries_the_answers_along(
    guide: PathwayGuide, client: Browser
) -> None:
    first = answered(client)
    assert "A few questions." in first
    assert "Do you work with children?" in first
    second = answered(client, "Yes")
    assert '<input type="hidden" name="answer" value="Yes">' in second
    assert "Are you the lead for safeguarding?" in second
    assert "A few questions." not in second


def test_continuing_without_an_answer_is_named(guide: PathwayGuide, client: Browser) -> None:
    address = reverse("guide", args=["exploitation"])
    page = client.get(f"{address}?answer=Yes&go=1").content.decode()
    assert "Select an answer" in page
    assert "Are you the lead for safeguarding?" in page
    assert "Select an answer" not in client.get(f"{address}?go=0&answer=Yes").content.decode()


def test_answers_that_cannot_be_given_start_the_guide_again(
    guide: PathwayGuide, client: Browser
) -> None:
    for labels in (["Perhaps"], ["No", "Yes"], ["<script>alert(1)</script>"], ["x" * 5000]):
        page = answered(client, *labels, status=400)
        assert "the guide has started again" in page
        assert "<script>alert" not in page


def test_a_guide_that_goes_in_circles_is_not_shown(guide: PathwayGuide, client: Browser) -> None:
    guide.answers.filter(question="affected").update(leads_to="contact")
    answered(client, status=404)


def test_a_course_taken_out_of_the_catalogue_is_left_out(
    guide: PathwayGuide, client: Browser
) -> None:
    Course.objects.filter(reference="HARM").update(is_published=False)
    assert "Course HARM" not in answered(client, "Yes", "Yes", "Yes")


def test_pathways_are_listed_with_their_courses(
    world: World, guide: PathwayGuide, client: Browser
) -> None:
    basics, neglect = course(title="Basics"), course(title="Neglect")
    made = pathway(
        courses=[basics, neglect],
        title="Health visitor: two years",
        role_profile=role_profile(name="Health visitor"),
        description="Supervision: once a month",
    )
    made.steps.filter(course=neglect).update(optional=True)
    full = event(course=basics, reference="FULL", capacity=1)
    fill(full)
    listed = client.get(reverse("pathways")).content.decode()
    assert made.get_absolute_url() in listed
    assert guide.get_absolute_url() in listed
    assert "Basics; Neglect (optional)" in listed.replace("\n", "")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "1. <a" in page
    assert page.index("Optional") < page.index("Neglect")
    assert "Supervision: once a month" in page
    assert "No dates with places yet." in page
    assert reverse("event", args=["FULL"]) not in page


def test_what_is_another_partnerships_is_not_found(world: World, client: Browser) -> None:
    mine = pathway(courses=[course()], slug="ours").get_absolute_url()
    assert client.get(mine).status_code == 200
    assert client.get(mine.replace("harbour", "moorland")).status_code == 404
    assert client.get(reverse("guide", args=["nowhere"])).status_code == 404
    assert client.get(reverse("pathway", args=["nowhere"])).status_code == 404


def test_pages_ask_equally_often_however_long_they_are(
    world: World, guide: PathwayGuide, client: Browser
) -> None:
    counts = []
    way = pathway(courses=[course() for _ in range(3)], role_profile=role_profile())
    for more in (2, 9):
        for _ in range(more):
            pathway(courses=[course(), course()], role_profile=role_profile())
            position = way.steps.count() + 1
            way.steps.create(course=event().course, position=position)
        counts.append([])
        for address in (reverse("pathways"), way.get_absolute_url(), guide.get_absolute_url()):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts[-1].append(len(captured))
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 12
