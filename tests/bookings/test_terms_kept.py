"""What was quoted is what is charged, and a deadline is one value: nothing newer decides about a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from bookings.models import (
    Booking,
    ChargingPolicy,
    NoticeException,
    PriceRow,
    RegisterException,
)
from bookings.operations.accept_offer import accept_offer
from bookings.operations.book_place import book_place
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.copy_policy import copy_policy
from bookings.operations.move_event import move_event
from bookings.operations.substitute import substitute
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.steps.fix_terms import fix_terms
from bookings.terms.agreement import terms_of
from bookings.terms.booking_request import BookingRequest
from bookings.terms.desk import open_desk
from bookings.terms.policies import policy_in_force
from courses.models import Course, Session
from courses.rules.states import EventType
from finance.models import Charge
from finance.rules.states import ChargeState
from govuk.rules.phrases import moment
from outbox.models import Message
from partnerships.models import (
    AgencyFacts,
    Area,
    ClosureDay,
    PayerClass,
    Sector,
    WorkforceGroup,
)
from partnerships.rules.agencies import UsualPayerClass
from partnerships.rules.refused import Refused
from tests.world import (
    World,
    course,
    event,
    fill,
    in_days,
    newer_policy,
    offer,
    page_as,
    price,
    waiting_entry,
)


@pytest.fixture
def place(world: World) -> Booking:
    """A partner's place in ten weeks; cancelling late costs £40."""
    who = world.harbour.practitioner
    made = book_place(
        request=BookingRequest(
            event=event(starts_at=in_days(70), course=course(group=world.harbour.groups[2])),
            membership=who,
            employment=who.employments.get(),
            by=who,
        ),
        now=timezone.now(),
    )
    assert isinstance(made, Booking)
    assert made.quote["late_cancellation"]["amount"] == "40.00"
    return made


def charged_late(place: Booking) -> Charge:
    """The charge of a cancellation an hour before the event."""
    late = place.event.starts_at - timedelta(hours=1)
    cancel_booking(booking=place, by=place.membership, received_at=late, entered_at=late)
    return Charge.objects.get(booking=place)


def new_prices(world: World) -> None:
    newer = newer_policy(world.harbour.policy)
    newer.prices.filter(kind=ChargeKind.LATE_CANCELLATION).update(amount=Decimal(90))


def other_payer_class(world: World) -> None:
    other = PayerClass.objects.get(code=UsualPayerClass.NOT_FOR_PROFIT)
    AgencyFacts.objects.filter(agency=world.harbour.school).update(payer_class=other)
    newer = newer_policy(world.harbour.policy)
    price(
        policy=newer,
        kind=ChargeKind.LATE_CANCELLATION,
        amount="90.00",
        payer_class=UsualPayerClass.NOT_FOR_PROFIT,
    )


def other_facts_of_the_agency(world: World) -> None:
    AgencyFacts.objects.update(sector=Sector.objects.last(), area=Area.objects.last())


def other_course_facts(world: World) -> None:
    Course.objects.update(
        event_type=EventType.CONFERENCE, group=world.harbour.groups[1], reference="RENAMED"
    )


def another_policy(world: World) -> None:
    newer_policy(world.harbour.policy, clause="Twenty days.", notice=20)


def renamed_group(world: World) -> None:
    WorkforceGroup.objects.filter(pk=world.harbour.groups[2].pk).update(name="Renamed")


@pytest.mark.parametrize(
    "change",
    [
        *(new_prices, other_payer_class, other_facts_of_the_agency, other_course_facts),
        *(another_policy, renamed_group),
    ],
)
def test_nothing_that_changes_after_booking_changes_what_was_quoted(
    world: World, place: Booking, change: Callable[[World], None]
) -> None:
    change(world)
    charge = charged_late(Booking.objects.get(pk=place.pk))
    assert (charge.amount, charge.state) == (Decimal("40.00"), ChargeState.TO_REVIEW)
    assert charge.explanation["steps"] == place.quote["late_cancellation"]["steps"]


def test_a_longer_event_costs_what_the_shorter_one_was_quoted_at(world: World) -> None:
    PriceRow.objects.filter(kind=ChargeKind.LATE_CANCELLATION).update(base=FeeBase.PER_HALF_DAY)
    who, at = world.harbour.practitioner, event(starts_at=in_days(70), hours=3)
    words: dict[str, Any] = {"employment": who.employments.get(), "by": who}
    place = book_place(
        request=BookingRequest(event=at, membership=who, **words), now=timezone.now()
    )
    assert isinstance(place, Booking)
    Session.objects.update(ends_at=at.starts_at + timedelta(hours=8))
    assert charged_late(Booking.objects.get(pk=place.pk)).amount == Decimal("40.00")


