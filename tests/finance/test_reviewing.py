"""Finance reviews a month: exceptions first, together or one by one, and takes an approval back."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.operations.reopen_register import reopen_register
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState
from courses.rules.states import EventState
from finance.models import Charge, ChargeTransition, MitigationCase, VatRow
from finance.operations.approve_charges import approve_charges
from finance.operations.decide_charge import decide_charge
from finance.operations.prepare_run import prepare_run
from finance.operations.release_run import release_run
from finance.operations.return_to_review import return_to_review
from finance.reports.charges import charges_wanted
from finance.reports.review import ReviewPart, flags_of, parts_of_page
from finance.rules.review import ReviewFlag
from finance.rules.states import ChargeState
from partnerships.models import EmploymentState
from partnerships.rules.reasons import Explanation
from partnerships.rules.refused import Refused
from tests.competencies.asking import queries_of
from tests.finance.money import invoice_for, ready_charges
from tests.world import World, booking, charge, event, in_days, page_as, person

NOW = timezone.now


def one_charge(world: World, **fields: Any) -> Charge:
    """For a place of somebody at the school that nobody used, at an event of its own."""
    past = event(starts_at=in_days(-30))
    who = person(agency=world.harbour.school)
    absent = booking(person=who, event=past, state=BookingState.NO_SHOW)
    return charge(booking=absent, amount="50.00", **fields)


def make_unusual(one: Charge, flag: ReviewFlag) -> None:
    """Change what the flag depends on, and nothing else."""
    place, agency = one.booking, one.agency
    match flag:
        case ReviewFlag.UNDECIDED:
            one.state = ChargeState.NEEDS_DECISION
        case ReviewFlag.DISPUTED:
            MitigationCase.objects.create(
                charge=one, asked_by=place.membership, asked_at=NOW(), reason="Ill"
            )
        case ReviewFlag.HAD_LEFT:
            day = timezone.localdate(place.event.starts_at)
            place.employment.ends_on = day - timedelta(days=1)
        case ReviewFlag.UNCONFIRMED:
            place.employment.state = EmploymentState.PENDING
        case ReviewFlag.JUST_LATE:
            place.cancel_received_at = place.free_until + timedelta(minutes=60)
            place.cancel_entered_at = place.cancel_received_at
        case ReviewFlag.NO_VAT:
            VatRow.objects.filter(kind=one.kind).delete()
        case ReviewFlag.NO_ORDER:
            agency.purchase_order_required, agency.purchase_order = True, ""
        case ReviewFlag.NO_ADDRESS:
            agency.address = " \n"
    for row in (one, place.employment, place, agency):
        row.save()


@pytest.mark.parametrize("flag", list(ReviewFlag))
def test_the_list_finds_the_exceptions_that_the_rule_names(world: World, flag: ReviewFlag) -> None:
    usual = one_charge(world, kind=ChargeKind.ATTENDANCE)
    unusual = one_charge(world)
    usual.booking.agency = usual.agency = world.harbour.other_agency
    usual.save()
    make_unusual(unusual, flag)
    [first, second] = charges_wanted()
    assert (flags_of(first), flags_of(second)) == ((flag,), ())
    for wanted in ("any", flag.value):
        assert [one.pk for one in charges_wanted(flag=wanted)] == [unusual.pk]
    other = next(one for one in ReviewFlag if one is not flag)
    assert not charges_wanted(flag=other.value)
    parts = [part for part, _ in parts_of_page(charges_wanted())]
    assert parts == [ReviewPart.EXCEPTIONS, ReviewPart.USUAL]


def test_nothing_is_unusual_about_what_is_over(world: World) -> None:
    one = one_charge(world, state=ChargeState.WAIVED)
    make_unusual(one, ReviewFlag.NO_ADDRESS)
    [row] = charges_wanted()
    assert flags_of(row) == ()
    assert not charges_wanted(flag="any")


def test_a_month_is_approved_together_and_taken_back(world: World) -> None:
    made = ready_charges(world.harbour.school, 3, state=ChargeState.TO_REVIEW)
    unusual = one_charge(world)
    make_unusual(unusual, ReviewFlag.UNCONFIRMED)
    browser = page_as(world.harbour.finance)
    page = browser.get(f"{reverse('charges')}?state=waiting")
    assert "Approve 3 charges, £150.00" in page.content.decode()
    together = page.context["together"]
    assert unusual.pk not in {one.pk for one in together.charges}
    sent = {"together": together.value, "entry_key": page.context["entry_key"]}
    where = f"{reverse('approve_charges')}?state=waiting"
    for _ in range(2):  # sent twice, approved once, and said both times
        after = browser.post(where, sent, follow=True).content.decode()
        assert "You have just approved 3 charges, £150.00." in after
    assert ChargeTransition.objects.count() == 3
    unusual.refresh_from_db()
    assert unusual.state == ChargeState.TO_REVIEW
    again = browser.post(reverse("take_back_approval"), sent, follow=True).content.decode()
    assert "3 charges, £150.00: returned to review." in again
    states = set(Charge.objects.values_list("state", "decided_by", "decided_at"))
    assert states == {(ChargeState.TO_REVIEW, None, None)}
    told = browser.get(made[0].get_absolute_url()).content.decode()
    assert "The approval was undone." in told


def test_what_a_button_named_is_approved_or_nothing(world: World) -> None:
    first, second = ready_charges(world.harbour.school, 2, state=ChargeState.TO_REVIEW)
    said = {"by": world.harbour.finance, "at": NOW()}
    decide_charge(charge=first, amount=Decimal(20), reason="Agreed", **said)  # type: ignore[arg-type]
    sent = {"together": f"100.00 {first.pk} {second.pk}", "entry_key": uuid4()}
    page = page_as(world.harbour.finance).post(reverse("approve_charges"), sent)
    assert "have been decided since this page was shown" in page.content.decode()
    second.refresh_from_db()
    assert second.state == ChargeState.TO_REVIEW


@pytest.mark.parametrize("together", ["", "nonsense", "1.00", "NaN 1", "1.00 99999999999999999999"])
def test_nonsense_approves_nothing(world: World, together: str) -> None:
    ready_charges(world.harbour.school, state=ChargeState.TO_REVIEW)
    sent = {"together": together, "entry_key": "nonsense"}
    for name in ("approve_charges", "take_back_approval"):
        assert page_as(world.harbour.finance).post(reverse(name), sent).status_code in {200, 302}
    assert Charge.objects.get().state == ChargeState.TO_REVIEW


def test_a_decision_is_taken_back_to_what_the_rule_said(world: World) -> None:
    said = {"by": world.harbour.finance, "at": NOW()}
    ruled = one_charge(world)
    open_one = one_charge(world, state=ChargeState.NEEDS_DECISION)
    open_one.explanation = Explanation(None, "Ask us.").to_json()
    open_one.save()
    for one in (ruled, open_one):
        decide_charge(charge=one, amount=Decimal(20), reason="Agreed", **said)  # type: ignore[arg-type]
    for number in (2, 0):
        found = return_to_review(charges=[ruled.pk, open_one.pk], **said)  # type: ignore[arg-type]
        assert len(found) == number
    for one in (ruled, open_one):
        one.refresh_from_db()
    assert (ruled.state, ruled.amount) == (ChargeState.TO_REVIEW, Decimal(50))
    assert (open_one.state, open_one.amount) == (ChargeState.NEEDS_DECISION, Decimal(0))
    assert open_one.decision_reason == ""
    steps = list(open_one.transitions.values_list("from_state", "to_state", "amount"))
    assert steps == [
        (ChargeState.NEEDS_DECISION, ChargeState.APPROVED, Decimal(20)),
        (ChargeState.APPROVED, ChargeState.NEEDS_DECISION, Decimal(0)),
    ]


@pytest.mark.usefixtures("unprinted")
def test_what_has_gone_out_or_is_on_its_way_cannot_be_taken_back(world: World) -> None:
    [gone] = ready_charges(world.harbour.school)
    [on_its_way] = ready_charges(world.harbour.other_agency)
    said: dict[str, Any] = {"by": world.harbour.finance, "at": NOW()}
    invoice_for(world, [gone])
    with pytest.raises(Refused, match="have been invoiced"):
        return_to_review(charges=[gone.pk, on_its_way.pk], **said)
    run = prepare_run(month=on_its_way.arose_on, **said)
    release_run(run=run, reviewed=(1, Decimal(50)), **said)
    sent = {"charge": [on_its_way.pk]}
    page = page_as(world.harbour.finance).post(reverse("take_back_approval"), sent)
    assert "have been released with these charges" in page.content.decode()
    on_its_way.refresh_from_db()
    assert on_its_way.state == ChargeState.APPROVED


def test_a_register_can_be_reopened_once_the_approval_is_taken_back(world: World) -> None:
    said: dict[str, Any] = {"by": world.harbour.finance, "at": NOW()}
    [one] = ready_charges(world.harbour.school, state=ChargeState.TO_REVIEW)
    at = one.booking.event
    at.state, at.register_closed_at = EventState.COMPLETED, NOW()
    at.save()
    approve_charges(charges=[one.pk], **said)
    reopened = {"event": at, "by": world.harbour.coordinator, "at": NOW()}
    with pytest.raises(Refused, match="already decided"):
        reopen_register(**reopened)
    return_to_review(charges=[one.pk], **said)
    reopen_register(**reopened)
    assert not Charge.objects.exists()


def test_charges_are_grouped_and_filtered_by_event(world: World) -> None:
    one, other = one_charge(world), one_charge(world)
    browser, where = page_as(world.harbour.finance), reverse("charges")
    reference = one.booking.event.reference
    page = browser.get(f"{where}?event={reference}&group=event")
    assert page.context["page"].paginator.count == 1
    assert [group.event for _, groups in page.context["parts"] for group in groups] == [
        one.booking.event
    ]
    file = browser.get(f"{reverse('charges_csv')}?event={other.booking.event.reference}")
    [row] = csv.DictReader(StringIO(file.content.decode("utf-8-sig")))
    assert row["arithmetic"] == other.why.steps[0]
    assert row["look_at"] == ""


def test_the_reasons_stand_beside_each_charge(world: World) -> None:
    one = one_charge(world)
    make_unusual(one, ReviewFlag.NO_ADDRESS)
    page = page_as(world.harbour.finance).get(reverse("charges")).content.decode()
    for said in (one.why.clause, one.why.steps[0], "The agency has no address for invoices."):
        assert said in page


def test_pages_of_review_cost_the_same_however_much_there_is(world: World) -> None:
    one = one_charge(world)
    key = uuid4()
    said: dict[str, Any] = {"by": world.harbour.finance, "at": NOW(), "entry_key": key}
    approve_charges(charges=[one.pk], **said)
    where = f"{reverse('charges')}?approval={key}&state=approved"
    before = len(queries_of(world.harbour.finance, where))
    more = [one_charge(world) for _ in range(5)]
    approve_charges(charges=[each.pk for each in more], **said)
    assert len(queries_of(world.harbour.finance, where)) == before <= 12


def test_only_those_who_manage_money_approve_and_take_back(world: World) -> None:
    one = one_charge(world)
    for part in ("coordinator", "agency_lead", "practitioner"):
        for name in ("approve_charges", "take_back_approval"):
            browser = page_as(world.harbour.cast[part])
            assert browser.post(reverse(name), {"charge": [one.pk]}).status_code == 403
