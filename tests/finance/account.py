"""An agency's finance contact, at either door."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from finance.access import Contact, account_token
from partnerships.models import Agency
from partnerships.rules.roles import Role
from tests.world import Browser, World, page_as, person

OFFICE = "invoices@school.harbour.example.org"


def office_of(world: World) -> Contact:
    """The school's finance office, as whoever has its link."""
    school = world.harbour.school
    Agency.objects.filter(pk=school.pk).update(finance_email=OFFICE)
    school.refresh_from_db()
    return Contact(school, OFFICE, token=account_token(school, timezone.now()))


def by_link(world: World, page: str, *args: object) -> str:
    """An address of the school's account behind a link of today."""
    return office_of(world).address(page, *args)


def finance_contact(world: World) -> Browser:
    """Someone of the school who is its finance contact, signed in."""
    return page_as(person(Role.FINANCE_CONTACT, agency=world.harbour.school))


def signed_in_at(world: World, page: str, *args: object) -> str:
    return reverse(page, args=[world.harbour.school.reference, *args])


def days(first: Any, last: Any) -> dict[str, Any]:
    """A period in the six boxes of the form."""
    return {
        f"{name}_{part}": getattr(day, part)
        for name, day in (("first", first), ("last", last))
        for part in ("day", "month", "year")
    }
