"""What the pages of a booking and of a register are tried on."""

import pytest
from django.urls import reverse

from bookings.models import Restriction
from courses.models import Event
from partnerships.models import Membership
from tests.bookings.restricting import absent, missed, rule
from tests.world import World, event, in_days, trainer


@pytest.fixture
def at(world: World) -> Event:
    """An event in ten weeks with two places."""
    return event(starts_at=in_days(70), capacity=2)


@pytest.fixture
def address(at: Event) -> str:
    """Where one of them is booked."""
    return reverse("book", args=[at.reference])


@pytest.fixture
def taught(world: World) -> Event:
    """An event of the trainer's that ended yesterday."""
    return event(starts_at=in_days(-1), trainers=[trainer(membership=world.harbour.trainer)])


@pytest.fixture
def who(world: World) -> Membership:
    return world.harbour.practitioner


@pytest.fixture
def restricted(world: World, who: Membership) -> Restriction:
    """Someone who did not come twice cannot book."""
    rule()
    missed(who)
    absent(world, who)
    found: Restriction = Restriction.objects.get()
    return found
