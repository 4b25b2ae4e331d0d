"""The demonstration's days: believable whichever day it is loaded on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from bookings.models import Attendance, Booking, BookingTransition, Offer, PlannedMail
from bookings.operations.write_next_planned_mail import due_for
from bookings.rules.states import BookingState, OfferState
from courses.models import Event
from courses.rules.states import EventState
from evaluation.models import SurveyInvitation
from evaluation.rules.states import InvitationState
from finance.models import CreditNote, Invoice, MitigationCase, Payment
from partnerships.models import Partnership
from partnerships.models.closure import bank_holidays
from partnerships.rules.working_days import WorkingCalendar
from tenancy import activate
from tests.world.money import print_nothing
from tools.demo.events import sittings
from tools.demo.load import load
from tools.demo.reader import SLUGS, read
from tools.demo.town import ABOUT_A_YEAR, Town

# Nights on which clocks change, leap day, turns of years, days around every kind of holiday, each weekday.
NASTY = (
    *(date(2026, 12, day) for day in range(20, 32)),
    *(date(2027, 1, day) for day in range(1, 5)),
    *(date(2027, 3, 25) + timedelta(days=day) for day in range(7)),
    *(
        date(2028, 2, 28),
        date(2028, 2, 29),
        date(2027, 5, 2),
        date(2027, 8, 29),
        date(2026, 10, 25),
    ),
    *(date(2026, 1, 1) + timedelta(days=17 * step) for step in range(80)),
)
LONDON = ZoneInfo("Europe/London")


def town_of(slug: str, today: date) -> Town:
    """A town that no database knows: its dates can be asked for."""
    seed = read(slug)
    facts = seed.partnership
    town = Town(seed=seed, partnership=Partnership(slug=slug, nation=facts["nation"]), today=today)
    years = range((today - ABOUT_A_YEAR).year, (today + ABOUT_A_YEAR).year + 1)
    own = {date.fromisoformat(str(day)): "Office closed" for day in facts["closure_days"]}
    town.calendar = WorkingCalendar.from_names(bank_holidays(facts["nation"], years) | own)
    return town


@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_teaches_on_a_holiday_or_at_christmas(slug: str) -> None:
    for today in NASTY:
        town = town_of(slug, today)
        for row in town.seed.events:
            for start, end in sittings(town, row):
                day = start.date()
                assert day == end.date()
                assert day not in town.calendar.closed, (today, row["reference"])
                assert (day.month, day.day) not in {(12, 24), (12, 31)}, (today, row["reference"])
                assert day.weekday() < 5 or row["weekday"] == "saturday", (today, row["reference"])
                assert (day < today) == (row["offset"] < 0), (today, row["reference"])


@pytest.mark.parametrize("slug", SLUGS)
def test_one_register_is_to_be_closed_one_event_is_next_and_one_is_full(slug: str) -> None:
    """Whatever role signs in, there is something to do."""
    events = read(slug).events
    assert any(row["story"].get("register") == "open" and row["offset"] < 0 for row in events)
    assert any(row["offset"] == 1 and row["state"] == "published" for row in events)
    full = [row for row in events if row["capacity"] == row["story"].get("booked", 0)]
    assert any(row["story"].get("waiting") for row in full)


class Loaded(NamedTuple):
    """A partnership as of a day."""

    slug: str
    midnight: datetime
    is_printed: bool = False


# A Saturday after New Year, leap day. More days, without a database, are in test_demo_diary.py.
DAYS = (
    Loaded("southampton", datetime(2027, 1, 2, tzinfo=LONDON)),
    Loaded("north-somerset", datetime(2028, 2, 29, tzinfo=LONDON), is_printed=True),
)


@pytest.fixture(scope="class", params=DAYS, ids=lambda one: f"{one.slug}-{one.midnight:%d-%m-%Y}")
def loaded(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Loaded]:
    one: Loaded = request.param
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        if not one.is_printed:
            print_nothing(patch)
        with activate(load(one.slug, one.midnight.date(), "hash")):
            yield one
        transaction.set_rollback(True)


@pytest.mark.slow
class TestADayOfLoading:
    """What has been done by the morning on which the demonstration is loaded."""

    def test_nothing_has_happened_yet_that_day(self, loaded: Loaded, db: None) -> None:
        for rows, column in (
            (BookingTransition.objects, "at"),
            (SurveyInvitation.objects, "answered_at"),
            (Invoice.objects, "issued_at"),
            (Attendance.objects, "marked_at"),
            (MitigationCase.objects, "asked_at"),
        ):
            assert not rows.filter(**{f"{column}__gte": loaded.midnight}).exists(), column

    def test_somebody_has_cancelled_an_event_to_come_too_late(
        self, loaded: Loaded, db: None
    ) -> None:
        if loaded.slug == "southampton":  # whose notice is long enough for it on every day
            late = Booking.objects.filter(state=BookingState.LATE_CANCELLED)
            assert late.filter(event__starts_at__gt=loaded.midnight).exists()

    def test_invoices_are_printed(self, loaded: Loaded, db: None) -> None:
        start = b"%PDF-1" if loaded.is_printed else b"%PDF-of-a-test"
        invoices = list(Invoice.objects.all())
        assert invoices
        assert all(bytes(one.pdf).startswith(start) for one in invoices)

    def test_nothing_is_due_that_should_have_happened(self, loaded: Loaded, db: None) -> None:
        now = loaded.midnight + timedelta(hours=8)
        assert not Offer.objects.filter(state=OfferState.OPEN, expires_at__lte=now).exists()
        pending = Booking.objects.filter(state=BookingState.PENDING)
        assert not pending.filter(held_until__lte=now).exists()
        planned = SurveyInvitation.objects.filter(state=InvitationState.PLANNED)
        assert not planned.filter(due_on__lt=now.date()).exists()
        week_ago = now - timedelta(days=14)
        stale = Event.objects.filter(state=EventState.PUBLISHED, ends_at__lt=week_ago)
        assert not stale.exists(), "its register should have been closed"
        assert not any(due_for(mail, now).exists() for mail in PlannedMail.objects.all())

    def test_the_office_worked_on_working_days(self, loaded: Loaded, db: None) -> None:
        town = town_of(loaded.slug, loaded.midnight.date())
        done = {
            "closed": Event.objects.values_list("register_closed_at", flat=True),
            "cancelled": Event.objects.values_list("cancelled_at", flat=True),
            "issued": Invoice.objects.values_list("issued_at", flat=True),
            "credited": CreditNote.objects.values_list("issued_at", flat=True),
        }
        for what, times in done.items():
            for at in times:
                assert at is None or town.calendar.is_working(at.astimezone(LONDON).date()), what
                assert at is None or at < loaded.midnight
        for day in Payment.objects.values_list("received_on", flat=True):
            assert town.calendar.is_working(day)
