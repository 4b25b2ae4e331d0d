"""An appeal: once, by whoever asked, in time, decided by someone else, and then it is final."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.access import waiver_token
from bookings.models import WaiverPractice
from finance.models import Charge, MitigationCase
from finance.operations.appeal import appeal
from finance.operations.decide_charge import decide_charge
from finance.rules.states import ChargeState, MitigationState
from outbox.models import Message
from partnerships.models import Membership
from partnerships.rules.refused import Refused
from tests.finance.asking import absent, ask, decide
from tests.finance.money import invoice_for
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.usefixtures("unprinted")
GRANTED, REFUSED = MitigationState.GRANTED, MitigationState.REFUSED


@pytest.fixture
def refused(world: World) -> MitigationCase:
    """Finance has refused what the practitioner asked."""
    case = ask(absent(world.harbour.practitioner))
    return decide(case, world.harbour.finance, REFUSED)


def appealed(case: MitigationCase, by: Membership | None = None) -> MitigationCase:
    at = timezone.now()
    return appeal(case=case, reason="You did not read it.", by=by or case.asked_by, at=at)


def test_the_first_decider_cannot_decide_the_appeal(world: World, refused: MitigationCase) -> None:
    second = appealed(refused)
    page, where = page_as(world.harbour.finance), second.get_absolute_url()
    answer = {"outcome": "granted", "decision": "I changed my mind"}
    for shown in (page.get(where), page.post(where, answer)):
        assert "This is an appeal against your decision" in shown.content.decode()
        assert 'name="outcome"' not in shown.content.decode()
    other = page_as(world.harbour.coordinator)
    assert "As the policy says." in other.get(where).content.decode(), "the first decision"
    assert other.post(where, answer).status_code == 302
    second.refresh_from_db()
    refused.refresh_from_db()
    assert (refused.state, second.state) == (REFUSED, GRANTED)
    assert Charge.objects.get().state == ChargeState.WAIVED


def test_the_first_decider_cannot_go_round_it(world: World) -> None:
    one = absent(world.harbour.practitioner, state=ChargeState.NEEDS_DECISION)
    case = decide(ask(one), world.harbour.finance, REFUSED)
    appealed(case)
    with pytest.raises(Refused, match="appeal against your decision"):
        decide_charge(
            charge=one, amount=one.amount, reason="So", by=world.harbour.finance, at=timezone.now()
        )


def test_while_it_is_open_the_charge_is_not_invoiced(world: World, refused: MitigationCase) -> None:
    assert Charge.objects.ready_to_invoice().count() == 1
    second = appealed(refused)
    assert Charge.objects.ready_to_invoice().count() == 0
    decide(second, world.harbour.administrator, REFUSED)
    assert invoice_for(world, [Charge.objects.get()]).gross == 50


def test_what_an_appeal_says_is_final(world: World, refused: MitigationCase) -> None:
    second = decide(appealed(refused), world.harbour.administrator, REFUSED)
    with pytest.raises(Refused, match="so it is final"):
        appealed(second)
    with pytest.raises(Refused, match="already decided on a request"):
        ask(second.charge)
    told = Message.objects.get(key=f"mitigation:{second.pk}")
    assert "This decision is final." in told.text
    assert "appeal" not in told.text.lower().replace("final", "")


def test_sent_twice_it_is_one_appeal(world: World, refused: MitigationCase) -> None:
    assert appealed(refused) == appealed(refused)
    assert MitigationCase.objects.count() == 2


@pytest.mark.parametrize("part", ["agency_lead", "coordinator", "colleague"])
def test_only_whoever_asked_can_appeal(world: World, refused: MitigationCase, part: str) -> None:
    who = world.harbour.cast[part]
    with pytest.raises(Refused, match="Only the person who asked"):
        appealed(refused, who)
    address = reverse("appeal_waiver", args=[refused.charge.booking.reference, refused.pk])
    assert page_as(who).get(address).status_code == 404
    token = waiver_token(refused.charge.booking, who)
    assert (
        Browser().get(reverse("appeal_waiver_by_link", args=[token, refused.pk])).status_code == 404
    )


def test_the_time_to_appeal_is_told_and_ends(world: World, refused: MitigationCase) -> None:
    told = Message.objects.get(key=f"mitigation:{refused.pk}")
    assert "you can appeal until the end of Thursday 2 July 2026" in told.text
    assert "/appeal/" in told.text
    with pytest.raises(Refused, match="The time limit for appeals"):
        appeal(
            case=refused,
            reason="Late",
            by=refused.asked_by,
            at=refused.appeal_by + timedelta(seconds=1),
        )


def test_a_later_setting_does_not_shorten_it(world: World, refused: MitigationCase) -> None:
    WaiverPractice.objects.create(appeal_days=0)
    assert appealed(refused).is_open


def test_where_there_is_no_appeal_the_decision_says_so(world: World) -> None:
    WaiverPractice.objects.create(appeal_days=0)
    case = decide(ask(absent(world.harbour.practitioner)), world.harbour.finance, REFUSED)
    assert case.appeal_by is None
    assert "This decision is final." in Message.objects.get(key=f"mitigation:{case.pk}").text
    with pytest.raises(Refused, match="you cannot appeal"):
        appealed(case)


def test_the_whole_way_by_the_link(world: World, refused: MitigationCase) -> None:
    place = refused.charge.booking
    token = waiver_token(place, world.harbour.practitioner)
    visitor, home = Browser(), reverse("ask_waiver_by_link", args=[token])
    address = reverse("appeal_waiver_by_link", args=[token, refused.pk])
    assert address in visitor.get(home).content.decode()
    page = visitor.get(address).content.decode()
    assert "As the policy says." in page
    shown = visitor.post(address, {"reason": ""}).content.decode()
    assert "Tell us why you disagree" in shown
    answer = visitor.post(address, {"reason": "Read it again."}, follow=True)
    assert "We have received your appeal." in answer.content.decode()
    assert address not in answer.content.decode()
    assert visitor.get(address).status_code == 302, "there is one appeal"
    assert MitigationCase.objects.get(appeal_against=refused).reason == "Read it again."
