"""Every role follows every link of its menu."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.person import Seen

ROLES = (
    "practitioner", "manager", "agency-lead", "trainer", "coordinator",
    "finance", "subgroup", "administrator",
)  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("slug", ["southampton"], indirect=True)  # menus follow from roles alone
@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_menu_leads_to_a_sound_page(
    role: str, somebody: NewPerson, seen: Seen
) -> None:
    person = somebody(role)
    person.open("/")
    links = person.page.locator("header a, .govuk-service-navigation a").evaluate_all(
        "links => links.map(link => link.href)"
    )
    for link in dict.fromkeys(links):
        if link in seen.links:  # looked at as another role
            person.fetch(link)
        else:
            person.open(link)
            seen.links.add(link)


@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_the_menu_of_the_training_team_stands_in_one_row(somebody: NewPerson) -> None:
    person = somebody("coordinator")
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.open("/")
    tops = person.page.locator(".govuk-service-navigation__item").evaluate_all(
        "items => items.map(item => Math.round(item.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1
