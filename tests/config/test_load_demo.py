"""The demonstration: complete, the same every time, and consistent in the eyes of the sweeps."""

from __future__ import annotations

import stat
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Sum

from bookings.models import Booking, ChargingPolicy, Offer, PriceRow, WaitingListEntry
from bookings.rules.eligibility import Applicant, EventOnOffer, eligibility
from bookings.rules.states import BookingState, WaitingState
from bookings.terms.facts import groups_for
from competencies.models import Pathway, Requirement
from config.sweeps import SWEEPS, run_sweep
from courses.models import Course, Event, TrainingRecord
from courses.rules.states import EventState, GroupPolicy
from evaluation.models import Answer, Certificate, SurveyInvitation
from evaluation.rules.states import InvitationState, Stage
from finance.models import (
    Charge,
    CreditNote,
    Dispute,
    Invoice,
    MitigationCase,
    Payment,
    PurchaseOrder,
    Reversal,
)
from finance.reports.debt import with_status
from finance.reports.simulation import simulation
from finance.rules.debt import InvoiceStatus
from finance.rules.replay import THE_SAME
from finance.rules.states import ChargeState, MitigationState
from finance.terms.replay import replay_of
from outbox.models import Message, MessageState
from partnerships.models import Employment, EmploymentState, Membership, Partnership, User
from partnerships.rules.reasons import blocks
from partnerships.rules.roles import Role
from tenancy import activate
from tenancy.models import Change
from tests.config.demonstration import digest, watched_keys
from tests.world import Browser
from tests.world.money import print_nothing
from tools.demo import load as loading
from tools.demo.load import load
from tools.demo.reader import SLUGS, people_of
from tools.demo.sign_ins import SIGN_INS, demo_password

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 22)
MORNING = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Europe/London"))
PASSWORD = "shown-on-the-screen-1"


class Undo(Exception):
    """Takes a load back."""


@pytest.mark.django_db
def test_loading_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise Undo

    monkeypatch.setattr(loading, "load_events", fail)
    with pytest.raises(Undo):
        load("london-nhs-trust", TODAY, "hash")
    assert not Partnership.objects.filter(slug="london-nhs-trust").exists()
    assert not User.objects.filter(email__endswith="@london-nhs-trust.example.org").exists()


@pytest.mark.django_db
def test_a_password_of_its_own_is_kept_for_this_user_only(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.VAR_DIR = tmp_path / "var"
    made = demo_password()
    assert len(made) >= 16
    assert demo_password() == made
    assert stat.S_IMODE((tmp_path / "var" / "demo-password").stat().st_mode) == 0o600


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"today": "tomorrow"}, {"partnership": "atlantis"}])
def test_a_wrong_option_gets_a_sentence(wrong: dict[str, str], monkeypatch: Any) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    with pytest.raises(CommandError):
        call_command("load_demo", *(f"--{key}={value}" for key, value in wrong.items()))
    assert not Partnership.objects.exists()


