"""Finance tries the draft of a charging policy on the past."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.towns import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_finance_reads_what_a_draft_would_have_charged(town: Town, somebody: NewPerson) -> None:
    finance = somebody("finance")
    finance.open("/finance/")
    finance.follow("What a charging policy would have charged in the past")
    finance.sees(
        "What version 2 would have charged",
        "It changes nothing and charges no one.",
        "Would have been charged",
        "more. The amount is different for",
        town.other_employer,
    )
    address = finance.link_to("Download as a spreadsheet (CSV)")
    kind, content = finance.fetch(
        f"/{town.slug}/finance/simulation/2.csv{address.partition('.csv')[2]}"
    )
    assert kind.startswith("text/csv")
    assert town.other_employer in content.decode("utf-8-sig")
    finance.follow("version 1")
    finance.sees("What version 1 would have charged", "the same as was charged.")


@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_a_charge_says_that_it_can_be_worked_out_again(town: Town, somebody: NewPerson) -> None:
    finance = somebody("finance")
    finance.open("/finance/charges/")
    finance.page.locator("main .app-results__quiet a").first.click()
    finance.look()
    finance.sees("Worked out again today from what was stored: the same.")
