"""A person's own account."""

from datetime import date

import pytest
from django.urls import reverse

from partnerships.models import EmploymentState
from tests import world as make
from tests.world import World, page_as

pytestmark = pytest.mark.django_db


def test_it_shows_name_address_and_where_the_person_works(world: World) -> None:
    content = page_as(world.harbour.practitioner).get(reverse("account")).content.decode()
    for shown in (
        "Piet Harbour",
        "practitioner@harbour.example.org",
        "Harbour Primary School",
        "Level 3",
    ):
        assert shown in content
    for name in ("account_email", "account_change_password", "mfa_index", "join"):
        assert reverse(name) in content


@pytest.mark.parametrize(
    ("who", "desk"),
    [
        ("practitioner", "my_learning"),
        ("manager", "my_learning"),
        ("agency_lead", "agency"),
        ("trainer", "registers"),
        ("coordinator", "manage"),
        ("finance", "finance"),
        ("subgroup", "insight"),
        ("administrator", "manage"),
    ],
)
def test_everybody_lands_where_their_work_is(world: World, who: str, desk: str) -> None:
    answer = page_as(world.harbour.cast[who]).get(reverse("after_sign_in"), follow=True)
    assert answer.redirect_chain == [(reverse(desk), 302)]
    assert answer.status_code == 200


def test_it_is_there_for_somebody_who_belongs_nowhere_yet(world: World) -> None:
    content = page_as(make.user()).get(reverse("account")).content.decode()
    assert "You have not told us where you work yet" in content


def test_the_name_can_be_changed(world: World) -> None:
    page = page_as(world.harbour.practitioner)
    page.post(reverse("account_name"), {"full_name": "Piet van Harbour"})
    assert "Piet van Harbour" in page.get(reverse("account")).content.decode()
    for bad in ("", "x" * 151, "Piet\x00"):
        content = page.post(reverse("account_name"), {"full_name": bad}).content.decode()
        assert "There is a problem" in content


def end(world: World, day: str, month: str, year: str) -> str:
    page = page_as(world.harbour.practitioner)
    employment = world.harbour.practitioner.employments.get()
    sent = {"ends_on_day": day, "ends_on_month": month, "ends_on_year": year}
    url = reverse("end_employment", args=[employment.pk])
    return page.post(url, sent, follow=True).content.decode()


def test_work_can_be_ended(world: World) -> None:
    assert "Your last day at Harbour Primary School is 31 August 2026" in end(
        world, "31", "8", "2026"
    )
    employment = world.harbour.practitioner.employments.get()
    assert employment.ends_on == date(2026, 8, 31)


@pytest.mark.parametrize(
    "day",
    [("31", "2", "2026"), ("", "", ""), ("1", "1", "1999"), ("a", "b", "c"), ("1", "1", "99999")],
)
def test_a_bad_last_day_is_a_clear_error(world: World, day: tuple[str, str, str]) -> None:
    assert "There is a problem" in end(world, *day)
    assert world.harbour.practitioner.employments.get().ends_on is None


def test_other_peoples_work_cannot_be_ended(world: World) -> None:
    others = world.harbour.colleague.employments.get()
    page = page_as(world.harbour.practitioner)
    assert page.get(reverse("end_employment", args=[others.pk])).status_code == 404
    assert (
        page_as(world.moorland.practitioner)
        .get(f"/harbour/account/employments/{others.pk}/end/")
        .status_code
        == 404
    )


def test_after_leaving_one_can_join_again(world: World) -> None:
    end(world, "1", "9", "2025")
    page = page_as(world.harbour.practitioner)
    page.post(reverse("join"), {"agency": world.harbour.school.pk, "job_title": "Head"})
    states = world.harbour.practitioner.employments.values_list("state", flat=True)
    assert sorted(states) == [EmploymentState.CONFIRMED, EmploymentState.PENDING]
