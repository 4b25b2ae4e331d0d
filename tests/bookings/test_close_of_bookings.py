"""Book by: what is kept with an event, what follows a change, and what closing stops and does not stop."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from bookings.operations.accept_offer import accept_offer
from bookings.operations.book_place import book_place
from bookings.operations.count_close_of_bookings import count_close_of_bookings
from bookings.operations.join_waiting_list import join_waiting_list
from bookings.operations.move_event import move_event
from bookings.operations.recount_closes_of_bookings import recount_closes_of_bookings
from bookings.operations.substitute import substitute
from bookings.rules.notice import NoticeUnit
from bookings.rules.states import BookingState
from bookings.terms.booking_request import BookingRequest
from courses.models import Event
from courses.rules.catalogue import bookings_close
from courses.rules.states import EventState
from courses.terms.other_dates import other_dates
from partnerships.models import ClosureDay, Membership
from partnerships.rules.refused import Refused
from tenancy.models import Change
from tests.world import (
    Browser,
    World,
    booking,
    event,
    fill,
    in_days,
    newer_policy,
    offer,
    page_as,
    trainer,
    waiting_entry,
)

FIVE = time(17, 0)


def london(year: int, month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour, minute))  # noqa: DTZ001 - made aware


def closing(**fields: Any) -> None:
    """The charging policy closes bookings five working days before, at 5pm, unless told otherwise."""
    ChargingPolicy.objects.update(
        **{"closing_notice": 5, "closing_cut_off": FIVE} | fields, agreed_since=None
    )


def counted(made: Event, now: datetime | None = None) -> Event:
    count_close_of_bookings(event=made, now=now or timezone.now())
    made.refresh_from_db()
    return made


def swept(now: datetime | None = None) -> int:
    return recount_closes_of_bookings(now=now or timezone.now())


def want(who: Membership, at: Event, by: Membership | None = None, override: str = "") -> Any:
    request = BookingRequest(
        event=at,
        membership=who,
        employment=who.employments.get(),
        by=by or who,
        override=override,
    )
    return book_place(request=request, now=timezone.now())


@pytest.fixture
def closed(world: World) -> Event:
    """An event in three days whose bookings closed some days ago."""
    closing()
    return counted(event(starts_at=in_days(3)))


def test_the_instant_is_kept_with_its_grounds(world: World) -> None:
    closing()
    made = counted(event(starts_at=in_days(42)))
    assert made.book_by is not None
    assert made.closes_at == made.book_by < made.starts_at
    assert timezone.localtime(made.book_by).time() == FIVE
    assert made.book_by_why["clause"] == "Bookings close 5 working days before the event, at 5pm."
    assert made.book_by_why["steps"][-1] == f"{made.book_by_words}."


def test_without_such_a_rule_bookings_close_at_the_start(world: World) -> None:
    made = counted(event())
    assert made.book_by is None
    assert made.closes_at == made.starts_at
    assert made.book_by_words == ""


def test_counting_again_changes_nothing(world: World) -> None:
    closing()
    made = event()
    assert swept() == 1
    before = Change.objects.count()
    assert swept() == 0
    assert not count_close_of_bookings(event=made, now=timezone.now())
    assert Change.objects.count() == before


def test_an_instant_in_the_hour_that_the_clocks_repeat_is_counted_once(world: World) -> None:
    closing(closing_notice=1, closing_unit=NoticeUnit.CALENDAR_DAYS, closing_cut_off=time(1, 30))
    event(starts_at=datetime(2031, 10, 27, 9, 30, tzinfo=UTC))
    assert swept() == 1
    assert Event.objects.get().book_by == datetime(2031, 10, 26, 1, 30, tzinfo=UTC)
    assert swept() == 0


class TestWhatItFollows:
    """No one was promised the time, so it follows the rules as they are now."""

    @pytest.fixture
    def made(self, world: World) -> Event:
        closing()
        return counted(event(starts_at=in_days(42)))

    def test_a_closure_day(self, made: Event) -> None:
        assert made.book_by is not None
        ClosureDay.objects.create(day=timezone.localdate(made.book_by), name="Moving house")
        assert swept() == 1
        before = made.book_by
        made.refresh_from_db()
        assert made.book_by < before
        assert any("Moving house" in step for step in made.book_by_why["steps"])

    def test_a_new_version_from_its_start_date(self, world: World, made: Event) -> None:
        start = timezone.localdate() + timedelta(days=2)
        newer_policy(world.harbour.policy, closing_notice=10, valid_from=start)
        assert swept() == 0, "not before it begins"
        assert swept(in_days(2)) == 1
        before = made.book_by
        made.refresh_from_db()
        assert before is not None
        assert made.book_by < before

    def test_a_version_that_no_longer_closes_bookings(self, world: World, made: Event) -> None:
        newer_policy(world.harbour.policy, closing_notice=None)
        assert swept() == 1
        made.refresh_from_db()
        assert (made.book_by, made.book_by_why) == (None, None)

    def test_a_new_date_at_once(self, made: Event) -> None:
        before = made.book_by
        moved = move_event(
            event=made, starts_at=made.starts_at + timedelta(days=7), now=timezone.now()
        )
        moved.refresh_from_db()
        assert before is not None
        assert moved.book_by == before + timedelta(days=7)
        assert swept() == 0

    @pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.COMPLETED])
    def test_what_is_over_keeps_what_it_had(self, world: World, state: EventState) -> None:
        made = event(state=state)
        closing()
        assert swept() == 0
        assert not count_close_of_bookings(event=made, now=timezone.now())


def test_a_time_set_by_hand_comes_first(world: World, closed: Event) -> None:
    with pytest.raises(Refused) as refused:
        want(world.harbour.practitioner, closed)
    assert "bookings_closed" in refused.value.codes
    Event.objects.update(bookings_close_at=in_days(2))
    assert want(world.harbour.practitioner, closed).state == BookingState.BOOKED


def test_the_filter_of_lists_agrees_with_the_rule_for_the_same_events(world: World) -> None:
    now = timezone.now()
    around = [None, now - timedelta(seconds=1), now, now + timedelta(seconds=1)]
    for by_hand in around:
        for by_count in around:
            event(starts_at=in_days(9), bookings_close_at=by_hand, book_by=by_count)
    by_rule = {
        one.pk
        for one in Event.objects.all()
        if bookings_close(one.bookings_close_at, one.book_by, one.starts_at) >= now
    }
    assert set(Event.objects.bookable(now).values_list("pk", flat=True)) == by_rule
    assert 0 < len(by_rule) < len(around) ** 2


class TestOnceClosed:
    """What still goes on, and what does not."""

    @pytest.mark.parametrize("by", ["practitioner", "agency_lead"])
    def test_nobody_books_for_themselves_or_their_staff(
        self, world: World, closed: Event, by: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            want(world.harbour.practitioner, closed, by=getattr(world.harbour, by))
        assert refused.value.codes == {"bookings_closed"}

    def test_nobody_joins_the_waiting_list(self, world: World, closed: Event) -> None:
        fill(closed)
        who = world.harbour.practitioner
        request = BookingRequest(
            event=closed, membership=who, employment=who.employments.get(), by=who
        )
        with pytest.raises(Refused):
            join_waiting_list(request=request, now=timezone.now())

    def test_the_training_team_books_with_a_reason(self, world: World, closed: Event) -> None:
        made = want(
            world.harbour.practitioner, closed, world.harbour.coordinator, "Starts on Monday."
        )
        assert made.state == BookingState.BOOKED

    def test_an_offer_is_accepted(self, world: World, closed: Event) -> None:
        entry = waiting_entry(person=world.harbour.practitioner, event=closed)
        made = accept_offer(
            offer=offer(entry=entry), by=world.harbour.practitioner, now=timezone.now()
        )
        assert made.state == BookingState.BOOKED

    def test_a_colleague_takes_over(self, world: World, closed: Event) -> None:
        place = booking(person=world.harbour.practitioner, event=closed)
        made = substitute(
            booking=place,
            employment=world.harbour.colleague.employments.get(),
            by=place.membership,
            now=timezone.now(),
        )
        assert isinstance(made, Booking)
        assert made.state == BookingState.BOOKED

    def test_it_is_not_one_of_the_other_dates(self, world: World, closed: Event) -> None:
        open_one = event(course=closed.course)
        mine = event(course=closed.course, starts_at=in_days(60))
        assert other_dates(mine, timezone.now()) == [open_one]


class TestPages:
    """Where people read it."""

    @pytest.fixture
    def made(self, world: World) -> Event:
        closing(closing_notice=2, closing_unit=NoticeUnit.CALENDAR_DAYS)
        return counted(event(starts_at=london(2031, 12, 5), reference="E1"))

    @pytest.mark.parametrize("name", ["event", "events", "course"])
    def test_the_catalogue(self, client: Browser, made: Event, name: str) -> None:
        args = {"event": ["E1"], "events": [], "course": [made.course.slug]}[name]
        page = client.get(reverse(name, args=args)).content.decode()
        assert "5pm on Wednesday 3 December 2031" in page
        assert "Book by" in page

    def test_the_working_is_shown_unless_it_was_set_by_hand(
        self, client: Browser, made: Event
    ) -> None:
        address, words = reverse("event", args=["E1"]), "How the close of bookings is worked out"
        assert words in client.get(address).content.decode()
        Event.objects.update(bookings_close_at=london(2031, 12, 4, 12, 0))
        page = client.get(address).content.decode()
        assert words not in page
        assert "midday on Thursday 4 December 2031" in page

    def test_calendars_and_files(self, client: Browser, made: Event) -> None:
        feed = client.get(reverse("calendar")).content.decode().replace("\r\n ", "")
        assert "Book by 5pm on Wednesday 3 December 2031" in feed
        rows = client.get(reverse("events_csv")).content.decode().splitlines()
        assert "bookings_close" in rows[0]
        assert "2031-12-03" in rows[1]

    def test_the_board(self, world: World, made: Event) -> None:
        page = page_as(world.harbour.coordinator).get(reverse("event_board", args=["E1"]))
        assert "Book by 5pm on Wednesday 3 December 2031" in page.content.decode()

    def test_the_page_about_charges(self, client: Browser, made: Event) -> None:
        page = client.get(reverse("charging")).content.decode()
        assert "Bookings close 2 calendar days before the event, at 5pm." in page

    def test_the_admin(self, world: World, made: Event) -> None:
        address = reverse("admin:courses_event_change", args=[made.pk])
        page = page_as(world.harbour.coordinator).get(address).content.decode()
        assert "Book by 5pm on Wednesday 3 December 2031." in page

    def test_the_catalogue_asks_nothing_more_however_many_events_close(
        self, client: Browser, made: Event, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(8):
            counted(event())
        for name in ("events", "courses"):
            client.get(reverse(name))
            with django_assert_max_num_queries(12):
                client.get(reverse(name))


def test_an_event_published_in_the_admin_has_it_at_once(world: World) -> None:
    closing()
    made = event(starts_at=in_days(42), state=EventState.DRAFT, trainers=[trainer(), trainer()])
    address = reverse("admin:courses_event_changelist")
    page_as(world.harbour.coordinator).post(
        address, {"action": "publish", "_selected_action": [made.pk]}
    )
    made.refresh_from_db()
    assert made.state == EventState.PUBLISHED
    assert made.book_by is not None


def test_close_and_free_cancellation_are_counted_alike(world: World) -> None:
    """With the same numbers, “book by” and “cancel by” are the same instant."""
    ChargingPolicy.objects.update(closing_notice=10)
    made = counted(event(starts_at=london(2031, 1, 3)))
    assert booking(person=world.harbour.practitioner, event=made).free_until == made.book_by


def test_a_policy_that_closes_at_nothing_is_refused_in_the_admin(world: World) -> None:
    draft = newer_policy(
        world.harbour.policy, released_at=None, valid_from=timezone.localdate() + timedelta(days=9)
    )
    draft.closing_notice = 0
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        draft.full_clean()
