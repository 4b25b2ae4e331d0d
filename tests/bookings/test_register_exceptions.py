"""Exceptions at the event: written by an administrator, kept with each booking, applied at its register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy, RegisterException
from bookings.operations.add_walk_in import add_walk_in
from bookings.operations.book_place import book_place
from bookings.operations.close_register import close_register
from bookings.operations.copy_policy import copy_policy
from bookings.operations.substitute import substitute
from bookings.rules.states import BookingState, Mark
from bookings.steps.fix_terms import fix_terms
from bookings.terms.agreement import agreed_terms
from bookings.terms.booking_request import BookingRequest
from bookings.terms.desk import open_desk
from courses.models import Event
from courses.rules.states import Delivery
from partnerships.rules.refused import Refused
from tests.bookings.test_policy_editor import AT_THE_EVENT, text_of
from tests.world import World, attendance, charging_policy, event, in_days, page_as


@pytest.fixture
def draft(world: World) -> ChargingPolicy:
    """A version that no one has released."""
    return charging_policy(version=7, valid_from=timezone.localdate(), released_at=None)


def test_an_exception_at_the_event_is_written_shown_and_removed(
    world: World, draft: ChargingPolicy
) -> None:
    administrator, where = page_as(world.harbour.administrator), reverse("policy", args=[7])
    assert "The same applies at all events." in text_of(administrator.get(where))
    page = reverse("new_policy_register_exception", args=[7])
    for_all = text_of(administrator.post(page, AT_THE_EVENT | {"name": "Online"}))
    assert "Choose at least one thing that these places have in common." in for_all
    assert "If people arrive late" in for_all
    administrator.post(page, AT_THE_EVENT | {"name": "Online", "delivery": "virtual"})
    made = RegisterException.objects.get(policy=draft)
    words = "If you arrive late, you cannot take part and your employer is charged as if you had not come."
    assert made.clause.startswith(words)
    shown = text_of(administrator.get(where, {"try-delivery": "virtual"}))
    assert shown.count(words) == 2, "in the list, and for the event that it is tried on"
    own = reverse("policy_register_exception", args=[7, made.pk])
    own_words = {"name": "Online", "delivery": "virtual", "clause": "Be on time."}
    administrator.post(own, AT_THE_EVENT | own_words | {"grace_minutes": ""})
    made.refresh_from_db()
    assert (made.grace_minutes, made.clause) == (None, "Be on time.")
    administrator.post(reverse("remove_policy_part", args=[7, "register-exceptions", made.pk]))
    assert not RegisterException.objects.filter(policy=draft).exists()


def test_that_the_trainer_decides_is_said_by_leaving_the_minutes_empty(
    world: World, draft: ChargingPolicy
) -> None:
    administrator, page = (
        page_as(world.harbour.administrator),
        reverse("policy_part", args=[7, "register"]),
    )
    assert "Leave this empty if the trainer decides." in text_of(administrator.get(page))
    administrator.post(page, AT_THE_EVENT | {"grace_minutes": ""})
    draft.refresh_from_db()
    assert draft.grace_minutes is None


def test_exceptions_at_the_event_that_contradict_each_other_are_not_released(
    world: World, draft: ChargingPolicy
) -> None:
    for name, minutes in (("Online", 0), ("Webinars", 10)):
        RegisterException.objects.create(
            policy=draft, name=name, clause=name, grace_minutes=minutes, delivery="virtual"
        )
    administrator = page_as(world.harbour.administrator)
    answer = administrator.post(reverse("release_policy", args=[7]), follow=True)
    assert "The exceptions “Online” and “Webinars” apply equally" in text_of(answer)
    draft.refresh_from_db()
    assert draft.released_at is None


class TestTheRuleAtTheEvent:
    """Is the exception that applied when the place was booked, whatever the event becomes."""

    @pytest.fixture
    def online(self, world: World) -> RegisterException:
        made: RegisterException = RegisterException.objects.create(
            policy=world.harbour.policy,
            name="online events",
            clause="Not a minute late.",
            grace_minutes=0,
            late_admitted=False,
            late_charged=True,
            walk_in_admitted=False,
            delivery=Delivery.VIRTUAL,
        )
        return made

    def booked(self, world: World, delivery: str) -> Booking:
        who = world.harbour.practitioner
        at = event(starts_at=in_days(70), delivery=delivery)
        request = BookingRequest(event=at, membership=who, employment=who.employments.get(), by=who)
        made = book_place(request=request, now=timezone.now())
        assert isinstance(made, Booking)
        return Booking.objects.get(pk=made.pk)

    def test_is_kept_with_the_booking(self, world: World, online: RegisterException) -> None:
        assert self.booked(world, Delivery.VIRTUAL).register_exception == online
        assert self.booked(world, Delivery.IN_PERSON).register_exception is None

    def test_stays_if_the_event_changes_and_if_a_colleague_comes(
        self, world: World, online: RegisterException
    ) -> None:
        place = self.booked(world, Delivery.VIRTUAL)
        Event.objects.update(delivery=Delivery.IN_PERSON)
        colleague = substitute(
            booking=Booking.objects.get(pk=place.pk),
            employment=world.harbour.colleague.employments.get(),
            by=place.membership,
            now=timezone.now(),
        )
        for one in (place, colleague):
            assert Booking.objects.get(pk=one.pk).register_exception == online
            assert agreed_terms(one).attendance.label == "online events"

    def test_decides_at_the_register(self, world: World, online: RegisterException) -> None:
        for delivery, state in (
            (Delivery.VIRTUAL, BookingState.NO_SHOW),
            (Delivery.IN_PERSON, BookingState.ATTENDED),
        ):
            place = self.booked(world, delivery)
            attendance(booking=place, mark=Mark.LATE, minutes_late=1)
            after = place.event.ends_at + timedelta(hours=1)
            close_register(event=place.event, by=world.harbour.coordinator, at=after)
            place.refresh_from_db()
            assert place.state == state
            said = place.transitions.latest("pk").why
            assert ("The rule for “online events” applies." in said) is (delivery == "virtual")

    def test_decides_who_may_come_without_a_booking(
        self, world: World, online: RegisterException
    ) -> None:
        who = world.harbour.practitioner.employments.get()
        words: dict[str, Any] = {"employment": who, "by": world.harbour.coordinator}
        here, there = (
            event(starts_at=timezone.now() - timedelta(minutes=5), delivery=one)
            for one in (Delivery.IN_PERSON, Delivery.VIRTUAL)
        )
        with pytest.raises(Refused, match="does not allow people to come without a booking"):
            add_walk_in(event=there, at=timezone.now(), **words)
        assert add_walk_in(event=here, at=timezone.now(), **words).walk_in

    def test_is_not_one_that_changed_between_reading_and_booking(
        self, world: World, online: RegisterException
    ) -> None:
        desk = open_desk(event(starts_at=in_days(70)), timezone.now())
        assert desk.terms.registers, "read for the page"
        RegisterException.objects.update(grace_minutes=10)
        with pytest.raises(Refused, match="just been changed"):
            fix_terms(terms=desk.terms, now=timezone.now())

    def test_is_copied_into_a_new_version(self, world: World, online: RegisterException) -> None:
        newer = copy_policy(policy=world.harbour.policy, valid_from=date(2040, 1, 1))
        [copied] = newer.register_exceptions.all()
        assert copied.pk != online.pk
        assert copied.as_rule().says == online.as_rule().says
        assert copied.as_rule().scope == online.as_rule().scope
