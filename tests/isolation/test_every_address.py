"""Every address of the site, tried as each role of another partnership, with the other's ids everywhere."""

from __future__ import annotations

import pytest

from tests.isolation.addresses import Address
from tests.isolation.conftest import Island
from tests.world import Browser, outside, page_as

pytestmark = pytest.mark.django_db

FOREIGN = "Moorland"  # in the name of everything that the other partnership owns
OPEN_TO_ALL = {"public", "signed in", "account"}
QUERY_NAMES = ("q", "agency", "course", "event", "group", "for", "person", "sector", "next", "term")
OPENS_THE_ADMIN = {"administrator", "coordinator"}
ROLES = [
    "practitioner",
    "manager",
    "agency_lead",
    "trainer",
    "coordinator",
    "finance",
    "subgroup",
    "administrator",
]


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def stranger(island: Island, role: str) -> Browser:
    """Someone of Harbour in one role, whom Moorland has never heard of."""
    return page_as(island.world.harbour.cast[role])


def test_a_member_of_another_partnership_finds_no_page_that_is_not_public(
    island: Island, role: str
) -> None:
    wrong = []
    browser = stranger(island, role)
    with outside():
        for address, path in island.addresses(admin=role in OPENS_THE_ADMIN):
            answer = browser.get(f"/moorland/{path}")
            expected = (
                answer.status_code < 500
                if address.access in OPEN_TO_ALL
                else answer.status_code == 404
            )
            if not expected:
                wrong.append((address.name, path, answer.status_code))
    assert not wrong


def test_another_partnerships_ids_in_the_path_lead_nowhere(island: Island, role: str) -> None:
    """Ids of Moorland at Harbour's addresses: never a page about Moorland's row, never an error page."""
    wrong = []
    browser = stranger(island, role)
    with outside():
        for address, path in island.addresses(admin=role in OPENS_THE_ADMIN):
            # A coordinator's admin is the administrator's with fewer tables: reading it once more is enough.
            reads_only = address.access == "manage" and role == "coordinator"
            for method in (browser.get,) if reads_only else (browser.get, browser.post):
                answer = method(f"/harbour/{path}")
                leaks = FOREIGN.encode() in getattr(answer, "content", b"")
                shown = bool(address.parameters) and answer.status_code == 200
                if (
                    leaks
                    or answer.status_code >= 500
                    or (shown and not tells_that_nothing_is_there(address))
                ):
                    wrong.append((method.__name__, path, answer.status_code))
    assert not wrong


@pytest.mark.parametrize("given", ["reference", "slug", "pk", "charge.pk", "number", "code"])
def test_another_partnerships_ids_in_the_query_change_nothing(island: Island, given: str) -> None:
    """Filters, autocomplete and ``for`` with foreign ids, as who may see most: nothing foreign is named."""
    browser = page_as(island.world.harbour.administrator)
    query = dict.fromkeys(QUERY_NAMES, island.values[given])
    wrong = []
    with outside():
        for address, path in island.addresses(admin=True):
            if not address.parameters and address.access != "account":
                answer = browser.get(f"/harbour/{path}", query)
                if answer.status_code >= 500 or FOREIGN.encode() in getattr(answer, "content", b""):
                    wrong.append((path, answer.status_code))
    assert not wrong


def tells_that_nothing_is_there(address: Address) -> bool:
    """The steps of a flow that starts anew for any id answer with a page that has nothing in it."""
    return address.access == "account"
