"""Two furnished islands, and every address between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType

from tenancy import activate
from tests.isolation.addresses import Address, every_address
from tests.isolation.everything import admin_values, one_of_everything
from tests.world import World


@dataclass(frozen=True)
class Island:
    """Two furnished partnerships and every address, filled with the other one's ids."""

    world: World
    values: dict[str, str]

    def addresses(self, *, admin: bool) -> Iterator[tuple[Address, str]]:
        """Each address with its path; the admin's hundreds only for those whom an admin lets in."""
        for address in every_address():
            if address.name in {"account_logout", "logout"} or (
                address.access == "manage" and not admin
            ):
                continue
            yield address, address.filled(self.values)


@pytest.fixture
def island(world: World) -> Island:
    one_of_everything(world.harbour)
    with activate(world.moorland.partnership):
        values = one_of_everything(world.moorland) | admin_values()
    values |= {"object_id": "1", "key": "k", "uidb36": "1", "provider": "none"}
    ContentType.objects.clear_cache()
    return Island(world, values)
