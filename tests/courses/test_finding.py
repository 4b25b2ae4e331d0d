"""Searching the catalogue as people type."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from courses.models import Course, CourseWords, LearningOutcome
from courses.reports.finding import nearest_words
from tenancy import activate
from tests.world import Browser, World, course, event, in_days, pathway, role_profile, venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(world: World) -> None:
    """Seven courses, each found by something else."""
    course(title="Child exploitation", aims="Gangs and county lines.")
    course(title="Neglect")
    course(
        title="Substance misuse", aims="What parents’ drinking does, and the neglect that follows."
    )
    course(title="Café conversations", outcomes=["Hear what a child does not say"])
    course(title="Online safety", topics=["radicalisation"])
    course(title="Trauma", content="Attachment\nResilience")
    course(title="First steps", audience="Volunteers")


def titles(client: Browser, text: str, name: str = "courses") -> list[str]:
    """The titles found, in the order of the page."""
    page = client.get(reverse(name), {"q": text})
    assert page.status_code == 200
    return [row["title"] for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("exploited", ["Child exploitation"]),  # the stem
        ("county lines", ["Child exploitation"]),  # words of the aims
        ("lines county", ["Child exploitation"]),
        ("neglct", ["Neglect", "Substance misuse"]),  # a slip; the title counts more than the aims
        ("neglect", ["Neglect", "Substance misuse"]),
        ("NEGL", ["Neglect", "Substance misuse"]),  # the beginning of a word
        ("parents'", ["Substance misuse"]),
        ("parents’", ["Substance misuse"]),
        ("parent", ["Substance misuse"]),
        ("cafe", ["Café conversations"]),
        ("cafe\u0301", ["Café conversations"]),  # an accent as a character of its own
        (
            "hearing a child",
            ["Café conversations"],
        ),  # a learning outcome, and a word that is left out
        ("radicalised", ["Online safety"]),  # a topic
        ("resilient", ["Trauma"]),  # content
        ("volunteering", ["First steps"]),  # audience
        ("zzzzqqq", []),
        ("&|!():*'\\", []),
        ("the", []),
    ],
)
def test_courses_are_found_whatever_form_of_a_word_is_typed(
    catalogue: None, client: Browser, typed: str, found: list[str]
) -> None:
    assert titles(client, typed) == found


def test_a_slip_is_named_and_the_likely_word_offered(catalogue: None, client: Browser) -> None:
    page = client.get(reverse("courses"), {"q": "neglct"}).content.decode()
    assert "Nothing matches “neglct” exactly." in page
    assert 'Did you mean <a class="govuk-link" href="?q=neglect">neglect</a>?' in page
    assert "Did you mean" not in client.get(reverse("courses"), {"q": "neglect"}).content.decode()
    assert "Neglect" in client.get(reverse("courses_csv"), {"q": "neglct"}).content.decode()


def test_a_slip_next_to_a_right_word_is_put_right_alone(catalogue: None) -> None:
    nothing = Course.objects.filter(pk=0)
    assert nearest_words("county lins explotation", nothing) == "county lines exploitation"
    assert nearest_words("county", nothing) == ""
    assert nearest_words("…", nothing) == ""
    assert nearest_words("neglct", Course.objects.all()) == ""


def test_events_are_found_by_their_course_and_their_venue(world: World, client: Browser) -> None:
    hall = venue(name="Saint André’s Hall")
    event(course=course(title="Neglect"), venue=hall, reference="E-17")
    event(course=course(title="Online safety"), starts_at=in_days(3))
    for typed in ("andres hall", "neglected", "neglect hall", "neglct", "E-17"):
        assert titles(client, typed, "events") == ["Neglect"], typed


def test_what_was_changed_is_found_at_once_and_what_is_gone_is_not(
    world: World, client: Browser
) -> None:
    changed = course(title="First steps")
    outcome = LearningOutcome.objects.create(course=changed, text="Recognise neglect")
    assert titles(client, "recognised") == ["First steps"]
    outcome.delete()
    assert titles(client, "recognised") == []
    Course.objects.filter(pk=changed.pk).update(title="Last steps")
    assert titles(client, "last") == ["Last steps"]
    LearningOutcome.objects.create(course=changed, text="Recognise neglect")
    Course.objects.get(pk=changed.pk).delete()
    assert not CourseWords.objects.filter(course=changed.pk).exists()


def test_the_title_counts_most_then_topics_then_aims_then_content(
    world: World, client: Browser
) -> None:
    course(title="Attachment", content="Neglect")
    course(title="Bullying", aims="What neglect does.")
    course(title="Courage", topics=["neglect"])
    course(title="Focus on neglect")
    assert titles(client, "neglect") == ["Focus on neglect", "Courage", "Bullying", "Attachment"]


@pytest.mark.parametrize("typed", ["teacher", "TEACHERS", "teachers’"])
def test_a_search_for_a_role_leads_to_its_pathway(
    world: World, client: Browser, typed: str
) -> None:
    role = role_profile(name="Teacher or teaching assistant")
    way = pathway(courses=[course(title="Neglect")], title="Schools", role_profile=role)
    for name in ("courses", "events"):
        page = client.get(reverse(name), {"q": typed}).content.decode()
        assert f'<a class="govuk-link" href="{way.get_absolute_url()}">Schools</a>' in page


@pytest.mark.parametrize("typed", ["GP", "general practitioners", "family doctor"])
def test_a_role_is_found_by_its_first_letters_too(
    world: World, client: Browser, typed: str
) -> None:
    role = role_profile(name="General Practitioner", description="Family doctor.")
    pathway(courses=[course()], title="Two years in primary care", role_profile=role)
    page = client.get(reverse("courses"), {"q": typed}).content.decode()
    assert "Two years in primary care" in page


def test_nothing_of_another_partnership_is_suggested(world: World, client: Browser) -> None:
    with activate(world.moorland.partnership):
        course(title="Radicalisation")
        pathway(courses=[course()], title="Teacher")
    assert nearest_words("radicalisatoin", Course.objects.filter(pk=0)) == ""
    assert (
        "Training for this role"
        not in client.get(reverse("courses"), {"q": "teacher"}).content.decode()
    )


@pytest.mark.parametrize("typed", ["neglect", "neglct", "teacher"])
@pytest.mark.parametrize("name", ["courses", "events"])
def test_a_search_asks_the_database_equally_often_however_much_it_finds(
    world: World, client: Browser, django_assert_max_num_queries: Any, name: str, typed: str
) -> None:
    numbers = []
    for more in (2, 30):
        for day in range(more):
            event(course=course(title="Neglect"), starts_at=in_days(day + 1))
        client.get(reverse(name))  # reads the rules, which are kept
        with django_assert_max_num_queries(12) as asked:
            client.get(reverse(name), {"q": typed})
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_the_words_have_an_index(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'course_words_search'")
        assert "USING gin" in cursor.fetchone()[0]
