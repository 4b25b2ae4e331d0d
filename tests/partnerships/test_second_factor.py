"""Where a partnership asks it, staff sign in with a second step, and have no power of their role without."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from bookings.rules.states import BookingState
from partnerships.models import Membership
from partnerships.rules.roles import (
    PERMISSIONS,
    STAFF_ROLES,
    Permission,
    Role,
    permissions_without_staff_powers,
)
from tests import world as make
from tests.finance.money import invoice_for, ready_charges
from tests.isolation.addresses import every_address
from tests.isolation.everything import one_of_everything
from tests.world import World, page_as

pytestmark = pytest.mark.django_db

OWN = PERMISSIONS[Role.PRACTITIONER]


@pytest.fixture(autouse=True)
def required(world: World) -> None:
    partnership = world.harbour.partnership
    partnership.staff_second_factor_required = True
    partnership.save()


def with_factor(person: Membership, kind: Any = Authenticator.Type.TOTP) -> Membership:
    Authenticator.objects.create(user=person.user, type=kind, data={"secret": "x"})
    return person


@pytest.mark.parametrize("name", ["manage", "pending_people", "registers"])
def test_staff_without_one_are_led_to_set_it_up(world: World, name: str) -> None:
    response = page_as(world.harbour.coordinator).get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(f"{reverse('mfa_index')}?next=")


def test_every_page_that_asks_for_a_power_of_a_staff_role_leads_there(world: World) -> None:
    values = one_of_everything(world.harbour)
    page = page_as(world.harbour.administrator)
    staff_only = [
        address
        for address in every_address()
        if {word.strip() for word in address.access.split(" or ")} <= set(Permission)
        and not set(address.access.split(" or ")) & OWN
    ]
    assert len(staff_only) > 25
    for address in staff_only:
        response = page.get(f"/harbour/{address.filled(values)}")
        assert (address.pattern, response.status_code) == (address.pattern, 302)
        assert response["Location"].startswith(reverse("mfa_index")), address.pattern


def test_pages_for_all_members_show_staff_no_more_than_what_is_their_own(world: World) -> None:
    """The admin was guarded; these opened other people's bookings and invoices without a second step."""
    town = world.harbour
    event = make.event()
    booking = make.booking(person=town.practitioner, event=event)
    invoice = invoice_for(world, ready_charges(town.school))
    addresses = {
        "coordinator": [
            reverse("booking", args=[booking.reference]),
            reverse("cancel_booking", args=[booking.reference]),
            reverse("booking_ics", args=[booking.reference]),
        ],
        "finance": [reverse("invoice_pdf", args=[invoice.number])],
    }
    for part, paths in addresses.items():
        person = town.cast[part]
        for path in paths:
            assert page_as(person).get(path).status_code == 404, path
            assert page_as(with_factor(make_anew(person))).get(path).status_code == 200, path
    board = reverse("event_board", args=[event.reference])
    fresh = make.person(Role.COORDINATOR)
    shown = page_as(fresh).get(reverse("event", args=[event.reference])).content.decode()
    assert board not in shown


def make_anew(person: Membership) -> Membership:
    """Another person with the same roles."""
    return make.person(*(Role(role) for role in person.roles))


def test_a_withheld_power_acts_nowhere_either(world: World) -> None:
    booking = make.booking(person=world.harbour.practitioner, event=make.event())
    page_as(world.harbour.coordinator).post(
        reverse("cancel_booking", args=[booking.reference]), {"reason": "No"}
    )
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_staff_with_one_go_on(world: World, kind: str) -> None:
    person = with_factor(world.harbour.coordinator, kind)
    assert page_as(person).get(reverse("manage")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(world: World) -> None:
    person = with_factor(world.harbour.coordinator, Authenticator.Type.RECOVERY_CODES)
    assert page_as(person).get(reverse("manage")).status_code == 302


def test_staff_without_one_still_book_for_themselves(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    assert page.get(reverse("my_learning")).status_code == 200
    assert page.get(reverse("book", args=[make.event().reference])).status_code == 200


def test_what_a_person_does_for_an_agency_is_not_withheld(world: World) -> None:
    town = world.harbour
    both = make.person(Role.AGENCY_LEAD, Role.COORDINATOR, agency=town.school)
    page = page_as(both)
    assert page.get(reverse("agency")).status_code == 200
    assert page.get(reverse("manage")).status_code == 302


def test_the_navigation_shows_the_doors_that_a_second_step_opens(world: World) -> None:
    shown = page_as(world.harbour.coordinator).get(reverse("home")).content.decode()
    assert reverse("manage") in shown


def test_people_of_agencies_are_not_asked(world: World) -> None:
    assert page_as(world.harbour.agency_lead).get(reverse("pending_people")).status_code == 200


def test_a_partnership_that_does_not_ask_lets_staff_on(world: World) -> None:
    assert page_as(world.moorland.coordinator).get("/moorland/manage/").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_what_is_withheld_is_what_only_staff_roles_give(role: Role) -> None:
    left = permissions_without_staff_powers([role.value])
    assert left == (PERMISSIONS[role] & OWN if role in STAFF_ROLES else PERMISSIONS[role])
