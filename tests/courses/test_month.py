"""The month of events, and the list that a partnership's own website shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.rules.states import EventState
from govuk.rules.phrases import MONTHS
from tests.world import Browser, World, course, event, fill, in_days

pytestmark = pytest.mark.django_db


def page_of(client: Browser, **query: str) -> Any:
    answer = client.get(reverse("month"), query)
    assert answer.status_code == 200
    return answer


def entries(answer: Any) -> dict[str, list[str]]:
    """The titles of each day that has any."""
    days = [day for week in answer.context["weeks"] for day in week if day.entries]
    return {str(day.day): [row["title"] for row in day.entries] for day in days}


def test_a_month_has_each_day_of_an_event_at_its_own_clock(world: World, client: Browser) -> None:
    event(course=course(title="Late"), starts_at=datetime(2031, 7, 31, 22, 30, tzinfo=UTC))
    event(course=course(title="Early"), starts_at=datetime(2031, 7, 1, 8, 0, tzinfo=UTC))
    event(course=course(title="Draft"), starts_at=datetime(2031, 7, 2, 8, 0, tzinfo=UTC),
          state=EventState.DRAFT)  # fmt: skip
    assert entries(page_of(client, month="2031-07")) == {
        "2031-07-01": ["Early"],
        "2031-07-31": ["Late"],
    }
    assert "9am Early" in page_of(client, month="2031-07").content.decode()


def test_an_event_of_two_days_is_there_on_both(world: World, client: Browser) -> None:
    run = event(days=2, course=course(title="Neglect"), starts_at=in_days(60))
    days = {timezone.localdate(starts) for starts, _ in run.times}
    found = entries(page_of(client, month=f"{run.starts_at:%Y-%m}"))
    assert {str(day) for day in days if day.month == run.starts_at.month} == set(found)


def test_the_months_next_to_it_keep_the_filters(world: World, client: Browser) -> None:
    page = page_of(client, month="2031-12", kind="core", page="3").content.decode()
    assert 'href="?month=2031-11&amp;kind=core"' in page
    assert 'href="?month=2032-01&amp;kind=core"' in page
    assert f"{reverse('events')}?month=2031-12&amp;kind=core" in page


@pytest.mark.parametrize("month", ["", "next", "2031-13", "9999-12", "\x00"])
def test_anything_else_is_this_month(world: World, client: Browser, month: str) -> None:
    today = timezone.localdate()
    page = page_of(client, month=month).content.decode()
    assert f"Events in {MONTHS[today.month - 1]} {today.year}</h1>" in page


@pytest.mark.parametrize(("month", "missing"), [("2000-01", "before"), ("2100-12", "after")])
def test_the_calendar_has_an_end(world: World, client: Browser, month: str, missing: str) -> None:
    assert page_of(client, month=month).context[missing] is None


def test_a_month_is_filtered_like_the_list(world: World, client: Browser) -> None:
    run = event(course=course(title="Neglect"), starts_at=in_days(40))
    full = event(course=course(title="Trauma"), starts_at=run.starts_at, capacity=1)
    fill(full)
    month = f"{timezone.localtime(run.starts_at):%Y-%m}"
    for query in ({"q": "neglct"}, {"q": "neglected"}, {"places": "on"}):
        assert list(entries(page_of(client, month=month, **query)).values()) == [["Neglect"]], query


def test_the_list_leads_to_the_month_and_back(world: World, client: Browser) -> None:
    assert reverse("month") in client.get(reverse("events")).content.decode()
    assert reverse("events") in page_of(client).content.decode()


def test_a_month_asks_the_database_equally_often_however_full_it_is(
    world: World, client: Browser, django_assert_max_num_queries: Any
) -> None:
    numbers = []
    for more in (2, 30):
        for _ in range(more):
            event(course=course(title="Neglect"), starts_at=datetime(2031, 7, 1, 8, 0, tzinfo=UTC))
        page_of(client, month="2031-07")
        with django_assert_max_num_queries(12) as asked:
            page_of(client, month="2031-07", q="neglct")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_no_site_may_show_the_list_unless_the_partnership_says_so(
    world: World, client: Browser
) -> None:
    assert client.get(reverse("embedded_events")).status_code == 404


def test_only_the_site_that_the_partnership_names_may_show_the_list(
    world: World, client: Browser
) -> None:
    partnership = world.harbour.partnership
    partnership.embedding_site = "https://www.harbour.example"
    partnership.save()
    event(course=course(title="Neglect"))
    answer = client.get(reverse("embedded_events"))
    assert "frame-ancestors https://www.harbour.example;" in f"{answer['Content-Security-Policy']};"
    assert "X-Frame-Options" not in answer
    page = answer.content.decode()
    assert ">Neglect</a>" in page
    assert "<nav" not in page
    assert "Sign in" not in page
    for name in ("events", "courses", "month"):
        other = client.get(reverse(name))
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_the_feed_of_a_course_has_its_events_and_marks_cancelled_ones(
    world: World, client: Browser
) -> None:
    neglect = course(title="Neglect", slug="neglect")
    event(course=neglect, reference="E1")
    event(course=neglect, reference="E2", state=EventState.CANCELLED)
    event(course=neglect, reference="E3", state=EventState.DRAFT)
    event(reference="E4")
    feed = client.get(reverse("course_calendar", args=["neglect"])).content.decode()
    assert "UID:E1-1@harbour.partnership-training" in feed
    assert "SUMMARY:Cancelled: Neglect" in feed
    assert "UID:E3" not in feed
    assert "UID:E4" not in feed
    assert client.get(reverse("course_calendar", args=["unknown"])).status_code == 404