def test_new_prices_hold_for_new_bookings(world: World, place: Booking) -> None:
    new_prices(world)
    who = world.harbour.colleague
    other = book_place(
        request=BookingRequest(
            event=place.event, membership=who, employment=who.employments.get(), by=who
        ),
        now=timezone.now(),
    )
    assert isinstance(other, Booking)
    assert other.policy != place.policy
    assert charged_late(other).amount == Decimal("90.00")


class TestAPolicyThatSomebodyAgreedTo:
    """The database keeps it fixed for everyone, with its prices and its exceptions."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda: PriceRow.objects.update(amount=Decimal(90)),
            lambda: PriceRow.objects.all().delete(),
            lambda: PriceRow.objects.create(
                policy=ChargingPolicy.objects.get(),
                kind=ChargeKind.NO_SHOW,
                outcome=FeeOutcome.FREE,
                clause="Free for some.",
            ),
            lambda: NoticeException.objects.create(
                policy=ChargingPolicy.objects.get(), name="Briefings", notice=1
            ),
            lambda: RegisterException.objects.create(
                policy=ChargingPolicy.objects.get(), name="Briefings", clause="No minutes."
            ),
            lambda: ChargingPolicy.objects.update(valid_from=date(2030, 1, 1)),
            lambda: ChargingPolicy.objects.update(notice=30),
        ],
    )
    def test_refuses(self, place: Booking, change: Callable[[], object]) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    def test_a_draft_can_change(self, world: World, place: Booking) -> None:
        draft = copy_policy(policy=world.harbour.policy, valid_from=date(2040, 1, 1))
        draft.prices.update(amount=Decimal(1), outcome=FeeOutcome.AMOUNT)
        draft.valid_from = date(2041, 1, 1)
        draft.save()

    def test_is_shown_as_it_is_in_the_admin(self, world: World, place: Booking) -> None:
        where = f"/harbour/manage/records/bookings/chargingpolicy/{place.policy_id}/change/"
        page = page_as(world.harbour.administrator).get(where)
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()

    def test_is_copied_to_make_a_new_one(self, world: World, place: Booking) -> None:
        old = place.policy
        administrator = page_as(world.harbour.administrator)
        administrator.post(reverse("new_policy"), {"version": old.version})
        new = ChargingPolicy.objects.exclude(pk=old.pk).get()
        assert (new.agreed_since, new.released_at) == (None, None)
        assert policy_in_force(timezone.now()) == old, "no one has looked at the copy yet"
        clauses = [[row.clause for row in one.prices.all()] for one in (old, new)]
        assert clauses[0] == clauses[1]


class TestTheCodeOfAGroup:
    """Is what policies name the group by: another code, or the same code for another group, would change what they
    cover."""

    def test_stays_in_the_database(self, place: Booking) -> None:
        group = WorkforceGroup.objects.get(pk=place.group_id)
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            WorkforceGroup.objects.filter(pk=group.pk).update(code="another")
        WorkforceGroup.objects.filter(pk=group.pk).update(code=group.code, name="Another")

    def test_is_not_freed_by_deleting_a_group_that_somebody_booked_in(self, place: Booking) -> None:
        with pytest.raises(ProtectedError):
            WorkforceGroup.objects.get(pk=place.group_id).delete()
        past_the_orm = "DELETE FROM partnerships_workforcegroup WHERE id = %s"
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
                cursor.execute(past_the_orm, [place.group_id])

    def test_is_given_once_in_the_admin(self, world: World) -> None:
        page = page_as(world.harbour.administrator)
        where = "/harbour/manage/records/partnerships/workforcegroup/"
        sent = {"code": "new", "name": "New", "description": "", "position": "90"}
        assert page.post(f"{where}add/", sent).status_code == 302
        group = WorkforceGroup.objects.get(code="new")
        sent |= {"code": "newer", "name": "Newer"}
        assert page.post(f"{where}{group.pk}/change/", sent).status_code == 302
        group.refresh_from_db()
        assert (group.code, group.name) == ("new", "Newer")


def test_a_price_that_changed_while_the_form_was_open_is_shown_before_it_is_booked(
    world: World,
) -> None:
    at = event(starts_at=in_days(70))
    browser, address = page_as(world.harbour.practitioner), f"/harbour/events/{at.reference}/book/"
    form = browser.get(address).context["ask"]
    sent = {
        "manager_declared": "on",
        "accept_policy": "on",
        "terms": form["terms"].value(),
        "submission": form["submission"].value(),
        "access_needs": "Hearing loop",
    }
    new_prices(world)
    page = browser.post(address, sent)
    assert page.status_code == 409
    assert "have changed since this page was shown" in page.content.decode()
    assert "£90.00" in page.content.decode()
    assert "Hearing loop" in page.content.decode()
    assert not Booking.objects.exists()
    sent["terms"] = page.context["ask"]["terms"].value()
    assert browser.post(address, sent).status_code == 302
    assert Booking.objects.get().quote["late_cancellation"]["amount"] == "90.00"


class TestTheDeadline:
    """The instant and its grounds are one value, in the row, on the page and in every mail."""

    def assert_one_value(self, place: Booking, template: str) -> None:
        place = Booking.objects.get(pk=place.pk)
        told = moment(place.cancel_by, timezone.get_current_timezone())
        assert told in place.deadline.why.steps[-1]
        mail = Message.objects.filter(about=place.reference, key__contains=f":{template}").latest(
            "pk"
        )
        for text in (mail.text, mail.html):
            assert told in text
            assert place.deadline.why.steps[-1] in text
        page = page_as(place.membership).get(place.get_absolute_url()).content.decode()
        assert f"Cancelling is free until {told}" in page
        assert place.deadline.why.steps[-1] in page

    def test_after_booking(self, place: Booking) -> None:
        self.assert_one_value(place, "booked")

    def test_after_an_accepted_offer(self, world: World) -> None:
        at = event(starts_at=in_days(5), capacity=1)
        offered = offer(entry=waiting_entry(person=world.harbour.practitioner, event=at))
        made = accept_offer(offer=offered, by=offered.entry.membership, now=timezone.now())
        assert made.free_until > timezone.now()
        self.assert_one_value(made, "booked")

    @pytest.mark.parametrize("days", [14, -21, 200])
    def test_after_a_move(self, place: Booking, days: int) -> None:
        told = place.free_until
        to = place.event.starts_at + timedelta(days=days)
        move_event(event=place.event, starts_at=to, now=timezone.now())
        assert Booking.objects.get(pk=place.pk).free_until >= told
        self.assert_one_value(place, "changed")

    def test_after_a_handover_with_a_new_closure_day(self, world: World, place: Booking) -> None:
        ClosureDay.objects.create(day=timezone.localdate(place.free_until), name="Office move")
        successor = substitute(
            booking=place,
            employment=world.harbour.colleague.employments.get(),
            by=place.membership,
            now=timezone.now(),
        )
        assert successor.free_until == place.free_until
        assert "already given for this place" in successor.deadline.why.steps[-2]
        self.assert_one_value(successor, "booked")

    def test_of_an_offer_is_told_before_as_it_is_kept_after(self, world: World) -> None:
        at = event(starts_at=in_days(5), capacity=3)
        fill(at, leaving=1)
        offered = offer(entry=waiting_entry(person=world.harbour.practitioner, event=at))
        now = timezone.now()
        policy = offered.entry.policy
        agreed = terms_of(at, policy).for_agency(offered.entry.agency)
        shown = agreed.deadline_after_offer(now, policy.offer_grace_hours)
        assert accept_offer(offer=offered, by=offered.entry.membership, now=now).deadline == shown


@pytest.mark.parametrize("what", ["policy", "prices"])
def test_nobody_is_booked_on_terms_that_changed_between_reading_and_booking(
    world: World, what: str
) -> None:
    desk = open_desk(event(starts_at=in_days(70)), timezone.now())
    assert desk.terms.prices, "read for the page"
    if what == "policy":
        ChargingPolicy.objects.update(notice=90)
    else:
        PriceRow.objects.filter(amount=40).update(amount=Decimal(99))
        ChargingPolicy.objects.update(agreed_since=timezone.now())  # someone else was quicker
    with pytest.raises(Refused, match="just been changed"):
        fix_terms(terms=desk.terms, now=timezone.now())


def test_sending_a_colleague_fixes_no_policy_that_nobody_is_booked_on(
    world: World, place: Booking
) -> None:
    newer = newer_policy(world.harbour.policy)
    colleague = substitute(
        booking=place,
        employment=world.harbour.colleague.employments.get(),
        by=place.membership,
        now=timezone.now(),
    )
    newer.refresh_from_db()
    assert newer.agreed_since is None
    assert colleague.policy_id == place.policy_id
