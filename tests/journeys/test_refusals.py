"""Pages that say no say why, and are as sound as the others."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.towns import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]


# In one town only: pages that say no are the same everywhere.
@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_what_is_not_there_or_not_allowed_is_said_in_a_sentence(
    town: Town, somebody: NewPerson
) -> None:
    visitor = somebody()
    for address in ("/events/NO-SUCH-EVENT/", "/nothing-here/", "/survey/tampered/", "/offer/x/"):
        visitor.open(address, status=404)
    visitor.open(f"{visitor.site.address}/no-such-partnership/courses/", status=404)
    practitioner = somebody("practitioner")
    for address in ("/finance/", "/insight/", "/register/"):
        practitioner.open(address, status=403)
    practitioner.open("/bookings/ABCDEFGHJ/", status=404)
