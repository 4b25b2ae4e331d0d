"""What the pages of a booking and of a register are tried on."""

import pytest
from django.urls import reverse

from courses.models import Event
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
