"""The list of reasons, the report of waivers, the pages of requests: who sees them, what they say, what they ask."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.access import waiver_token
from bookings.models import WaiverPractice, WaiverReason
from bookings.operations.close_register import close_register
from bookings.operations.reopen_register import reopen_register
from bookings.rules.states import BookingState, Mark
from bookings.rules.waivers import Asker, AskUntil, DecidedBy
from finance.operations.decide_charge import decide_charge
from finance.rules.evidence import FileKind, SentFile
from finance.rules.states import MitigationState
from outbox.models import Message, MessageState
from tests.finance.asking import SAMPLES, absent, ask, decide, listed
from tests.finance.test_exemptions import exempt
from tests.world import Browser, World, attendance, booking, event, in_days, page_as, person

pytestmark = pytest.mark.usefixtures("unprinted")
PAGES = [
    "mitigation_cases",
    "waivers",
    "waivers_csv",
    "waiver_reasons",
    "new_waiver_reason",
    "exemptions",
    "new_exemption",
]
REASON: dict[str, Any] = {
    "name": "Strike on the railway",
    "steps": "Send us the announcement.",
    "evidence": "The announcement.",
    "evidence_needed": "on",
    "asker": Asker.DELEGATE.value,
    "until": AskUntil.BEFORE_EVENT.value,
    "days": "1",
    "by": "17:00",
    "decided_by": DecidedBy.RULE.value,
    "is_active": "on",
}


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("finance", 200),
        ("coordinator", 200),
        ("administrator", 200),
        ("practitioner", 403),
        ("agency_lead", 403),
        ("manager", 403),
        ("trainer", 403),
        ("subgroup", 403),
    ],
)
def test_who_sees_the_pages(world: World, part: str, status: int) -> None:
    page = page_as(world.harbour.cast[part])
    assert {page.get(reverse(name)).status_code for name in PAGES} == {status}


def test_a_reason_is_added_changed_and_taken_out_of_use(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    assert page.post(reverse("new_waiver_reason"), REASON).status_code == 302
    made = WaiverReason.objects.get(name=REASON["name"])
    assert (made.days, made.by and made.by.hour, made.evidence_needed) == (1, 17, True)
    assert made.position == 4
    assert (
        "Tell us by 5pm, 1 day before the event."
        in page.get(reverse("waiver_reasons")).content.decode()
    )
    address = reverse("waiver_reason", args=[made.pk])
    page.post(address, {name: value for name, value in REASON.items() if name != "is_active"})
    made.refresh_from_db()
    assert not made.is_active
    assert made.name not in Browser().get(reverse("charging")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "Bereavement"}, "There is already a reason with this name."),
        ({"days": "367"}, "Number of days must be 366 or less"),
        ({"days": "-1"}, "Number of days must be 0 or more"),
        ({"days": "soon"}, "must be a whole number"),
        ({"until": "never"}, "Select your answer from the list"),
        ({"until": "after_event"}, "Only enter a time if"),
        ({"by": "25:00"}, "must be a real time"),
    ],
)
def test_bad_input_is_refused_and_kept(world: World, wrong: dict[str, Any], said: str) -> None:
    page = page_as(world.harbour.finance)
    shown = page.post(reverse("new_waiver_reason"), REASON | wrong).content.decode()
    assert said in shown.replace("&quot;", '"')
    assert REASON["steps"] in shown
    assert not WaiverReason.objects.filter(name=REASON["name"]).exists()


def test_how_requests_are_answered_is_set_in_the_browser(world: World) -> None:
    page, address = page_as(world.harbour.finance), reverse("waiver_reasons")
    page.post(address, {"accepts": "listed", "ask_days": "10", "appeal_days": "0"})
    kept = WaiverPractice.objects.get()
    assert (kept.accepts, kept.ask_days, kept.appeal_days) == ("listed", 10, 0)
    shown = page.post(address, {"accepts": "", "ask_days": "0", "appeal_days": "x"})
    assert shown.status_code == 200
    assert WaiverPractice.objects.get().ask_days == 10


def test_a_new_partnership_starts_with_the_usual_reasons(world: World) -> None:
    assert list(WaiverReason.objects.values_list("name", flat=True)) == [
        "Sickness on the day",
        "Bereavement",
        "Emergency at work",
    ]


def test_the_report_sums_by_agency_and_reason(world: World) -> None:
    town, ground = world.harbour, listed(name="Strike")
    for who in (town.practitioner, town.colleague):
        case = ask(absent(who), ground=ground)
        decide(case, town.finance, MitigationState.GRANTED)
    decide(ask(absent(town.manager), ground=ground), town.finance, MitigationState.REFUSED)
    decide(ask(absent(town.other_practitioner)), town.finance, MitigationState.GRANTED)
    by_itself = absent(town.agency_lead, state="to_review")
    decide_charge(charge=by_itself, amount=0, reason="Ours", by=town.finance, at=timezone.now())  # type: ignore[arg-type]
    absent(person(agency=town.council))
    exempt(world, agency=town.council)
    page = page_as(town.finance)
    rows = page.get(reverse("waivers")).context["rows"]
    assert [(one.agency, one.reason, one.waived, one.amount, one.refused) for one in rows] == [
        ("Harbour Care Homes", "Another reason", 1, 50, 0),
        ("Harbour Council", "Exemption", 1, 50, 0),
        ("Harbour Primary School", "Strike", 2, 100, 1),
        ("Harbour Primary School", "Without a request", 1, 50, 0),
    ]
    file = page.get(reverse("waivers_csv")).content.decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(file)))
    assert len(lines) == 6
    assert {one["outcome"] for one in lines} == {"Waived", "Charge stands"}
    assert sum(float(one["amount"]) for one in lines) == 250


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 1),
        ("?first=2026-06-18&last=2026-06-18", 1),
        ("?first=2026-06-19&last=2026-07-01", 0),
        ("?first=2026-07-01&last=2026-06-01", 1),  # refused, so the training year
        ("?first=nonsense", 1),
    ],
)
def test_the_report_is_of_a_period(world: World, query: str, number: int) -> None:
    case = ask(absent(world.harbour.practitioner))
    decide(case, world.harbour.finance, MitigationState.GRANTED)
    for name in ("waivers", "waivers_csv"):
        page = page_as(world.harbour.finance).get(reverse(name) + query)
        assert page.status_code == 200
        if name == "waivers":
            assert len(page.context["rows"]) == number


def test_pages_ask_the_same_number_of_questions_however_much_there_is(
    world: World, django_assert_max_num_queries: Any
) -> None:
    town = world.harbour
    one = absent(town.practitioner)
    case = ask(one, files=[SentFile(*SAMPLES[FileKind.PDF])])
    for who in (town.colleague, town.manager, town.agency_lead, town.other_practitioner):
        ask(absent(who), ground=listed(name=f"For {who}"))
    for number in range(5):
        decide(ask(absent(person(agency=town.school))), town.finance, MitigationState.GRANTED)
        exempt(world, -100 - number, -100)
    page = page_as(town.finance)
    for address in (*(reverse(name) for name in PAGES), case.get_absolute_url()):
        page.get(address)
        with django_assert_max_num_queries(12, info=address):
            assert page.get(address).status_code == 200
    delegate = page_as(town.practitioner)
    by_link = reverse("ask_waiver_by_link", args=[waiver_token(one.booking, town.practitioner)])
    for browser, address in (
        (delegate, reverse("ask_waiver", args=[one.booking.reference])),
        (Browser(), by_link),
        (Browser(), reverse("charging")),
    ):
        browser.get(address)
        with django_assert_max_num_queries(12, info=address):
            assert browser.get(address).status_code == 200


def test_the_email_about_a_charge_goes_to_the_delegate_and_whoever_answers_for_them(
    world: World,
) -> None:
    over = event(starts_at=in_days(-1))
    place = booking(person=world.harbour.practitioner, event=over, state=BookingState.BOOKED)
    for session in over.sessions.all():
        attendance(booking=place, mark=Mark.ABSENT, session=session)
    close_register(event=over, by=world.harbour.coordinator, at=timezone.now())
    told = Message.objects.filter(about=place.reference, key__startswith="charge:")
    assert {one.to_email for one in told} == {
        world.harbour.practitioner.user.email,
        world.harbour.manager.user.email,
    }
    for one in told:
        assert "£75.00" in one.text
        assert "Ask by the end of" in one.text
        assert "/waiver/" in one.text
    reopen_register(event=over, by=world.harbour.coordinator, at=timezone.now())
    assert {one.state for one in told.all()} == {MessageState.CANCELLED}
    close_register(event=over, by=world.harbour.coordinator, at=timezone.now())
    assert told.filter(state=MessageState.PENDING).count() == 2
