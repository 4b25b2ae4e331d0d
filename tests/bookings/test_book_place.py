"""Booking a place: terms, reasons, places, approval."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking, BookingTransition, ChargingPolicy
from bookings.models.request import Details
from bookings.operations.book_place import book_place
from bookings.operations.expire_next_approval import expire_next_approval
from bookings.operations.settle_approval import settle_approval
from bookings.operations.settle_next_employment import settle_next_employment
from bookings.rules.states import ApprovalMode, BookingState
from bookings.terms.agreement import terms_of
from bookings.terms.booking_request import BookingRequest
from bookings.terms.desk import open_desk
from courses.models import Event
from courses.rules.states import EventState
from outbox.models import Message
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.rules.refused import Refused
from tests.world import World, course, event, fill, in_days, person, record, waiting_entry


def book(who: Membership, at: Event, **said: Any) -> Booking:
    """A place for someone, by themselves, now."""
    words: dict[str, Any] = {"by": who, "employment": job(who)} | said
    now, desk = words.pop("now", timezone.now()), words.pop("desk", None)
    request = BookingRequest(event=at, membership=who, **words)
    made = book_place(request=request, now=now, desk=desk)
    assert isinstance(made, Booking)
    return made


def job(who: Membership) -> Employment:
    return who.employments.get()


def codes_against(who: Membership, at: Event, **said: Any) -> frozenset[str]:
    """Why someone gets no place."""
    with pytest.raises(Refused) as refused:
        book(who, at, **said)
    return refused.value.codes


def test_a_booking_keeps_its_terms_and_its_first_line_of_history(world: World) -> None:
    who = world.harbour.practitioner
    made = book(who, event(starts_at=in_days(60)), details=Details(access_needs="Hearing loop"))
    assert made.state == BookingState.BOOKED
    assert made.policy == world.harbour.policy
    assert made.agency == world.harbour.school
    assert made.quote["attendance"]["outcome"] == "free"
    assert made.quote["no_show"]["amount"] == "75.00"
    terms = terms_of(made.event, made.policy)
    assert made.deadline == terms.deadline
    assert made.quote == terms.for_agency(made.agency).quote.to_json()
    step = BookingTransition.objects.get(booking=made)
    assert (step.from_state, step.to_state, step.by) == ("", BookingState.BOOKED, who)


def test_the_confirmation_goes_with_a_calendar_file(world: World) -> None:
    made = book(world.harbour.practitioner, event())
    mail = Message.objects.get(about=made.reference)
    assert mail.to_email == "practitioner@harbour.example.org"
    assert "Cancelling is free until" in mail.text
    assert f"/harbour/bookings/{made.reference}/" in mail.text
    assert "£75.00" in mail.html
    (calendar,) = mail.attachments
    assert calendar["name"] == f"{made.reference}.ics"
    assert "BEGIN:VEVENT" in calendar["content"]
    assert made.event.course.title in calendar["content"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"starts_at": in_days(-3)}, "event_past"),
        ({"state": EventState.CANCELLED}, "event_cancelled"),
        ({"state": EventState.DRAFT}, "event_not_published"),
        ({"bookings_close_at": in_days(-1)}, "bookings_closed"),
        ({"capacity": 0}, "full"),
    ],
)
def test_what_closes_an_event_is_said(world: World, fields: dict[str, Any], code: str) -> None:
    assert code in codes_against(world.harbour.practitioner, event(**fields))
    assert not Booking.objects.exists()
    assert not Message.objects.exists()


def test_nobody_has_two_places_at_one_event(world: World) -> None:
    at = event()
    book(world.harbour.practitioner, at)
    assert "already_booked" in codes_against(world.harbour.practitioner, at)


def test_the_same_form_sent_twice_gets_the_same_booking(world: World) -> None:
    at, details = event(), Details(submission="one-form")
    first = book(world.harbour.practitioner, at, details=details)
    again = book(world.harbour.practitioner, at, details=details)
    assert first == again
    assert Message.objects.count() == 1


def test_the_last_place_is_given_once(world: World) -> None:
    at = event(capacity=3)
    fill(at, leaving=1)
    book(world.harbour.practitioner, at)
    assert codes_against(world.harbour.colleague, at) == {"full"}


def test_a_free_place_belongs_to_whoever_waits(world: World) -> None:
    at = event(capacity=1)
    waiting_entry(person=world.harbour.colleague, event=at)
    assert "full" in codes_against(world.harbour.practitioner, at)


def test_past_the_cut_off_a_free_place_is_anybodys(world: World) -> None:
    at = event(capacity=1, starts_at=timezone.now() + timedelta(hours=20))
    waiting_entry(person=world.harbour.colleague, event=at)
    assert book(world.harbour.practitioner, at).state == BookingState.BOOKED


def test_a_job_of_somebody_else_is_refused(world: World) -> None:
    other = job(world.harbour.colleague)
    assert "employment_unknown" in codes_against(
        world.harbour.practitioner, event(), employment=other
    )


def test_a_desk_that_was_opened_before_the_event_was_held_is_not_believed(world: World) -> None:
    at = event(capacity=1)
    early = open_desk(at, timezone.now())
    fill(at)
    assert "full" in codes_against(world.harbour.practitioner, at, desk=early)


def test_groups_that_do_not_adjoin_are_refused_and_can_be_set_aside(world: World) -> None:
    at = event(course=course(group=world.harbour.groups[0]))
    who, lead = world.harbour.practitioner, world.harbour.coordinator
    assert "group_not_adjoining" in codes_against(who, at)
    made = book(who, at, by=lead, override="New in the role.")
    assert made.state == BookingState.BOOKED
    assert BookingTransition.objects.get(booking=made).why == "New in the role."


def test_a_missing_course_holds_the_place_for_evidence(world: World) -> None:
    before = course(title="Introduction")
    at = event(course=course(requires=[before]))
    made = book(world.harbour.practitioner, at, details=Details(evidence="Elsewhere, 2025"))
    assert made.state == BookingState.PENDING
    assert made.waits_for == ["prerequisite_missing"]
    settle_approval(booking=made, approved=True, now=timezone.now(), by=world.harbour.coordinator)
    made.refresh_from_db()
    assert made.state == BookingState.BOOKED
    assert Message.objects.filter(about=made.reference, subject__startswith="Your place is booked")


def test_a_course_completed_before_books_at_once(world: World) -> None:
    before = course(title="Introduction")
    record(person=world.harbour.practitioner, course=before)
    made = book(world.harbour.practitioner, event(course=course(requires=[before])))
    assert made.state == BookingState.BOOKED


class TestApprovalByLink:
    """The manager is asked by mail; the place is held meanwhile."""

    @pytest.fixture
    def held(self, world: World) -> Booking:
        ChargingPolicy.objects.update(approval=ApprovalMode.BY_LINK)
        return book(world.harbour.practitioner, event(capacity=1))

    def test_the_line_manager_is_asked(self, held: Booking, world: World) -> None:
        assert held.state == BookingState.PENDING
        assert held.approver == world.harbour.manager
        mail = Message.objects.get(to_email="manager@harbour.example.org")
        assert "/harbour/approve/" in mail.text
        assert "£75.00" in mail.text

    def test_the_place_is_held(self, held: Booking, world: World) -> None:
        assert codes_against(world.harbour.colleague, held.event) >= {"full"}

    def test_silence_gives_it_up(self, held: Booking) -> None:
        assert held.held_until is not None
        late = held.held_until + timedelta(minutes=1)
        assert expire_next_approval(now=late) == 1
        assert expire_next_approval(now=late) == 0
        held.refresh_from_db()
        assert held.state == BookingState.DECLINED
        assert Message.objects.filter(about=held.reference, subject__contains="not approved")

    def test_it_is_settled_once(self, held: Booking) -> None:
        settle_approval(booking=held, approved=True, now=timezone.now())
        with pytest.raises(Refused, match="already been decided"):
            settle_approval(booking=held, approved=False, now=timezone.now())

    def test_somebody_without_a_manager_names_one(self, held: Booking, world: World) -> None:
        at = event()
        nobody = world.harbour.other_practitioner
        assert codes_against(nobody, at) == {"approver_missing"}
        details = Details(approver_name="Bo Heron", approver_email="bo@example.org")
        assert book(nobody, at, details=details).state == BookingState.PENDING
        assert Message.objects.filter(to_email="bo@example.org").exists()


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (EmploymentState.CONFIRMED, BookingState.BOOKED),
        (EmploymentState.REFUSED, BookingState.DECLINED),
    ],
)
def test_an_unconfirmed_job_holds_the_place_until_the_agency_answers(
    world: World, answer: EmploymentState, state: BookingState
) -> None:
    who = person(agency=world.harbour.school)
    who.employments.update(state=EmploymentState.PENDING)
    made = book(who, event())
    assert made.waits_for == ["agency_unconfirmed"]
    assert settle_next_employment(now=timezone.now()) == 0
    who.employments.update(state=answer)
    assert settle_next_employment(now=timezone.now()) == 1
    assert settle_next_employment(now=timezone.now()) == 0
    made.refresh_from_db()
    assert made.state == state
