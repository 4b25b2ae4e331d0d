"""The public catalogue, signed out: what is found, what is said, and at what price in queries."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from courses.rules.states import CourseKind, Delivery, EventState
from tests.world import Browser, World, course, event, fill, in_days, venue

pytestmark = pytest.mark.django_db


def text_of(client: Browser, name: str, *args: str, **query: Any) -> str:
    """The page's HTML, which must have been found."""
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode("utf-8-sig"))


def lines_of(client: Browser, name: str, **query: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text_of(client, name, **query))))


def test_courses_are_found_by_text_group_kind_topic_delivery_and_length(
    world: World, client: Browser
) -> None:
    level_two = world.harbour.groups[1]
    course(title="Neglect", group=level_two, topics=["neglect"], minutes=180)
    course(title="Online safety", kind=CourseKind.SPECIALIST, delivery=Delivery.VIRTUAL, minutes=90)
    for query in (
        {"q": "negl"},
        {"group": "g2"},
        {"topic": "neglect"},
        {"length": "half_day"},
        {"kind": "core"},
        {"delivery": "in_person"},
    ):
        page = text_of(client, "courses", **query)
        assert ">Neglect</a>" in page, query
        assert ">Online safety</a>" not in page, query
        assert "1 course found" in page
    assert 'for="id_group">Level</label>' in text_of(client, "courses")


def test_a_course_in_the_list_says_when_it_runs_next_and_how_many_places_are_left(
    world: World, client: Browser
) -> None:
    neglect = course(title="Neglect")
    event(course=neglect, starts_at=in_days(60))
    soonest = event(course=neglect, starts_at=in_days(30), capacity=3, reference="SOON")
    fill(soonest, leaving=2)
    event(course=neglect, starts_at=in_days(5), state=EventState.CANCELLED, reference="OFF")
    page = text_of(client, "courses")
    assert reverse("event", args=["SOON"]) in page
    assert "2 places left" in page
    assert reverse("event", args=["OFF"]) not in page


def test_a_course_page_tells_all_about_it_and_lists_no_past_date(
    world: World, client: Browser
) -> None:
    first = course(title="First steps", slug="first-steps")
    later = course(
        slug="later",
        outcomes=["Name the signs", "Act the same day"],
        requires=[first],
        audience="Everybody in schools",
        content="One thing\nAnother thing",
        refresh_months=36,
        minutes=390,
    )
    event(course=later, starts_at=in_days(-20), reference="PAST")
    event(course=later, starts_at=in_days(20), reference="NEXT", capacity=7)
    page = text_of(client, "course", "later")
    for words in (
        "Name the signs",
        "Everybody in schools",
        "Another thing",
        "First steps",
        "6 hours 30 minutes",
        "Every 3 years",
        "7 places left",
        reverse("event", args=["NEXT"]),
    ):
        assert words in page
    assert reverse("event", args=["PAST"]) not in page


def test_events_are_found_by_text_month_group_kind_topic_delivery_and_places(
    world: World, client: Browser
) -> None:
    neglect = course(title="Neglect", group=world.harbour.groups[1], topics=["neglect"])
    other = course(title="Online safety", kind=CourseKind.SPECIALIST)
    wanted = event(course=neglect, starts_at=in_days(70))
    full = event(course=other, starts_at=in_days(7), delivery=Delivery.VIRTUAL, capacity=1)
    fill(full)
    for query in (
        {"q": "Negl"},
        {"month": f"{wanted.starts_at:%Y-%m}"},
        {"group": "g2"},
        {"kind": "core"},
        {"topic": "neglect"},
        {"delivery": "in_person"},
        {"places": "on"},
    ):
        page = text_of(client, "events", **query)
        assert ">Neglect</a>" in page, query
        assert ">Online safety</a>" not in page, query
    assert "Full, waiting list open" in text_of(client, "events")


def test_drafts_past_events_and_unpublished_courses_are_not_listed(
    world: World, client: Browser
) -> None:
    event(state=EventState.DRAFT, reference="DRAFT")
    event(starts_at=in_days(-3), reference="PAST")
    event(course=course(is_published=False), reference="HIDDEN")
    assert "0 events found" in text_of(client, "events")
    for reference in ("DRAFT", "HIDDEN"):
        assert client.get(reverse("event", args=[reference])).status_code == 404
    assert "This event has taken place." in text_of(client, "event", "PAST")


