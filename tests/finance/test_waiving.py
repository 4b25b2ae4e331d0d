"""Nothing is owed any more: by whom that is decided, and what becomes of a request for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.operations.cancel_event import cancel_event
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState
from finance.models import Charge, InvoiceLine, MitigationCase
from finance.operations.decide_charge import decide_charge
from finance.operations.decide_mitigation import decide_mitigation
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.open_mitigation import open_mitigation
from finance.rules.states import ChargeState, MitigationState
from outbox.models import Message
from partnerships.models import Membership
from partnerships.rules.refused import Refused
from tests.finance.money import invoice_for, ready_charges
from tests.world import World, booking, charge, event, in_days, page_as

pytestmark = pytest.mark.usefixtures("unprinted")


def charge_of(who: Membership, **fields: object) -> Charge:
    """£50 for an absence of this person."""
    past = event(starts_at=in_days(-30))
    absent = booking(person=who, event=past, state=BookingState.NO_SHOW)
    return charge(booking=absent, amount="50.00", **fields)


def request_for(one: Charge, by: Membership) -> MitigationCase:
    """Someone asks that a charge be waived."""
    return open_mitigation(charge=one, reason="Ill", evidence="", by=by, at=timezone.now())


def invoiced(world: World, one: Charge) -> InvoiceLine:
    """The charge on an invoice of its own."""
    Charge.objects.filter(pk=one.pk).update(state=ChargeState.APPROVED)
    return invoice_for(world, [one]).lines.get()


class TestNobodyDecides:
    """About the charge of their own booking, or about their own request; the page says who does instead."""

    def test_a_request_about_their_own_booking(self, world: World) -> None:
        town = world.harbour
        case = request_for(charge_of(town.finance), town.coordinator)
        self.assert_left_to_others(case, town.finance, town.administrator, "own booking")

    def test_a_request_that_they_made_for_somebody_else(self, world: World) -> None:
        town = world.harbour
        case = request_for(charge_of(town.practitioner), town.coordinator)
        self.assert_left_to_others(case, town.coordinator, town.finance, "own request")

    def assert_left_to_others(
        self, case: MitigationCase, own: Membership, other: Membership, said: str
    ) -> None:
        where = reverse("mitigation_case", args=[case.pk])
        page, answer = page_as(own), {"outcome": "granted", "decision": "Seen"}
        for shown in (page.get(where), page.post(where, answer)):
            assert f"Someone else has to decide on your {said}." in shown.content.decode()
            assert 'name="outcome"' not in shown.content.decode()
        case.refresh_from_db()
        assert case.state == MitigationState.OPEN
        assert page_as(other).post(where, answer).status_code == 302
        case.refresh_from_db()
        assert case.state == MitigationState.GRANTED

    @pytest.mark.parametrize("amount", ["0", "1"])
    def test_what_the_charge_of_their_own_booking_comes_to(self, world: World, amount: str) -> None:
        own, mine = world.harbour.finance, charge_of(world.harbour.finance)
        where = reverse("charge", args=[mine.pk])
        page, sent = page_as(own), {"amount": amount, "reason": "I say so"}
        for shown in (page.get(where), page.post(where, sent)):
            assert "Someone else has to decide on your own booking." in shown.content.decode()
            assert 'name="amount"' not in shown.content.decode()
        mine.refresh_from_db()
        assert (mine.state, mine.amount) == (ChargeState.TO_REVIEW, Decimal(50))
        assert page_as(world.harbour.administrator).post(where, sent).status_code == 302

    def test_how_much_of_their_own_booking_is_credited(self, world: World) -> None:
        line = invoiced(world, charge_of(world.harbour.finance))
        where = reverse("credit_line", args=[line.invoice.number, line.position])
        shown = page_as(world.harbour.finance).get(where).content.decode()
        assert "Someone else has to decide on your own booking." in shown
        assert 'name="amount"' not in shown
        with pytest.raises(Refused, match="your own booking"):
            credit(line, "50", world.harbour.finance)
        assert credit(line, "50", world.harbour.administrator).gross == Decimal(50)


def credit(line: InvoiceLine, amount: str, by: Membership) -> object:
    return issue_credit_note(
        line=line,
        amount=Decimal(amount),
        reason="The list was wrong",
        agreed_on=timezone.localdate(),
        by=by,
        at=timezone.now(),
    )


def set_to_nothing(world: World, one: Charge) -> None:
    said = {"reason": "A mistake of ours", "by": world.harbour.finance, "at": timezone.now()}
    decide_charge(charge=one, amount=Decimal(0), **said)  # type: ignore[arg-type]


def credit_in_full(world: World, one: Charge) -> None:
    credit(one.invoice_line, "20", world.harbour.finance)
    assert MitigationCase.objects.get().state == MitigationState.OPEN, "a part of it stands"
    credit(one.invoice_line, "30", world.harbour.finance)


def cancel_its_event(world: World, one: Charge) -> None:
    ChargingPolicy.objects.update(keep_late_charge=False)
    at = one.booking.event
    before = at.starts_at - timedelta(days=1)
    cancel_event(event=at, by=world.harbour.coordinator, now=before, reason="The trainer is ill.")


@pytest.mark.parametrize("waive", [set_to_nothing, credit_in_full, cancel_its_event])
def test_a_charge_that_is_waived_takes_the_open_request_along_and_tells_whoever_asked(
    world: World, waive: Callable[[World, Charge], None]
) -> None:
    one = charge_of(world.harbour.practitioner)
    one.booking.state = BookingState.LATE_CANCELLED
    one.booking.save()
    if waive is credit_in_full:
        invoiced(world, one)
    case = request_for(one, world.harbour.agency_lead)
    waive(world, one)
    case.refresh_from_db()
    assert case.state == MitigationState.GRANTED
    assert case.decision
    told = Message.objects.get(key=f"mitigation:{case.pk}")
    assert told.subject.endswith("has been waived")
    assert (told.to_email, case.decision in told.text) == (
        world.harbour.agency_lead.user.email,
        True,
    )
    with pytest.raises(Refused, match="already decided"):
        decide_mitigation(
            case=case,
            outcome=MitigationState.REFUSED,
            decision="No",
            by=world.harbour.finance,
            at=timezone.now(),
        )


def test_a_waived_charge_cannot_be_said_to_stand(world: World) -> None:
    """Requests that were left open by the releases in which waiving did not answer them."""
    [one] = ready_charges(world.harbour.school)
    case = request_for(one, world.harbour.agency_lead)
    Charge.objects.update(state=ChargeState.WAIVED, decision_reason="By finance")
    said = {"by": world.harbour.finance, "at": timezone.now(), "decision": "Seen"}
    with pytest.raises(Refused, match="so it cannot stand"):
        decide_mitigation(case=case, outcome=MitigationState.REFUSED, **said)  # type: ignore[arg-type]
    assert not Message.objects.filter(subject__endswith="stands").exists()
    decided = decide_mitigation(case=case, outcome=MitigationState.GRANTED, **said)  # type: ignore[arg-type]
    assert decided.state == MitigationState.GRANTED
    one.refresh_from_db()
    assert one.decision_reason == "By finance"


@pytest.mark.parametrize("keep", [True, False])
def test_the_page_that_cancels_an_event_shows_the_late_charges_that_it_waives(
    world: World, keep: bool
) -> None:
    ChargingPolicy.objects.update(keep_late_charge=keep)
    at = event(starts_at=in_days(5))
    late = booking(person=world.harbour.practitioner, event=at, state=BookingState.LATE_CANCELLED)
    charge(booking=late, kind=ChargeKind.LATE_CANCELLATION, amount="40.00")
    page = page_as(world.harbour.coordinator)
    where = reverse("cancel_event", args=[at.reference])
    shown = " ".join(page.get(where).content.decode().split())
    told = f"{late.membership}, {late.agency}: late cancellation fee of £40.00"
    assert (told in shown) is not keep
    page.post(where, {"reason": "The trainer is ill."})
    assert (Charge.objects.get().state == ChargeState.WAIVED) is not keep