class Demo(NamedTuple):
    """What the load showed besides its rows."""

    earlier: dict[str, str]  # the digests of a load before it
    unread_keys: list[str]  # of the data files


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """All five partnerships, loaded once for this module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMO_PASSWORD", PASSWORD)
        print_nothing(patch)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    load("north-somerset", TODAY, "hash")
                    earlier = digest("north-somerset")
                    raise Undo
            except Undo:
                pass
            keys = watched_keys(patch)
            call_command("load_demo", today=str(TODAY), stdout=StringIO())
            connection.check_constraints()  # once, instead of at the end of every test
            yield Demo(earlier, keys.unread)
            transaction.set_rollback(True)


@pytest.fixture(params=SLUGS)
def town(request: pytest.FixtureRequest, demo: object, db: None) -> Iterator[Partnership]:
    """Each of the five in turn, active."""
    partnership = Partnership.objects.get(slug=request.param)
    with activate(partnership):
        yield partnership


def test_two_loads_of_one_day_are_equal(demo: Demo, db: None) -> None:
    assert digest("north-somerset") == demo.earlier


def test_every_key_of_the_files_is_used(demo: Demo, db: None) -> None:
    """A setting that nothing reads promises what the demonstration does not show."""
    assert demo.unread_keys == []


def test_a_second_run_changes_nothing_and_is_quick(demo: object, db: None) -> None:
    def changes() -> int:
        total = 0
        for partnership in Partnership.objects.all():
            with activate(partnership):
                total += Change.objects.count()
        return total

    before = changes(), User.objects.count()
    said, started = StringIO(), time.process_time()
    call_command("load_demo", today=str(TODAY + timedelta(days=3)), stdout=said)
    assert time.process_time() - started < 2
    assert (changes(), User.objects.count()) == before
    assert "Loaded" not in said.getvalue()


def test_the_table_of_sign_ins_has_all_of_them_and_the_password(demo: object, db: None) -> None:
    said = StringIO()
    call_command("load_demo", "--sign-ins", stdout=said)
    lines = said.getvalue().splitlines()
    for slug in SLUGS:
        for role in ("practitioner", "agency-lead", "other-practitioner", "finance", "subgroup"):
            assert any(f"{role}@{slug}.example.org" in line and PASSWORD in line for line in lines)


def test_another_password_in_the_environment_is_the_one_that_works(
    demo: object, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "quite-another-secret-2")
    call_command("load_demo", "--sign-ins", stdout=StringIO())
    for email in ("trainer@southampton.example.org", "finance@nottinghamshire.example.org"):
        assert User.objects.get(email=email).check_password("quite-another-secret-2")


def test_every_partnership_has_its_ten_sign_ins(town: Partnership) -> None:
    wanted = {
        "practitioner": Role.PRACTITIONER,
        "manager": Role.LINE_MANAGER,
        "agency-lead": Role.AGENCY_LEAD,
        "other-practitioner": Role.PRACTITIONER,
        "other-agency-lead": Role.AGENCY_LEAD,
        "trainer": Role.TRAINER,
        "coordinator": Role.COORDINATOR,
        "finance": Role.FINANCE_OFFICER,
        "subgroup": Role.SUBGROUP_MEMBER,
        "administrator": Role.ADMINISTRATOR,
    }
    assert len(wanted) == SIGN_INS == len(people_of(town.slug)[:SIGN_INS])
    for name, role in wanted.items():
        email = f"{name}@{town.slug}.example.org"
        member = Membership.objects.get(user__email=email)
        assert role in member.roles
        assert member.user.check_password(PASSWORD)
        assert EmailAddress.objects.filter(user=member.user, verified=True, primary=True).exists()
    first, second = (
        Employment.objects.get(membership__user__email=f"{who}@{town.slug}.example.org").agency_id
        for who in ("practitioner", "other-practitioner")
    )
    assert first != second


@pytest.mark.parametrize("role", ["practitioner", "coordinator", "administrator"])
def test_they_can_sign_in_through_the_form(demo: object, db: None, role: str) -> None:
    browser = Browser()
    answer = browser.post(
        "/southampton/accounts/login/",
        {"login": f"{role}@southampton.example.org", "password": PASSWORD},
    )
    assert answer.status_code == 302
    assert "_auth_user_id" in browser.session


def test_every_state_of_a_booking_occurs(demo: object, db: None) -> None:
    states: Counter[str] = Counter()
    for slug in SLUGS:
        with activate(Partnership.objects.get(slug=slug)):
            states.update(Booking.objects.values_list("state", flat=True))
    assert set(states) == set(BookingState.values())


def test_the_numbers_are_believable(demo: object, db: None) -> None:
    people, agencies, events = 0, 0, 0
    for partnership in Partnership.objects.all():
        with activate(partnership):
            people += Membership.objects.count()
            agencies += Membership.objects.values("employments__agency").distinct().count()
            events += Event.objects.count()
            ends = [event.starts_at for event in Event.objects.all()]
            assert (max(ends) - min(ends)).days > 365
            assert Employment.objects.filter(state=EmploymentState.PENDING).exists()
    assert 280 <= people <= 360
    assert 35 <= agencies <= 60
    assert 80 <= events <= 150


def test_no_invented_amount_goes_unmarked(town: Partnership) -> None:
    amounts = PriceRow.objects.filter(amount__gt=0)
    assert not amounts.filter(policy__is_example=False).exists()
    if town.slug in {"competence-matters", "london-nhs-trust"}:
        assert not Charge.objects.exists()
    else:
        assert ChargingPolicy.objects.filter(is_example=True).exists()


def test_nothing_is_mailed_about_the_past(town: Partnership) -> None:
    assert not Message.objects.exclude(state=MessageState.CANCELLED).exists()


def test_nobody_holds_a_place_that_is_closed_to_their_group(town: Partnership) -> None:
    seen = Booking.objects.values_list("event__course", "employment__group").distinct()
    for course in Course.objects.select_related("group"):
        groups = groups_for(course)
        target = (groups[course.group_id],) if course.group_id else ()
        offer = EventOnOffer(EventState.PUBLISHED, MORNING + timedelta(30), 1, None, target)
        offer = replace(offer, group_policy=GroupPolicy(course.group_policy))
        for _, group in seen.filter(event__course=course):
            person = Applicant(group=groups.get(group), agency_confirmed=True)
            assert not blocks(eligibility(person, offer, MORNING)), (course, group)


def test_capacity_and_history_hold(town: Partnership) -> None:
    for event in Event.objects.all():
        held = Booking.objects.filter(event=event, walk_in=False).holding_a_place().count()
        assert held + Offer.objects.filter(event=event).open().count() <= event.capacity, event
    for booking in Booking.objects.prefetch_related("transitions"):
        last = list(booking.transitions.all())[-1]
        assert last.to_state == booking.state
        assert last.at >= booking.booked_at
    overfull = WaitingListEntry.objects.filter(state=WaitingState.WAITING).values("event")
    assert overfull.exists()


@pytest.mark.parametrize("slug", ["southampton", "north-somerset", "nottinghamshire"])
def test_money_is_in_every_stage(demo: object, db: None, slug: str) -> None:
    with activate(Partnership.objects.get(slug=slug)):
        states = set(Charge.objects.values_list("state", flat=True))
        assert {ChargeState.TO_REVIEW, ChargeState.INVOICED} <= states
        assert CreditNote.objects.exists()
        assert MitigationCase.objects.filter(state=MitigationState.OPEN).exists()
        invoices = list(Invoice.objects.annotate(paid=Sum("payments__amount")).order_by("number"))
        assert 6 <= len(invoices) <= 50
        assert [one.issued_at for one in invoices] == sorted(one.issued_at for one in invoices)
        assert any(one.paid == one.gross for one in invoices)
        assert any(one.paid and one.paid < one.gross for one in invoices)
        assert any(one.paid is None and one.due_on < TODAY for one in invoices)
        assert Reversal.objects.exists()
        assert Payment.objects.filter(kind=Payment.Kind.REFUND).exists()
        assert with_status(InvoiceStatus.HELD, TODAY).exists()
        assert set(Dispute.objects.values_list("state", flat=True)) == {"open", "stands"}
        assert PurchaseOrder.objects.live().count() == 2
        explained = Charge.objects.exclude(explanation={})
        assert all(one.explanation["clause"] for one in explained)
        assert explained.count() == Charge.objects.count()


def test_every_charge_can_be_worked_out_again(town: Partnership) -> None:
    charges = Charge.objects.select_related("booking__event__course", "booking__policy")
    for charge in charges.select_related("booking__group"):
        assert replay_of(charge) == THE_SAME, charge


def test_the_policy_in_force_would_have_charged_what_was_charged(town: Partnership) -> None:
    """One version has held all the time, nothing is left out, and the draft beside it is dearer."""
    policy = ChargingPolicy.objects.released().get()
    found = simulation(policy, TODAY - timedelta(days=900), TODAY)
    assert found.total.bookings > 50
    assert (found.total.difference, found.left_out) == (0, 0)
    assert found.total.to_decide == found.total.simulated_to_decide
    for draft in ChargingPolicy.objects.filter(released_at=None):
        assert simulation(draft, TODAY - timedelta(days=900), TODAY).total.difference > 0


def test_answers_show_change_and_some_falls(town: Partnership) -> None:
    stages = dict.fromkeys((Stage.BASELINE, Stage.IMMEDIATE, Stage.IMPACT), 0.0)
    values: dict[tuple[int, int], dict[str, int]] = {}
    rows = Answer.objects.filter(number__isnull=False, question__subscale="confidence")
    columns = ("response__invitation__stage", "response__invitation__booking", "question__key")
    for stage, booking, key, number in rows.values_list(*columns, "number"):
        values.setdefault((booking, key), {})[stage] = number
    whole = [each for each in values.values() if set(stages) <= set(each)]
    assert len(whole) > 20
    mean = {stage: sum(each[stage] for each in whole) / len(whole) for stage in stages}
    assert mean[Stage.BASELINE] < mean[Stage.IMPACT] < mean[Stage.IMMEDIATE]
    pairs = [each for each in values.values() if {Stage.BASELINE, Stage.IMMEDIATE} <= set(each)]
    falls = [each for each in pairs if each[Stage.IMMEDIATE] < each[Stage.BASELINE]]
    assert 0 < len(falls) < len(pairs) / 5


def test_surveys_are_in_every_stage(town: Partnership) -> None:
    states = set(SurveyInvitation.objects.values_list("stage", "state"))
    for state in (InvitationState.ANSWERED, InvitationState.SENT, InvitationState.LAPSED):
        assert {(Stage.IMMEDIATE, state), (Stage.IMPACT, state)} <= states
    assert (Stage.IMPACT, InvitationState.PLANNED) in states


def test_the_practitioner_has_something_to_see(town: Partnership) -> None:
    me = Membership.objects.get(user__email=f"practitioner@{town.slug}.example.org")
    assert Booking.objects.filter(membership=me, state=BookingState.BOOKED).exists()
    assert Certificate.objects.filter(booking__membership=me).exists()
    wrong = Certificate.objects.get(withdrawn_at__isnull=False)
    right = Certificate.objects.valid().get(booking=wrong.booking_id)
    assert right.holder_name.startswith(wrong.holder_name)
    assert right.holder_name != wrong.holder_name
    assert TrainingRecord.objects.filter(membership=me).exists()
    assert SurveyInvitation.objects.filter(membership=me).open().exists()
    assert Requirement.objects.exists()
    assert Pathway.objects.exists()


def test_the_framework_of_london_is_whole(demo: object, db: None) -> None:
    """Seed 004: 68 courses; 3 hours x 7, 6 hours x 46, 12 hours x 13, five days x 2; nine pathways."""
    with activate(Partnership.objects.get(slug="competence-matters")):
        minutes = Counter(Course.objects.values_list("minutes", flat=True))
        assert [minutes[length] for length in (180, 360, 720)] == [7, 46, 13]
        assert minutes.total() == 68
        assert Pathway.objects.count() == 9


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sweeps_find_a_consistent_world(demo: object, db: None, slug: str) -> None:
    """The first knock does what falls due this morning, the second finds nothing more."""
    partnership = Partnership.objects.get(slug=slug)
    done = {sweep.name: run_sweep(sweep, partnership, MORNING) for sweep in SWEEPS}
    for name in ("offers expired", "places offered to the waiting list", "certificates issued"):
        assert done[name] == 0, name
    assert done["evaluations planned"] == done["trainers' evaluations planned"] == 0
    assert {
        sweep.name: run_sweep(sweep, partnership, MORNING) for sweep in SWEEPS
    } == dict.fromkeys(done, 0)
