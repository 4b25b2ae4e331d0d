"""A coordinator plans an event and opens it to everyone."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import when_an_event_is_added, when_an_event_is_published
from tests.journeys.towns import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]


# In one town only: the whole life begins like this in both towns.
@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_a_coordinator_adds_an_event_and_publishes_it(town: Town, somebody: NewPerson) -> None:
    coordinator, visitor = somebody("coordinator"), somebody()
    draft = when_an_event_is_added(coordinator, town, "DRAFT-1", days=50, places=10)
    visitor.open(draft.address, status=404)
    event = when_an_event_is_published(coordinator, town, "JOURNEY-0", days=50, places=10)
    visitor.open(event.address)
    visitor.sees(town.course, "10 places left", *town.trainers)
    coordinator.open(f"{event.address}board/")
    coordinator.sees(town.course)