def test_courses_as_csv_have_the_promised_columns(world: World, client: Browser) -> None:
    course(reference="A1", title="=Neglect", group=world.harbour.groups[1], level=2, minutes=90)
    (line,) = lines_of(client, "courses_csv")
    assert line == {
        "reference": "A1",
        "title": "'=Neglect",
        "group": "Level 2",
        "kind": "core",
        "level": "2",
        "minutes": "90",
        "delivery": "in_person",
    }


def test_events_as_csv_are_filtered_like_the_list(world: World, client: Browser) -> None:
    hall = venue(name="Hall")
    event(reference="E1", capacity=5, venue=hall, course=course(title="Neglect"))
    event(reference="E2", course=course(title="Online safety"))
    (line,) = lines_of(client, "events_csv", q="neglect")
    assert (line["reference"], line["venue"], line["places_left"]) == ("E1", "Hall", "5")
    assert list(line) == [
        *("reference", "course", "title", "starts", "ends", "bookings_close"),
        *("delivery", "venue", "capacity", "places_left", "state"),
    ]


def test_lists_are_paged_by_thirty_and_keep_the_filter(world: World, client: Browser) -> None:
    neglect = course(title="Neglect")
    for day in range(31):
        event(course=neglect, starts_at=in_days(day + 1))
    page = text_of(client, "events", q="neglect")
    assert page.count(">Neglect</a>") == 30
    assert "q=neglect&amp;page=2" in page
    assert text_of(client, "events", q="neglect", page="2").count(">Neglect</a>") == 1


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"month": "2027-13"}, "Select the month from the list"),
        ({"month": "tomorrow"}, "Select the month from the list"),
        ({"group": "nobody"}, "Select the level from the list"),
        ({"kind": "' OR 1=1 --"}, "Select the type of course from the list"),
        ({"q": "a\x00b"}, "Search must not contain hidden control characters"),
        ({"q": "x" * 101}, "Search must be 100 characters or fewer"),
        ({"page": "99"}, "That page does not exist."),
        ({"page": "-1"}, "That page does not exist."),
        ({"page": "two"}, "That page number is not a number"),
        ({"page": "9" * 5000}, "That page number is not a number"),
    ],
)
def test_bad_filters_are_named_and_the_list_is_still_shown(
    world: World, client: Browser, query: dict[str, str], sentence: str
) -> None:
    event(course=course(title="Neglect"))
    page = text_of(client, "events", **query)
    assert sentence in page
    assert ">Neglect</a>" in page


def test_text_that_looks_like_sql_or_html_is_just_text(world: World, client: Browser) -> None:
    event()
    for nasty in ("'; DROP TABLE courses_event; --", "<script>alert(1)</script>", "100%_\\"):
        for name in ("events", "courses"):
            page = text_of(client, name, q=nasty)
            assert "0 " in page
            assert "<script>alert" not in page


@pytest.mark.parametrize("name", ["course", "event"])
@pytest.mark.parametrize("address", ["unknown", "a b", "'--", "x" * 300])
def test_unknown_addresses_are_not_found(
    world: World, client: Browser, name: str, address: str
) -> None:
    path = reverse("courses" if name == "course" else "events") + address + "/"
    assert client.get(path).status_code == 404


def test_nothing_of_another_partnership_is_found(world: World, client: Browser) -> None:
    from tenancy import activate

    with activate(world.moorland.partnership):
        event(reference="THEIRS", course=course(title="Theirs", slug="theirs"))
    assert client.get(reverse("event", args=["THEIRS"])).status_code == 404
    assert client.get(reverse("course", args=["theirs"])).status_code == 404
    for name in ("events", "courses", "events_csv", "courses_csv", "calendar"):
        assert "Theirs" not in text_of(client, name)


@pytest.mark.parametrize("name", ["events", "courses", "events_csv", "courses_csv", "calendar"])
def test_lists_ask_the_database_equally_often_however_long_they_are(
    world: World, client: Browser, django_assert_max_num_queries: Any, name: str
) -> None:
    numbers = []
    for more in (10, 50):
        for day in range(more):
            event(course=course(topics=["neglect"]), starts_at=in_days(day + 1))
        text_of(client, name)  # reads the rules, which are kept
        with django_assert_max_num_queries(12) as asked:
            text_of(client, name)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2027-13", "next"])
def test_months_in_which_nobody_plans_are_no_month(
    world: World, client: Browser, month: str
) -> None:
    for name in ("events", "events_csv", "calendar"):
        assert client.get(reverse(name), {"month": month}).status_code == 200
