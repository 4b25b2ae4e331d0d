"""Where a partnership asks it, staff sign in with a second step."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.world import World, page_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(world: World) -> None:
    partnership = world.harbour.partnership
    partnership.staff_second_factor_required = True
    partnership.save()


@pytest.mark.parametrize("name", ["admin:index", "pending_people"])
def test_staff_without_one_are_led_to_set_it_up(world: World, name: str) -> None:
    response = page_as(world.harbour.coordinator).get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(f"{reverse('mfa_index')}?next=")


def test_staff_with_one_go_on(world: World) -> None:
    person = world.harbour.coordinator
    Authenticator.objects.create(
        user=person.user, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    assert page_as(person).get(reverse("admin:index")).status_code == 200


def test_people_of_agencies_are_not_asked(world: World) -> None:
    assert page_as(world.harbour.agency_lead).get(reverse("pending_people")).status_code == 200


def test_a_partnership_that_does_not_ask_lets_staff_on(world: World) -> None:
    assert page_as(world.moorland.coordinator).get("/moorland/manage/").status_code == 200


def test_setting_it_up_is_possible(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    response = page.get(reverse("mfa_activate_totp"), follow=True)
    assert response.status_code == 200
