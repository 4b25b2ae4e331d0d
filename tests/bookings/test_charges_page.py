"""The public page about charges says what the policy's data says."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import ChargingPolicy, NoticeException, RegisterException
from bookings.operations.copy_policy import copy_policy
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from partnerships.models import Area, Sector
from tests.world import World, course, price

pytestmark = pytest.mark.django_db
ADDRESS = "/harbour/charges/"


def page(query: str = "") -> str:
    response = Client().get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows(text: str) -> list[list[str]]:
    """What every row of prices says, by kind."""
    found = re.findall(r'<tr class="govuk-table__row"><th scope="row".*?</tr>', text)
    return [re.findall(r">([^<]+)<", row) for row in found]


def test_prices_notice_and_what_to_do_are_said_to_anyone(world: World) -> None:
    text = page()
    for words in (
        world.harbour.policy.clause,
        "Cancelling is free with at least 10 working days of notice.",
        "Weekends and bank holidays are not counted.",
        "You can send a colleague in your place free of charge until the event starts.",
        "If you disagree with a charge",
        "training@harbour.example.org",
    ):
        assert words in text
    assert rows(text) == [
        ["Everyone", "Free", "Attendance fee: nothing a person."],
        ["Everyone", "£40.00", "Late cancellation fee: £40.00 a person."],
        ["Everyone", "£75.00", "Non-attendance fee: £75.00 a person."],
    ]


def test_the_most_specific_price_comes_first_and_each_says_whom_it_is_for(world: World) -> None:
    attending: dict[str, Any] = {"policy": world.harbour.policy, "kind": ChargeKind.ATTENDANCE}
    price(**attending, amount="20.00", payer_class="partner", event_type="workshop", clause="B")
    price(
        **attending,
        course=course(title="Neglect"),
        outcome=FeeOutcome.DECISION,
        clause="A",
    )
    price(
        **attending,
        amount="50",
        sector=Sector.objects.get(code="police"),
        area=Area.objects.get(code="outside"),
        shortest=121,
        longest=240,
        base=FeeBase.PERCENT_OF_LIST_PRICE,
        less=Decimal(10),
        at_least=Decimal(20),
        at_most=Decimal(90),
        rounding="pound_up",
        clause="C",
    )
    assert rows(page())[:4] == [
        ["Neglect", "Ask us first", "A"],
        ["Safeguarding partner, Workshop", "£20.00", "B"],
        [
            "Police, Outside the area, 2 hours 1 minute to 4 hours",
            "50% of the list price of the course, less £10.00, at least £20.00, at most £90.00,"
            " rounded up to the pound",
            "C",
        ],
        ["Everyone else", "Free", "Attendance fee: nothing a person."],
    ]


def test_tiers_say_when_each_applies(world: World) -> None:
    late: dict[str, Any] = {"policy": world.harbour.policy, "kind": ChargeKind.LATE_CANCELLATION}
    price(**late, amount="60.00", notice_under=2, clause="Almost none")
    assert rows(page())[1:3] == [
        ["Everyone", "With less than 2 working days of notice", "£60.00", "Almost none"],
        ["Everyone", "Otherwise", "£40.00", "Late cancellation fee: £40.00 a person."],
    ]


def test_every_notice_rule_has_an_example_with_its_days(world: World) -> None:
    ChargingPolicy.objects.update(is_charged=False)
    NoticeException.objects.create(
        policy=world.harbour.policy, name="Briefings", notice=2, cut_off="12:00", clause="Two days."
    )
    text = page()
    assert "All other places" in text
    assert "Cancelling or not attending costs nothing." in text
    assert "Tell us by midday on the last day." in text
    assert text.count("Example: an event at") == 1
    assert "The 2nd working day before" in text


def test_what_happens_at_the_event_is_said_with_its_exceptions(world: World) -> None:
    ChargingPolicy.objects.update(grace_minutes=None)
    assert "If you arrive late, the trainer decides if you can take part." in page()
    RegisterException.objects.create(
        policy=world.harbour.policy,
        name="Online events",
        clause="Join on time, or you have not come.",
        delivery="virtual",
    )
    text = page()
    at_event = text[text.index("What happens at the event") : text.index("What it costs")]
    for earlier, later in pairwise(
        (
            "Online events",
            "Join on time, or you have not come.",
            "All other places",
            "the trainer decides",
        )
    ):
        assert at_event.index(earlier) < at_event.index(later)
    assert "your employer is charged that instead" not in text
    price(policy=world.harbour.policy, kind=ChargeKind.LATE_ARRIVAL, amount="10.00")
    assert "your employer is charged that instead" in page()


def test_a_version_to_come_is_announced_and_can_be_read(world: World) -> None:
    start = timezone.localdate() + timedelta(days=40)
    draft = copy_policy(policy=world.harbour.policy, valid_from=start)
    assert "New charges apply from" not in page(), "a draft is no one's business"
    assert "£40.00" in page(f"?version={draft.version}")
    ChargingPolicy.objects.filter(pk=draft.pk).update(released_at=timezone.now())
    draft.prices.filter(kind=ChargeKind.NO_SHOW).update(amount=Decimal(99))
    assert "New charges apply from" in page()
    newer = page(f"?version={draft.version}")
    assert "£99.00" in newer
    assert "These charges apply from" in newer


@pytest.mark.parametrize("version", ["0", "x", "1' OR 1=1", "99999999999999999999"])
def test_a_version_that_does_not_exist_shows_the_one_in_force(world: World, version: str) -> None:
    assert "£75.00" in page(f"?version={version}")


def test_without_a_policy_the_page_says_whom_to_ask(world: World) -> None:
    ChargingPolicy.objects.all().delete()
    assert "has not set its charging policy yet" in page()


def test_it_takes_the_same_few_queries_however_many_prices_there_are(
    world: World, django_assert_max_num_queries: Any
) -> None:
    browser = Client()
    with django_assert_max_num_queries(18):
        browser.get(ADDRESS)
    for number in range(10):
        price(policy=world.harbour.policy, kind=ChargeKind.ATTENDANCE, amount=f"{number + 1}.00")
    with django_assert_max_num_queries(18):
        browser.get(ADDRESS)
