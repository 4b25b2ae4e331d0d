"""Emails that a partnership plans before and after its events: a row says when, to whom and what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from bookings.models import (
    BookingPractice,
    ChargingPolicy,
    PlannedMail,
    PlannedMailSent,
)
from bookings.operations import write_next_planned_mail as writing
from bookings.operations.tell_changed import tell_changed
from bookings.operations.write_next_planned_mail import write_next_planned_mail
from bookings.rules.states import ApprovalMode, Audience, BookingState, MailTiming
from courses.terms.known import known
from outbox.models import Message, MessageState
from tests.bookings.test_book_place import book
from tests.world import World, booking, event, in_days, page_as, person, planned_mail, venue


def told(now: object) -> list[str]:
    """Everyone who is written to at an instant, by address."""
    before = set(Message.objects.values_list("pk", flat=True))
    while write_next_planned_mail(now=now):  # type: ignore[arg-type]
        pass
    new = Message.objects.exclude(pk__in=before)
    return sorted(new.values_list("to_email", flat=True))


@pytest.fixture
def no_other(world: World) -> World:
    """Without the reminder that partnerships start with."""
    PlannedMail.objects.all().delete()
    return world


@pytest.mark.parametrize(
    ("timing", "audience", "state", "is_written"),
    [
        ("before", "booked", "booked", True),
        ("before", "booked", "pending", False),
        ("before", "booked", "cancelled", False),
        ("after", "booked", "attended", True),
        ("after", "booked", "no_show", True),
        ("after", "booked", "late_cancelled", False),
        ("after", "attended", "attended", True),
        ("after", "attended", "partly_attended", True),
        ("after", "attended", "no_show", False),
    ],
)
def test_who_gets_it(
    no_other: World, timing: str, audience: str, state: str, is_written: bool
) -> None:
    planned_mail(timing=timing, audience=audience, days=3)
    at = event(starts_at=in_days(2 if timing == "before" else -4))
    who = no_other.harbour.practitioner
    booking(person=who, event=at, state=BookingState(state), booked_at=in_days(-60))
    assert told(timezone.now()) == ([who.user.email] if is_written else [])


@pytest.mark.parametrize(
    ("days_before", "is_due"), [(11, False), (10, True), (0.01, True), (-0.01, False)]
)
def test_when_it_goes_out(no_other: World, days_before: float, is_due: bool) -> None:
    planned_mail(days=10, subject="Joining instructions", text="Park behind the hall.")
    at = event(starts_at=in_days(70))
    booking(person=no_other.harbour.practitioner, event=at, booked_at=timezone.now())
    assert bool(told(at.starts_at - timedelta(days=days_before))) is is_due


def test_it_says_what_the_partnership_wants_to_say(no_other: World) -> None:
    planned_mail(
        days=10, subject="Joining instructions", text="Park behind the hall.\nBring a pen."
    )
    place = booking(
        person=no_other.harbour.practitioner,
        event=event(starts_at=in_days(9)),
        booked_at=in_days(-60),
    )
    told(timezone.now())
    mail = Message.objects.get()
    assert mail.subject == f"Joining instructions: {place.event.course.title}"
    assert "Park behind the hall.\nBring a pen." in mail.text
    assert "Park behind the hall.<br>Bring a pen." in mail.html
    assert place.event.when in mail.text
    assert place.cancelling(timezone.now()) in mail.text


def test_after_the_event_nobody_is_told_how_to_join_or_cancel(no_other: World) -> None:
    planned_mail(
        timing=MailTiming.AFTER, audience=Audience.ATTENDED, days=1, text="Here are the slides."
    )
    booking(
        person=no_other.harbour.practitioner,
        event=event(starts_at=in_days(-3)),
        state=BookingState.ATTENDED,
        booked_at=in_days(-60),
    )
    told(timezone.now())
    mail = Message.objects.get()
    assert "Here are the slides." in mail.text
    assert "If you cannot come" not in mail.text + mail.html


def test_several_are_planned_each_once(world: World) -> None:
    planned_mail(days=2, subject="See you soon")
    at = event(starts_at=in_days(70))
    who = world.harbour.practitioner
    booking(person=who, event=at, booked_at=timezone.now())
    assert told(at.starts_at - timedelta(days=6)) == []
    assert told(at.starts_at - timedelta(days=5)) == [who.user.email]
    assert told(at.starts_at - timedelta(days=4)) == []
    assert told(at.starts_at - timedelta(days=1)) == [who.user.email]
    assert told(at.starts_at - timedelta(hours=1)) == []


def test_one_that_is_planned_today_is_not_sent_about_what_lies_behind(no_other: World) -> None:
    """Otherwise everyone who ever attended would be written to at once."""
    for days in (-60, -3):
        booking(
            person=person(agency=no_other.harbour.school),
            event=event(starts_at=in_days(days)),
            state=BookingState.ATTENDED,
            booked_at=in_days(-90),
        )
    planned_mail(timing=MailTiming.AFTER, audience=Audience.ATTENDED, days=1, since=timezone.now())
    assert told(timezone.now()) == []


def test_one_that_is_out_of_use_is_not_sent(world: World) -> None:
    PlannedMail.objects.update(is_active=False)
    booking(
        person=world.harbour.practitioner, event=event(starts_at=in_days(2)), booked_at=in_days(-60)
    )
    assert told(timezone.now()) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"timing": MailTiming.BEFORE, "audience": Audience.ATTENDED}, "audience"),
        ({"timing": MailTiming.BEFORE, "days": 0}, "days"),
        ({"timing": MailTiming.AFTER, "text": ""}, "text"),
    ],
)
def test_what_could_not_be_sent_or_says_nothing_is_refused(
    world: World, fields: dict[str, object], field: str
) -> None:
    planned = PlannedMail(**{"subject": "Thank you", "text": "Well done."} | fields)
    with pytest.raises(ValidationError) as refused:
        planned.clean()
    assert refused.value.message_dict.keys() == {field}


def test_the_database_refuses_what_could_never_be_due(world: World) -> None:
    with pytest.raises(IntegrityError, match="planned_mail_can_be_due"):
        planned_mail(days=0)


@pytest.mark.parametrize(
    "edited", [{"days": "1"}, {"audience": "booked"}, {"is_active": "on"}], ids=str
)
def test_one_that_is_planned_otherwise_is_not_sent_about_what_lies_behind(
    no_other: World, edited: dict[str, str]
) -> None:
    """Taking one into use again used to write to everyone who had come meanwhile."""
    planned = planned_mail(
        timing=MailTiming.AFTER,
        audience=Audience.ATTENDED,
        days=20,
        text="Well done.",
        is_active="is_active" not in edited,
    )
    booking(
        person=no_other.harbour.practitioner,
        event=event(starts_at=in_days(-22)),
        state=BookingState.ATTENDED,
        booked_at=in_days(-60),
    )
    form = {"subject": planned.subject, "text": planned.text, "days": "20", "timing": "after"}
    form |= {"audience": "attended", "is_active": "on"} | edited
    address = reverse("admin:bookings_plannedmail_change", args=[planned.pk])
    assert page_as(no_other.harbour.coordinator).post(address, form).status_code == 302
    planned.refresh_from_db()
    assert planned.since > in_days(-1)
    assert told(timezone.now()) == []


def test_two_workers_at_one_row_write_one_mail(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second gets the row that the first has just done: it was chosen before, and only then locked."""
    place = booking(
        person=world.harbour.practitioner, event=event(starts_at=in_days(2)), booked_at=in_days(-60)
    )
    assert write_next_planned_mail(now=timezone.now()) == 1
    monkeypatch.setattr(writing, "take", lambda rows: place)
    assert write_next_planned_mail(now=timezone.now()) == 1
    assert Message.objects.count() == PlannedMailSent.objects.count() == 1


