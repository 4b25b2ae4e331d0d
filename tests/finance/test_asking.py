"""Who asks for a charge to be waived, for which reason, until when; signed in, and by the link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from bookings.access import waiver_token
from bookings.models import WaiverPractice, WaiverReason
from bookings.rules.waivers import AskedAs, Asker, AskUntil, DecidedBy
from finance.models import MitigationCase
from finance.rules.states import ChargeState, MitigationState
from outbox.models import Message
from partnerships.models import Employment
from partnerships.rules.refused import Refused
from tenancy import activate
from tests.finance.asking import absent, ask, decide, late, listed
from tests.world import Browser, World, booking, in_days, page_as

pytestmark = pytest.mark.usefixtures("unprinted")
WORDS = {"ground": "other", "reason": "I was taken to hospital."}


@pytest.mark.parametrize(
    ("part", "asked_as"),
    [
        ("practitioner", AskedAs.DELEGATE),
        ("manager", AskedAs.MANAGER),
        ("agency_lead", AskedAs.MANAGER),
        ("coordinator", AskedAs.TEAM),
        ("administrator", AskedAs.TEAM),
        ("colleague", None),
        ("other_agency_lead", None),
        ("trainer", None),
        ("finance", None),
        ("subgroup", None),
    ],
)
def test_who_can_ask(world: World, part: str, asked_as: AskedAs | None) -> None:
    one, who = absent(world.harbour.practitioner), world.harbour.cast[part]
    address = reverse("ask_waiver", args=[one.booking.reference])
    page = page_as(who)
    assert page.get(address).status_code == (404 if asked_as is None else 200)
    answer = page.post(address, WORDS | {"charge": one.pk})
    if asked_as is None:
        assert answer.status_code == 404
        with pytest.raises(Refused, match="cannot ask about this booking"):
            ask(one, who)
        return
    assert answer.status_code == 302
    made = MitigationCase.objects.get()
    assert (made.asked_by, made.asked_as, made.reason) == (who, asked_as, WORDS["reason"])


@pytest.mark.parametrize(
    ("fields", "part", "why"),
    [
        ({"asker": Asker.MANAGER}, "practitioner", "Only the person’s manager"),
        ({"asker": Asker.DELEGATE}, "agency_lead", "Only the person who had the place"),
        ({"asker": Asker.MANAGER}, "agency_lead", ""),
        ({"asker": Asker.DELEGATE}, "coordinator", ""),
        ({"until": AskUntil.AFTER_EVENT, "days": 2}, "practitioner", "time limit for this reason"),
        ({"until": AskUntil.AFTER_EVENT, "days": 3}, "practitioner", ""),
        ({"until": AskUntil.AFTER_EVENT, "days": 2}, "coordinator", ""),
        ({"until": AskUntil.AFTER_CHARGE, "days": 0}, "practitioner", ""),
        ({"evidence_needed": True}, "practitioner", "This reason needs evidence"),
        ({"is_active": False}, "practitioner", "no longer on our list"),
    ],
)
def test_what_a_reason_of_the_list_asks_for(
    world: World, fields: dict[str, Any], part: str, why: str
) -> None:
    one, ground = absent(world.harbour.practitioner), listed(**fields)
    who = world.harbour.cast[part]
    if not why:
        assert ask(one, who, ground=ground).ground == ground
        return
    with pytest.raises(Refused, match=why):
        ask(one, who, ground=ground)
    assert not MitigationCase.objects.exists()


@pytest.mark.parametrize(("hours", "refused"), [(2, False), (-2, True)])
def test_a_time_before_the_event_is_compared_with_the_message(
    world: World, hours: int, refused: bool
) -> None:
    """The message came so many hours before the last moment to tell us: the start of the event two days ago."""
    one = late(world.harbour.practitioner)
    place = one.booking
    place.event.starts_at = in_days(-2)
    place.event.ends_at = in_days(-2) + timedelta(hours=6)
    place.event.save()
    place.cancel_received_at = place.event.starts_at - timedelta(hours=hours)
    place.save()
    ground = listed(until=AskUntil.BEFORE_EVENT, days=0)
    if refused:
        with pytest.raises(Refused, match=r"Your message arrived at"):
            ask(one, ground=ground)
    else:
        assert ask(one, ground=ground).checks == []


def test_if_the_booking_says_nothing_of_a_message_whoever_decides_is_told_to_check(
    world: World,
) -> None:
    one = absent(world.harbour.practitioner)
    case = ask(one, ground=WaiverReason.objects.get(name="Sickness on the day"), evidence="Ask her")
    [check] = case.checks
    assert "the booking does not say when we were" in check
    page = page_as(world.harbour.finance).get(case.get_absolute_url()).content.decode()
    assert "Check your emails and calls." in page
    assert one.booking.policy.clause in page
    assert "Tell us by 10am on the day of the event." in page
    assert "Your manager’s confirmation" in page


def test_a_request_keeps_what_it_was_told(world: World) -> None:
    ground = listed(steps="Ring us.")
    case = ask(absent(world.harbour.practitioner), ground=ground)
    ground.steps = "Write to us."
    ground.save()
    case.refresh_from_db()
    assert dict(case.told)["What to do"] == "Ring us."


def test_what_no_one_has_to_look_at_is_waived_at_once(world: World) -> None:
    one, ground = absent(world.harbour.practitioner), listed(decided_by=DecidedBy.RULE)
    address = reverse("ask_waiver", args=[one.booking.reference])
    page = page_as(world.harbour.practitioner)
    sent = {"charge": one.pk, "ground": ground.pk, "reason": "My mother died."}
    shown = page.post(address, sent, follow=True).content.decode()
    assert "We have waived the charge." in shown
    one.refresh_from_db()
    case = MitigationCase.objects.get()
    assert (one.state, case.state, case.decided_by) == (
        ChargeState.WAIVED,
        MitigationState.GRANTED,
        None,
    )
    assert "our rules waive the charge" in one.decision_reason


def test_with_a_rule_the_decider_only_accepts_the_evidence(world: World) -> None:
    ground = listed(decided_by=DecidedBy.RULE, evidence_needed=True)
    case = ask(absent(world.harbour.practitioner), ground=ground, evidence="A letter")
    assert case.is_open
    page, address = page_as(world.harbour.finance), case.get_absolute_url()
    assert "Accept the evidence and waive the charge" in page.get(address).content.decode()
    assert page.post(address, {"outcome": "granted"}).status_code == 302
    case.refresh_from_db()
    assert "the evidence has been accepted" in case.decision


def test_a_decision_without_a_rule_needs_a_reason(world: World) -> None:
    case = ask(absent(world.harbour.practitioner))
    page = page_as(world.harbour.finance)
    shown = page.post(case.get_absolute_url(), {"outcome": "granted"}).content.decode()
    assert "Enter the reason for the decision" in shown
    case.refresh_from_db()
    assert case.is_open


# --- no requests, or listed ones only ----------------------------------------------------------------


def test_where_no_requests_are_accepted_the_pages_say_so(world: World) -> None:
    WaiverPractice.objects.create(accepts="none")
    one, who = absent(world.harbour.practitioner), page_as(world.harbour.practitioner)
    address = reverse("ask_waiver", args=[one.booking.reference])
    assert address not in who.get(one.booking.get_absolute_url()).content.decode()
    for shown in (who.get(address), who.post(address, WORDS | {"charge": one.pk})):
        assert "We do not waive charges" in shown.content.decode()
    assert "you cannot ask for one to be waived" in charges_page()
    with pytest.raises(Refused, match="do not accept requests"):
        ask(one)
    assert not MitigationCase.objects.exists()


def test_only_listed_reasons(world: World) -> None:
    WaiverPractice.objects.create(accepts="listed")
    one = absent(world.harbour.practitioner)
    with pytest.raises(Refused, match="only accept the reasons on our list"):
        ask(one)
    assert ask(one, ground=listed()).is_open
    assert "We accept no other reasons." in charges_page()


def test_any_other_reason_ends_some_days_after_the_charge(world: World) -> None:
    WaiverPractice.objects.create(ask_days=10)
    one = absent(world.harbour.practitioner)
    one.created_at = timezone.now() - timedelta(days=11)
    one.save()
    WaiverReason.objects.update(is_active=False)
    page = page_as(world.harbour.practitioner)
    shown = page.get(reverse("ask_waiver", args=[one.booking.reference])).content.decode()
    assert "It is too late to ask." in shown
    assert "<form" not in shown.split("<main")[1].split("</main")[0]
    with pytest.raises(Refused, match="too late to ask"):
        ask(one)
    assert ask(one, world.harbour.coordinator).asked_as == AskedAs.TEAM


def charges_page() -> str:
    """What visitors read about charges."""
    return " ".join(Browser().get(reverse("charging")).content.decode().split())


def test_the_page_about_charges_lists_the_reasons(world: World) -> None:
    shown = charges_page()
    for words in (
        "Sickness on the day",
        "Tell us by 10am on the day of the event.",
        "The manager’s letter or email.",
        "Ask within 28 days of the charge.",
        "you can appeal within 14 days",
    ):
        assert words in shown


# --- the link ----------------------------------------------------------------------------------------


def test_the_link_in_the_email_needs_no_sign_in(world: World) -> None:
    one, who = absent(world.harbour.practitioner), world.harbour.practitioner
    address = reverse("ask_waiver_by_link", args=[waiver_token(one.booking, who)])
    visitor = Browser()
    shown = visitor.get(address).content.decode()
    assert one.why.clause in shown
    assert "You can ask until the end of" in shown
    answer = visitor.post(address, WORDS | {"charge": one.pk}, follow=True)
    assert "We have received your request." in answer.content.decode()
    assert "I was taken to hospital." in answer.content.decode()
    made = MitigationCase.objects.get()
    assert (made.asked_by, made.asked_as) == (who, AskedAs.DELEGATE)


def test_links_of_others_lead_nowhere(world: World) -> None:
    one, town = absent(world.harbour.practitioner), world.harbour
    good = waiver_token(one.booking, town.practitioner)
    with activate(world.moorland.partnership):
        theirs = waiver_token(
            absent(world.moorland.practitioner).booking, world.moorland.practitioner
        )
    other_purpose = signing.dumps(
        [town.partnership.pk, one.booking.pk, str(town.practitioner.pk)], salt="bookings.offer"
    )
    strangers = waiver_token(one.booking, town.other_practitioner)
    for token in (good[:-2], theirs, other_purpose, strangers, "x"):
        for name, more in (
            ("ask_waiver_by_link", ()),
            ("appeal_waiver_by_link", (1,)),
            ("waiver_file_by_link", (1,)),
        ):
            address = reverse(name, args=[token, *more])
            assert Browser().get(address).status_code == 404, (token, name)
            assert Browser().post(address, WORDS).status_code in {404, 405}


def test_a_link_ends_with_the_part_that_the_person_had(world: World) -> None:
    one, lead = absent(world.harbour.practitioner), world.harbour.agency_lead
    token = waiver_token(one.booking, lead)
    address = reverse("ask_waiver_by_link", args=[token])
    assert Browser().get(address).status_code == 200
    Employment.objects.filter(membership=lead).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert Browser().get(address).status_code == 404


def test_what_someone_said_is_only_for_whoever_said_it(world: World) -> None:
    one = absent(world.harbour.practitioner)
    ask(one, reason="A private illness")
    lead = page_as(world.harbour.agency_lead)
    shown = lead.get(reverse("ask_waiver", args=[one.booking.reference])).content.decode()
    assert "We are looking at it" in shown
    assert "A private illness" not in shown


# --- who is told -------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [MitigationState.GRANTED, MitigationState.REFUSED])
def test_the_agency_is_told_the_outcome_and_nothing_of_the_grounds(
    world: World, outcome: MitigationState
) -> None:
    town = world.harbour
    case = ask(absent(town.practitioner), reason="A private illness")
    decide(case, town.finance, outcome, decision="The hospital confirms it.")
    told = Message.objects.get(key__startswith=f"mitigation:{case.pk}:agency:")
    assert told.to_email == town.agency_lead.user.email
    for private in ("private illness", "hospital"):
        assert private not in told.text + told.html
    assert ("has been waived" in told.subject) is (outcome == MitigationState.GRANTED)


def test_the_finance_office_is_told_if_the_agency_has_given_one(world: World) -> None:
    school = world.harbour.school
    school.finance_email = "pay@example.org"
    school.save()
    case = ask(absent(world.harbour.practitioner))
    decide(case, world.harbour.finance, MitigationState.GRANTED)
    told = Message.objects.filter(key__startswith=f"mitigation:{case.pk}:agency:")
    assert [one.to_email for one in told] == ["pay@example.org"]


# --- a colleague -------------------------------------------------------------------------------------


def test_a_colleague_who_took_the_place_settles_the_request(world: World) -> None:
    town, one = world.harbour, late(world.harbour.practitioner)
    case = ask(one)
    page, address = page_as(town.finance), case.get_absolute_url()
    assert "A colleague took the place" not in page.get(address).content.decode()
    place = one.booking
    booking(person=town.other_practitioner, event=place.event, booked_at=timezone.now())
    later = booking(person=town.colleague, event=place.event, booked_at=timezone.now())
    shown = page.get(address).content.decode()
    assert "A colleague took the place" in shown
    assert str(town.other_practitioner) not in shown
    page.post(address, {"outcome": "substituted", "colleague": later.pk})
    case.refresh_from_db()
    one.refresh_from_db()
    assert (one.state, case.state) == (ChargeState.WAIVED, MitigationState.SUBSTITUTED)
    assert case.decision.startswith(f"{town.colleague} took the place")


def test_no_one_else_can_be_named_as_the_colleague(world: World) -> None:
    town, one = world.harbour, late(world.harbour.practitioner)
    case = ask(one)
    before = booking(person=town.colleague, event=one.booking.event, booked_at=in_days(-9))
    for who in (None, before, booking(person=town.trainer, event=one.booking.event)):
        with pytest.raises(Refused, match="No colleague from the same agency"):
            decide(case, town.finance, MitigationState.SUBSTITUTED, colleague=who)
