"""The page of one event: what is said to whom."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.models import ChargingPolicy, NoticeException, PriceRow
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.rules.states import ONE_A_PERSON, BookingState
from courses.rules.states import Delivery, EventState
from partnerships.rules.agencies import UsualPayerClass
from tests.world import (
    Browser,
    World,
    booking,
    course,
    employment,
    event,
    fill,
    in_days,
    offer,
    page_as,
    person,
    price,
    trainer,
    venue,
    waiting_entry,
)

pytestmark = pytest.mark.django_db


def page_of(client: Browser, reference: str) -> str:
    answer = client.get(reverse("event", args=[reference]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_says_when_where_who_and_for_whom(world: World, client: Browser) -> None:
    hall = venue(name="Old Library", access_notes="Lift to the first floor.")
    neglect = course(
        group=world.harbour.groups[2], outcomes=["Name the signs"], audience="School staff"
    )
    event(
        course=neglect,
        reference="E1",
        starts_at=in_days(300),
        days=2,
        venue=hall,
        trainers=[trainer(name="Ines Palm")],
        joining_url="https://example.org/secret-room",
    )
    page = page_of(client, "E1")
    for words in (
        "9:30am to 3:30pm",
        "Old Library",
        "Lift to the first floor.",
        "Ines Palm",
        "Level 3",
        "School staff",
        "Name the signs",
        "20 places left",
    ):
        assert words in page
    assert page.count("9:30am to 3:30pm") == 1  # two days alike, named together
    assert "secret-room" not in page


def test_signed_out_it_tells_the_price_for_every_kind_of_employer(
    world: World, client: Browser
) -> None:
    attending = {"policy": world.harbour.policy, "kind": ChargeKind.ATTENDANCE}
    price(amount="95.00", payer_class=UsualPayerClass.PROFIT_MAKING, **attending)
    price(payer_class=UsualPayerClass.NOT_FOR_PROFIT, outcome=FeeOutcome.DECISION, **attending)
    event(reference="E1")
    page = page_of(client, "E1")
    for words in ("Profit-making", "£95.00", "Ask us first", "£40.00", "£75.00", "Free"):
        assert words in page
    assert "training@harbour.example.org" in page


def test_a_member_sees_what_it_costs_the_own_agency_and_why(world: World) -> None:
    event(reference="E1")
    page = page_of(page_as(world.harbour.practitioner), "E1")
    assert "What it costs your agency" in page
    assert "Harbour Primary School" in page
    assert "Harbour Care Homes" not in page
    assert "£40.00 a person" in page


def test_a_line_that_no_price_can_be_made_of_is_refused_where_it_is_typed(world: World) -> None:
    """It would stop every page that shows a price."""
    line = PriceRow(
        policy=world.harbour.policy,
        kind=ChargeKind.ATTENDANCE,
        outcome=FeeOutcome.AMOUNT,
        amount=50,
        base=FeeBase.PERCENT_OF_ATTENDANCE,
        clause="Half of itself.",
    )
    with pytest.raises(ValidationError, match="cannot be a percentage of the attendance fee"):
        line.full_clean()


def test_members_of_two_employers_see_whose_price_is_whose(world: World) -> None:
    town = world.harbour
    employment(person=town.practitioner, agency=town.other_agency)
    event(reference="E1")
    page = page_of(page_as(town.practitioner), "E1")
    for name in ("Harbour Primary School", str(town.other_agency)):
        assert f"were worked out for {name}</h2>" in page
        assert f"Free for {name}." in page
    assert page.count('<h3 class="govuk-heading-s">Not attending</h3>') == 2


def test_it_tells_until_when_cancelling_is_free_and_how_that_is_counted(
    world: World, client: Browser
) -> None:
    starts_at = in_days(60)
    event(reference="E1", starts_at=starts_at)
    page = page_of(client, "E1")
    assert "Cancelling is free until the end of " in page
    assert "at least 10 working days" in page
    event(reference="E2", starts_at=in_days(3))
    assert "The free cancellation period ended at " in page_of(client, "E2")


def test_where_the_policy_covers_other_groups_only_cancelling_is_free(
    world: World, client: Browser
) -> None:
    ChargingPolicy.objects.update(is_charged=False)
    NoticeException.objects.create(
        policy=world.harbour.policy, group=world.harbour.groups[2], name="Level 3"
    )
    event(reference="E1", course=course(group=world.harbour.groups[0]))
    assert "Cancelling costs nothing." in page_of(client, "E1")
    event(reference="E2", course=course(group=world.harbour.groups[2]))
    assert "Cancelling is free until" in page_of(client, "E2")


def test_without_a_policy_or_prices_the_page_still_stands(world: World, client: Browser) -> None:
    PriceRow.objects.all().delete()
    event(reference="E1")
    assert "Ask us first" in page_of(client, "E1")
    ChargingPolicy.objects.all().delete()
    assert "Ask us what a place costs" in page_of(client, "E1")


def test_a_full_event_says_so_and_an_open_offer_holds_a_place(
    world: World, client: Browser
) -> None:
    full = event(reference="E1", capacity=3)
    fill(full, leaving=1)
    assert "1 place left" in page_of(client, "E1")
    offer(entry=waiting_entry(person=world.harbour.colleague, event=full))
    assert "Full, waiting list open" in page_of(client, "E1")
    waiting_entry(person=person(agency=world.harbour.school), event=full)
    page = page_of(client, "E1")
    assert "Full, 1 person on the waiting list" in page
    assert "Join the waiting list" in page
    assert "Book a place" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": EventState.CANCELLED}, "This event has been cancelled."),
        ({"starts_at": in_days(-9)}, "This event has taken place."),
        ({"starts_at": in_days(-1), "days": 3}, "This event has started"),
        ({"bookings_close_at": in_days(-1)}, "Bookings closed at 9:30am on"),
    ],
)
def test_what_can_no_longer_be_booked_says_why(
    world: World, client: Browser, fields: dict[str, Any], sentence: str
) -> None:
    event(reference="E1", **fields)
    page = page_of(client, "E1")
    assert sentence in page
    assert "Book a place" not in page
    assert "What it costs" not in page


def test_somebody_with_a_place_is_led_to_it(world: World) -> None:
    mine = booking(person=world.harbour.practitioner, event=event(reference="E1"))
    page = page_of(page_as(world.harbour.practitioner), "E1")
    assert reverse("booking", args=[mine.reference]) in page
    assert "Book a place" not in page
    assert "Book a place" in page_of(page_as(world.harbour.colleague), "E1")


@pytest.mark.parametrize("state", BookingState)
def test_each_state_of_the_own_booking_is_told_as_it_is(world: World, state: BookingState) -> None:
    """A place that is only held used to read "You have a place", and a colleague who is named was offered another."""
    me, at = world.harbour.practitioner, event(reference="E1")
    booking(person=me, event=at, state=state)
    page = page_of(page_as(me), "E1")
    assert ("You have a place" in page) == (state is BookingState.BOOKED)
    assert ("We are holding a place for you" in page) == (state is BookingState.PENDING)
    assert ("You have been named to take a colleague’s place" in page) == (
        state is BookingState.PROPOSED
    )
    assert ("See your booking" in page) == (state in ONE_A_PERSON)
    assert ("Book a place" in page) == (state not in ONE_A_PERSON)


def test_a_draft_is_for_the_training_team_only(world: World) -> None:
    event(reference="E1", state=EventState.DRAFT)
    assert "This is a draft." in page_of(page_as(world.harbour.coordinator), "E1")
    answer = page_as(world.harbour.practitioner).get(reverse("event", args=["E1"]))
    assert answer.status_code == 404


def test_a_virtual_event_needs_no_venue(world: World, client: Browser) -> None:
    event(reference="E1", delivery=Delivery.VIRTUAL)
    assert "Virtual" in page_of(client, "E1")


def test_the_page_costs_the_same_queries_however_many_people_come(
    world: World, client: Browser
) -> None:
    numbers = []
    for count in (3, 30):
        busy = event(reference=f"E{count}", capacity=99, days=count // 3)
        for _ in range(count):
            booking(person=person(agency=world.harbour.school), event=busy)
        for each in (client, page_as(world.harbour.practitioner)):
            page_of(each, busy.reference)  # prices and policy are in memory from here on
            with CaptureQueriesContext(connection) as captured:
                page_of(each, busy.reference)
            numbers.append(len(asked(captured)))
    assert numbers == [4, 6, 4, 6]


def asked(captured: CaptureQueriesContext) -> list[str]:
    """What the page itself asks for: transactions, the partnership's name and the shelf are every page's."""
    statements = [each["sql"].strip() for each in captured.captured_queries]
    frame = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT (SELECT id")
    return [each for each in statements if not each.startswith(frame)]


def test_times_are_local_in_summer_and_winter(world: World, client: Browser) -> None:
    year = timezone.localdate().year + 1
    for month, reference in ((1, "WINTER"), (7, "SUMMER")):
        starts_at = in_days(0).replace(year=year, month=month, day=15)
        local = timezone.make_aware(starts_at.replace(tzinfo=None, hour=13))
        event(reference=reference, starts_at=local)
        assert "1:30pm to 7:30pm" in page_of(client, reference)
