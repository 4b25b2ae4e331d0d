"""A grant from the booking form to the charge: what it costs with it, and never more places than it has."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, Grant, GrantRecipient, PriceRow
from bookings.models.request import Details
from bookings.operations.accept_offer import accept_offer
from bookings.operations.book_place import book_place
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.close_register import close_register
from bookings.operations.substitute import substitute
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.states import BookingState
from bookings.terms.agreement import agreed_terms
from bookings.terms.booking_request import BookingRequest
from bookings.terms.grants import agreed_on_offer
from courses.models import Event
from finance.models import Charge
from partnerships.models import Membership, PayerClass
from partnerships.rules.refused import Refused
from tenancy import activate
from tests import world as make
from tests.competencies.asking import queries_of
from tests.world import World, attendance, booking_form, event, in_days, page_as, person

CODE = "SMALL-27"
STEP = "£100.00 less grant “Small charities fund” £50.00 comes to £50.00."


def grant(**fields: Any) -> Grant:
    """Half of the attendance fee for two places, by a code."""
    defaults: dict[str, Any] = {
        "name": "Small charities fund",
        "code": CODE,
        "percent": Decimal(50),
        "places": 2,
        "valid_from": timezone.localdate() - timedelta(days=100),
    }
    made: Grant = Grant.objects.create(**defaults | fields)
    return made


@pytest.fixture(autouse=True)
def priced(request: pytest.FixtureRequest) -> None:
    """Taking part costs £100."""
    if "world" in request.fixturenames:
        request.getfixturevalue("world")
        cost_a_hundred()


def cost_a_hundred() -> None:
    rows = PriceRow.objects.filter(kind=ChargeKind.ATTENDANCE)
    rows.update(outcome=FeeOutcome.AMOUNT, amount=Decimal(100))


def book(who: Membership, at: Event, code: str = CODE) -> Booking:
    """A place by the operation."""
    made = book_place(
        request=BookingRequest(
            event=at,
            membership=who,
            employment=who.employments.get(),
            by=who,
            details=Details(grant_code=code, manager_declared=True),
        ),
        now=timezone.now(),
    )
    assert isinstance(made, Booking)
    return made


def places_left(one: Grant) -> int:
    found = Grant.objects.with_used().get(pk=one.pk)
    return int(found.places - found.used)


def test_the_code_is_entered_seen_in_the_quote_and_kept(world: World, address: str) -> None:
    one, browser = grant(), page_as(world.harbour.practitioner)
    assert "Code of a grant" in browser.get(address).content.decode()
    said = booking_form(grant_code="small 27")
    said["terms"] = browser.get(address).context["ask"]["terms"].value()
    first = browser.post(address, said)
    assert first.status_code == 409
    text = first.content.decode()
    assert STEP in text
    assert "The page now shows what the place costs with the code." in text
    assert not Booking.objects.exists()
    said["terms"] = first.context["ask"]["terms"].value()
    for _ in range(2):  # sent twice, it is one booking and one place of the grant
        again = browser.post(address, said, follow=True).content.decode()
        assert "Nothing was changed" not in again
    made = Booking.objects.get()
    assert made.grant == one
    assert made.quote["attendance"]["steps"][-1] == STEP
    assert places_left(one) == 1
    assert STEP in page_as(world.harbour.agency_lead).get(made.get_absolute_url()).content.decode()


def test_without_a_grant_nobody_is_asked_for_a_code(world: World, address: str) -> None:
    grant(valid_until=timezone.localdate() - timedelta(days=1))
    grant(code="")
    page = page_as(world.harbour.practitioner).get(address).content.decode()
    assert "Code of a grant" not in page
    assert STEP in page, "what is given without a code is in the price at once"


@pytest.mark.parametrize(
    ("fields", "typed", "said"),
    [
        ({}, "nonsense", "We do not know the code “nonsense”."),
        ({}, "<b>", "We do not know the code “&lt;b&gt;”."),
        ({"places": 0}, CODE, "was for 0 places, and none is left."),
        ({"valid_from": timezone.localdate() + timedelta(days=400)}, CODE, "starts on"),
    ],
)
def test_a_code_that_cannot_be_used_is_said_next_to_the_field(
    world: World, address: str, fields: dict[str, Any], typed: str, said: str
) -> None:
    grant(**fields)
    grant(name="Another", code="OTHER")
    answer = page_as(world.harbour.practitioner).post(address, booking_form(grant_code=typed))
    assert said in str(answer.context["ask"]["grant_code"].errors)
    assert "leave the box empty" in answer.content.decode()
    assert not Booking.objects.exists()


@pytest.mark.parametrize("by", ["agency", "payer_class"])
def test_a_grant_is_for_those_it_names(world: World, by: str) -> None:
    one, town = grant(), world.harbour
    payer_class = PayerClass.objects.get(code="profit_making")
    named = {"agency": town.other_agency, "payer_class": payer_class}
    GrantRecipient.objects.create(grant=one, **{by: named[by]})
    with pytest.raises(Refused, match="not for this employer"):
        book(town.practitioner, event(starts_at=in_days(60)))
    assert book(town.other_practitioner, event(starts_at=in_days(60))).grant == one


def test_what_was_quoted_is_charged_whatever_becomes_of_the_grant(world: World) -> None:
    at = event(starts_at=in_days(-1))
    one = grant(code="")
    made = make.booking(person=world.harbour.practitioner, event=at)
    made.grant = one
    made.grant_terms = {
        "name": one.name,
        "kinds": ["attendance"],
        "percent": "50.00",
        "amount": None,
    }
    made.save()
    Grant.objects.update(percent=Decimal(10), name="Something else")
    attendance(booking=made)
    close_register(event=at, by=world.harbour.coordinator, at=timezone.now())
    charge = Charge.objects.get()
    assert charge.amount == Decimal(50)
    assert charge.why.steps[-1] == STEP
    assert agreed_terms(made).owed(ChargeKind.ATTENDANCE) == charge_price(made)


def charge_price(made: Booking) -> object:
    return agreed_terms(Booking.objects.get(pk=made.pk)).owed(ChargeKind.ATTENDANCE)


@pytest.mark.parametrize(("days", "left"), [(60, 1), (3, 0)])
def test_cancelling_in_time_gives_the_place_of_the_grant_back(
    world: World, days: int, left: int
) -> None:
    one = grant(places=1)
    made = book(world.harbour.practitioner, event(starts_at=in_days(days)))
    with pytest.raises(Refused, match="none is left"):
        book(world.harbour.colleague, event(starts_at=in_days(61)))
    cancel_booking(
        booking=made,
        by=world.harbour.practitioner,
        received_at=timezone.now(),
        entered_at=timezone.now(),
    )
    assert places_left(one) == left


def test_a_colleague_takes_the_grant_along(world: World) -> None:
    one = grant(places=1)
    made = book(world.harbour.practitioner, event(starts_at=in_days(60)))
    colleague = substitute(
        booking=made,
        employment=world.harbour.colleague.employments.get(),
        by=world.harbour.practitioner,
        now=timezone.now(),
    )
    assert colleague.state == BookingState.BOOKED
    assert (colleague.grant, colleague.quote) == (one, made.quote)
    assert agreed_terms(colleague).grant == agreed_terms(made).grant
    assert places_left(one) == 0


@pytest.mark.parametrize("places", [1, 0])
def test_a_code_waits_with_the_person_and_counts_when_the_place_is_taken(
    world: World, places: int
) -> None:
    one = grant(places=places)
    at = event(starts_at=in_days(60), capacity=1)
    waiting = make.waiting_entry(person=world.harbour.practitioner, event=at, grant_code=CODE)
    offered = make.offer(entry=waiting)
    shown = agreed_on_offer(offered, timezone.now()).quote.shown
    made = accept_offer(
        offer=offered, by=world.harbour.practitioner, now=timezone.now(), shown=shown
    )
    assert made.grant == (one if places else None)
    assert made.quote["attendance"]["amount"] == ("50.00" if places else "100.00")


def test_the_list_of_grants_says_how_many_places_are_left(world: World) -> None:
    grant()
    book(world.harbour.practitioner, event(starts_at=in_days(60)))
    address = reverse("admin:bookings_grant_changelist")
    for part in ("coordinator", "finance", "administrator"):
        page = page_as(world.harbour.cast[part]).get(address).content.decode()
        assert '<td class="field-used">1</td><td class="field-left">1</td>' in page
    assert page_as(world.harbour.agency_lead).get(address).status_code in {302, 403}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"percent": "-5"}, "percent"),
        ({"percent": "101"}, "up to 100"),
        ({"percent": "10", "amount": "5"}, "but not both"),
        ({"percent": ""}, "Enter a percentage up to 100, or an amount above £0"),
        ({"places": "-1"}, "places"),
        ({"code": "small27"}, "Another grant has this code"),
        ({"code": "£££"}, "Use only letters"),
        ({"valid_until": "2020-01-01"}, "must not be before the first"),
        ({"kinds": "nonsense"}, "kinds"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(
    world: World, fields: dict[str, str], said: str
) -> None:
    grant()
    form = {
        "name": "Another",
        "code": "NEW",
        "kinds": "attendance",
        "percent": "50",
        "amount": "",
        "places": "2",
        "valid_from": "2026-01-01",
        "recipients-TOTAL_FORMS": "0",
        "recipients-INITIAL_FORMS": "0",
    }
    browser = page_as(world.harbour.finance)
    answer = browser.post(reverse("admin:bookings_grant_add"), form | fields)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Grant.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"percent": Decimal(101)}, {"percent": None}, {"amount": Decimal(5)}],
)
def test_the_database_refuses_it_too(world: World, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(**fields)


def test_grants_cost_the_booking_page_a_query_however_many_there_are(
    world: World, address: str
) -> None:
    grant()
    queries_of(world.harbour.practitioner, address)  # the grants stay in memory from then on
    before = len(queries_of(world.harbour.practitioner, address))
    for number in range(5):
        GrantRecipient.objects.create(
            grant=grant(code=f"CODE-{number}"), agency=world.harbour.school
        )
    queries_of(world.harbour.practitioner, address)
    assert len(queries_of(world.harbour.practitioner, address)) == before <= 12


class Taker(threading.Thread):
    """Someone who books a place of their own event with the code, at the same moment as all others."""

    def __init__(self, town: Any, who: Membership, at: Event, start: threading.Barrier) -> None:
        super().__init__()
        self.town, self.who, self.at, self.start_together = town, who, at, start
        self.refused: frozenset[str] = frozenset()

    def run(self) -> None:
        try:
            with activate(self.town):
                self.start_together.wait()
                book(self.who, self.at)
        except Refused as refused:
            self.refused = refused.codes
        finally:
            connections.close_all()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_last_places_of_a_grant_are_given_once() -> None:
    people, places = 6, 2
    partnership = make.partnership(slug="rush")
    with activate(partnership):
        make.charging_policy()
        cost_a_hundred()
        make.evaluation_plan()
        school, one = make.agency(), grant(places=places)
        start = threading.Barrier(people, timeout=60)
        takers = [
            Taker(partnership, person(agency=school), event(starts_at=in_days(60)), start)
            for _ in range(people)
        ]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    with activate(partnership):
        assert places_left(one) == 0
        assert Booking.objects.count() == places
    assert [taker.refused for taker in takers].count(frozenset({"grant_code"})) == people - places


def test_the_list_and_the_event_page_show_what_the_booking_page_quotes(world: World) -> None:
    """A grant without a code is taken off before anyone books, until its places are used."""
    at, reader = event(starts_at=in_days(60)), world.harbour.practitioner
    browser = page_as(reader)

    def shown() -> list[bool]:
        addresses = (reverse("events"), at.get_absolute_url(), reverse("book", args=[at.reference]))
        pages = [browser.get(address).content.decode() for address in addresses]
        return ["£50.00" in page for page in pages]

    assert shown() == [False] * 3
    made = grant(code="", places=1)
    assert shown() == [True] * 3
    assert STEP in browser.get(at.get_absolute_url()).content.decode()
    for address in (reverse("events"), at.get_absolute_url()):
        assert len(queries_of(reader, address)) <= 12
    book(person(agency=reader.employments.get().agency), event(starts_at=in_days(61)), code="")
    assert Booking.objects.filter(grant=made).count() == 1
    assert shown() == [False] * 3
