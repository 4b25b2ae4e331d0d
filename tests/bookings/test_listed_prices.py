"""Lists of dates say what a place costs, as the event's own page does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import ChargingPolicy, PriceRow
from bookings.reports.listed_prices import listed_prices
from bookings.reports.prices import wording
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.terms.agreement import terms_of
from bookings.terms.places import listed_events, with_places
from bookings.terms.policies import policy_in_force
from courses.models import Event
from courses.rules.states import EventState
from partnerships.models import Membership, PayerClass
from tests.world import World, event, in_days, page_as, price


def told(reader: Membership | None) -> str:
    now = timezone.now()
    [words] = listed_prices(
        listed_events(with_places(Event.objects.all(), now)), reader, now
    ).values()
    return words


def costs(amount: str, **fields: Any) -> None:
    policy = ChargingPolicy.objects.get()
    price(policy=policy, kind=ChargeKind.ATTENDANCE, amount=amount, **fields)


@pytest.fixture
def at(world: World) -> Event:
    return event(starts_at=in_days(60), hours=3)


def test_free_for_everybody_is_said_in_a_word(world: World, at: Event) -> None:
    assert told(None) == "Free"
    assert told(world.harbour.practitioner) == "Free for your employer"


def test_visitors_see_the_range(at: Event) -> None:
    costs("75.00", payer_class="profit_making")
    assert told(None) == "Free to £75.00, depending on the employer"


def test_members_see_what_their_own_employer_pays(world: World, at: Event) -> None:
    who = world.harbour.practitioner
    payer = world.harbour.school.payer_on(timezone.localdate(at.starts_at))
    costs("75.00", payer_class=payer.payer_class.code)
    assert told(who) == "£75.00 for your employer"
    terms = terms_of(at, policy_in_force(timezone.now()))
    assert wording(terms.quote(payer).of(ChargeKind.ATTENDANCE)) == "£75.00"


def test_what_a_person_decides_is_asked_about(at: Event) -> None:
    PriceRow.objects.filter(kind=ChargeKind.ATTENDANCE).update(
        payer_class=PayerClass.objects.get(code="partner"), outcome=FeeOutcome.FREE
    )
    assert told(None) == "Free, or ask us what it costs, depending on the employer"


def test_a_price_by_length_counts_the_sessions(at: Event) -> None:
    PriceRow.objects.filter(kind=ChargeKind.ATTENDANCE).update(
        outcome=FeeOutcome.AMOUNT, amount=Decimal(30), base=FeeBase.PER_HALF_DAY
    )
    assert told(None) == "£30.00"
    at.sessions.update(ends_at=at.starts_at + (at.ends_at - at.starts_at) * 2)
    assert told(None) == "£60.00"


def test_lists_show_it_in_the_same_few_queries(
    world: World, at: Event, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        event(starts_at=in_days(61), course=at.course)
    browser = page_as(world.harbour.practitioner)
    for address in ("/harbour/events/", at.course.get_absolute_url()):
        browser.get(address)  # reads the rules, which are kept
        with django_assert_max_num_queries(12):
            page = browser.get(address).content.decode()
        assert page.count("Free for your employer") == 6


def test_dates_that_were_called_off_and_months_without_dates_are_no_choice(world: World) -> None:
    off = event(starts_at=in_days(100), state=EventState.CANCELLED)
    on = event(starts_at=in_days(20))
    browser = page_as(world.harbour.practitioner)
    page = browser.get("/harbour/events/").content.decode()
    assert on.reference in page
    assert off.reference not in page
    assert f'<option value="{on.starts_at:%Y-%m}">' in page
    assert f'<option value="{off.starts_at:%Y-%m}">' not in page
    assert off.reference not in browser.get(off.course.get_absolute_url()).content.decode()
    assert browser.get(off.get_absolute_url()).status_code == 200
    assert "STATUS:CANCELLED" in browser.get("/harbour/calendar.ics").content.decode()


def test_an_old_link_to_a_month_still_works(world: World) -> None:
    page = page_as(world.harbour.practitioner).get("/harbour/events/?month=2019-03")
    assert "govuk-error-summary" not in page.content.decode()
    assert "No dates match." in page.content.decode()