def test_a_change_withdraws_what_lies_in_the_outbox_and_no_more(world: World) -> None:
    """The mail of last week was written again with the reminder that was waiting to go out."""
    early = planned_mail(days=10, subject="Joining instructions")
    place = booking(
        person=world.harbour.practitioner,
        event=event(starts_at=in_days(70)),
        booked_at=timezone.now(),
    )
    now = place.event.starts_at - timedelta(days=9)
    assert len(told(now)) == 1
    Message.objects.update(state=MessageState.SENT, sent_at=now)
    now = place.event.starts_at - timedelta(days=4)
    assert len(told(now)) == 1
    before = known(place.event)
    place.event.venue = venue()
    place.event.revision += 1
    place.event.save()
    tell_changed(event=place.event, before=before, now=now)
    assert [each.planned_mail for each in place.planned_mails.all()] == [early]
    mails = Message.objects.filter(about=place.reference)
    assert mails.get(state=MessageState.CANCELLED).subject.startswith("Reminder")
    told(now)
    assert mails.filter(subject__startswith="Joining").count() == 1
    assert mails.filter(subject__startswith="Reminder").count() == 2


def test_the_coordinator_plans_one(world: World) -> None:
    office = page_as(world.harbour.coordinator)
    office.post(
        reverse("admin:bookings_plannedmail_add"),
        {
            "subject": "Joining",
            "text": "",
            "days": "2",
            "timing": "before",
            "audience": "booked",
            "is_active": "on",
        },
    )
    assert PlannedMail.objects.filter(subject="Joining", days=2).exists()


def test_the_administrator_says_how_long_places_are_held(world: World) -> None:
    address = reverse("admin:bookings_bookingpractice_add")
    hours = {"approval_hours": "72", "offer_hours": "24", "offer_cut_off_hours": "12"}
    assert page_as(world.harbour.coordinator).post(address, hours).status_code == 403
    office = page_as(world.harbour.administrator)
    office.post(address, hours)
    assert BookingPractice.objects.get().offer_hours == 24
    assert office.get(address).status_code == 403


def test_how_long_places_are_held_holds_at_once(world: World) -> None:
    """It used to be part of the policy that people agree to, and needed a new version of that."""
    ChargingPolicy.objects.update(approval=ApprovalMode.BY_LINK)
    BookingPractice.objects.create(approval_hours=48)
    at = event(starts_at=in_days(70))
    first = book(world.harbour.practitioner, at)
    BookingPractice.objects.update(approval_hours=24)
    second = book(world.harbour.colleague, at)
    assert first.policy == second.policy
    holds = [one.held_until - one.booked_at for one in (first, second) if one.held_until]
    assert holds == [timedelta(hours=48), timedelta(hours=24)]
