"""Extra costs of a place, from the form to the invoice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bookings.ledger import ledger
from bookings.models import Booking, ExtraCost
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.close_register import close_register
from bookings.operations.record_extra_cost import record_extra_cost
from bookings.operations.reopen_register import reopen_register
from bookings.operations.withdraw_extra_cost import withdraw_extra_cost
from bookings.rules.prices import ChargeKind, FeeBase
from bookings.rules.states import BookingState
from bookings.terms.agreement import agreed_terms
from finance.models import Charge, VatRow
from finance.operations.approve_charges import approve_charges
from outbox.models import Message
from partnerships.rules.refused import Refused
from tests.competencies.asking import queries_of
from tests.finance.money import invoice_for
from tests.world import Browser, World, attendance, booking, event, in_days, page_as, price

FORM = {"description": "Interpreter", "amount": "120.00", "agreed_by": "The head teacher"}


@pytest.fixture
def charged(world: World) -> None:
    """The policy charges extra costs in full."""
    price(
        policy=world.harbour.policy,
        kind=ChargeKind.EXTRAS,
        amount="100",
        base=FeeBase.PERCENT_OF_EXTRAS,
        clause="Extra costs that were agreed are charged.",
    )


def place(world: World, days: int = 60) -> Booking:
    return booking(person=world.harbour.practitioner, event=event(starts_at=in_days(days)))


def record(world: World, at: Booking, amount: str = "120.00", key: UUID | None = None) -> ExtraCost:
    return record_extra_cost(
        booking=at,
        description="Interpreter",
        amount=Decimal(amount),
        agreed_by="The head teacher",
        by=world.harbour.coordinator,
        at=timezone.now(),
        entry_key=key,
    )


def pages(world: World, at: Booking) -> tuple[Browser, str]:
    return page_as(world.harbour.coordinator), reverse("extra_costs", args=[at.reference])


@pytest.mark.usefixtures("charged")
def test_a_cost_is_recorded_once_told_to_the_lead_and_explained(world: World) -> None:
    made = place(world)
    browser, where = pages(world, made)
    sent = FORM | {"entry_key": str(uuid4())}
    for _ in range(2):
        assert browser.post(where, sent).status_code == 302
    assert ExtraCost.objects.count() == 1
    mail = Message.objects.get(subject__startswith="Extra cost of £120.00")
    assert mail.to_email == world.harbour.agency_lead.user.email
    assert "Interpreter. The head teacher agreed to it. It will be charged to" in mail.text
    told = page_as(world.harbour.agency_lead).get(made.get_absolute_url()).content.decode()
    assert "Interpreter, £120.00. The head teacher agreed to it." in told


@pytest.mark.usefixtures("charged")
def test_a_form_that_was_corrected_and_sent_again_says_so(world: World) -> None:
    browser, where = pages(world, place(world))
    sent = FORM | {"entry_key": str(uuid4())}
    browser.post(where, sent)
    again = browser.post(where, sent | {"amount": "140"})
    assert "£120.00 for “Interpreter” was recorded" in again.content.decode()
    assert "140" in again.content.decode()
    assert ExtraCost.objects.get().amount == Decimal(120)


@pytest.mark.usefixtures("charged", "unprinted")
def test_the_agency_is_charged_and_invoiced_what_was_recorded(world: World) -> None:
    made = place(world, days=-1)
    record(world, made)
    withdrawn = record(world, made, "30.00")
    withdraw_extra_cost(cost=withdrawn, by=world.harbour.coordinator, at=timezone.now())
    attendance(booking=made)
    close_register(event=made.event, by=world.harbour.coordinator, at=timezone.now())
    charge = Charge.objects.get(kind=ChargeKind.EXTRAS)
    assert charge.amount == Decimal(120)
    assert ("Extra cost", "Interpreter, £120.00") in charge.why.inputs
    made.refresh_from_db()
    replayed = agreed_terms(made).owed(ChargeKind.EXTRAS)
    assert replayed is not None
    assert replayed.explanation == charge.why
    approve_charges(charges=[charge.pk], by=world.harbour.finance, at=timezone.now())
    invoice = invoice_for(world, [charge])
    assert invoice.lines.get().description.startswith("Extra cost (Interpreter, £120.00): ")
    listed = page_as(world.harbour.finance).get(reverse("charges_csv")).content.decode()
    assert "Interpreter, £120.00" in listed
    assert VatRow.objects.filter(kind=ChargeKind.EXTRAS).exists()


@pytest.mark.usefixtures("charged")
def test_a_cost_can_be_corrected_once_the_register_is_open_again(world: World) -> None:
    made = place(world, days=-1)
    cost = record(world, made)
    attendance(booking=made)
    who = {"by": world.harbour.coordinator, "at": timezone.now()}
    close_register(event=made.event, **who)
    browser, where = pages(world, made)
    assert "has already been worked out" in browser.get(where).content.decode()
    for refused in (
        lambda: withdraw_extra_cost(cost=cost, **who),
        lambda: record(world, made),
    ):
        with pytest.raises(Refused, match="already been worked out"):
            refused()
    reopen_register(event=made.event, **who)
    withdraw_extra_cost(cost=cost, **who)
    close_register(event=made.event, **who)
    assert not Charge.objects.exists()


@pytest.mark.usefixtures("charged")
def test_reopening_a_register_leaves_the_costs_of_those_who_cancelled_late(world: World) -> None:
    made = place(world, days=3)
    record(world, made)
    now = timezone.now()
    cancel_booking(booking=made, by=world.harbour.practitioner, received_at=now, entered_at=now)
    kinds = [ChargeKind.EXTRAS, ChargeKind.LATE_CANCELLATION]
    assert sorted(Charge.objects.values_list("kind", flat=True)) == kinds
    mail = Message.objects.get(key=f"{made.reference}:cancelled")
    assert mail.text.count("free cancellation period ended") == 1
    assert "is £120.00" in mail.text
    assert ledger().charges_of_register(event=made.event).count == 0


def test_a_policy_that_does_not_charge_them_says_so(world: World) -> None:
    made = place(world)
    browser, where = pages(world, made)
    assert "does not charge extra costs" in browser.get(where).content.decode()
    record(world, made)
    assert "does not charge it" in Message.objects.get(subject__startswith="Extra").text


@pytest.mark.usefixtures("charged")
@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"amount": "-5"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "1000000"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"description": " "}, "description"),
        ({"agreed_by": ""}, "agreed_by"),
        ({"entry_key": "nonsense"}, "entry_key"),
    ],
)
def test_nonsense_is_refused_next_to_the_field(
    world: World, said: dict[str, str], error: str
) -> None:
    browser, where = pages(world, place(world))
    answer = browser.post(where, FORM | {"entry_key": str(uuid4())} | said)
    assert answer.status_code == 200
    assert error in answer.context["form"].errors
    assert not ExtraCost.objects.exists()


def test_a_cost_is_withdrawn_in_the_browser_once(world: World) -> None:
    made = place(world)
    cost = record(world, made)
    browser, where = pages(world, made)
    for _ in range(2):
        browser.post(where, {"withdraw": cost.pk})
    cost.refresh_from_db()
    assert cost.withdrawn_by == world.harbour.coordinator
    made.refresh_from_db()
    assert made.extras == []
    assert Message.objects.filter(subject__startswith="No extra cost").count() == 1
    for nonsense in ("nonsense", "99999999999999999999", "0"):
        assert browser.post(where, {"withdraw": nonsense}).status_code == 404


def test_only_the_training_team_records_costs(world: World) -> None:
    where = reverse("extra_costs", args=[place(world).reference])
    for part in ("practitioner", "agency_lead", "finance", "trainer"):
        assert page_as(world.harbour.cast[part]).post(where, FORM).status_code in {403, 404}
    assert page_as(world.moorland.coordinator).get(where).status_code == 404


def test_the_database_refuses_a_cost_of_nothing(world: World) -> None:
    made = place(world)
    said: dict[str, Any] = {"entered_by": world.harbour.coordinator, "entered_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtraCost.objects.create(booking=made, amount=0, description="X", agreed_by="Y", **said)


def test_the_page_costs_the_same_however_many_there_are(world: World) -> None:
    made = place(world)
    record(world, made)
    _, where = pages(world, made)
    before = len(queries_of(world.harbour.coordinator, where))
    for _ in range(4):
        record(world, made)
    assert len(queries_of(world.harbour.coordinator, where)) == before <= 12
    assert made.state == BookingState.BOOKED
