"""A certificate through its life: earned, checked, its register opened and closed again."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from bookings.models import Booking
from bookings.operations.close_register import close_register
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.operations.reopen_register import reopen_register
from bookings.rules.attendance import SessionMark
from bookings.rules.states import Mark
from evaluation.models import Certificate
from evaluation.operations.check_next_certificate import check_next_certificate
from evaluation.operations.issue_next_certificate import issue_next_certificate
from tests import world as make
from tests.world import Browser, Town

VALID = "This certificate is valid"
BEING_CHECKED = "This certificate is being checked"
WITHDRAWN = "This certificate was withdrawn"
REASON = "Issued by mistake for a colleague of the same name."


def close(booking: Booking, mark: Mark, town: Town) -> datetime:
    """Mark the one person and close the register; when."""
    now = timezone.now()
    entry = MarkEntry(booking.pk, booking.event.sessions.get().pk, SessionMark(mark))
    mark_attendance(event=booking.event, entries=[entry], by=town.coordinator, at=now)
    close_register(event=booking.event, by=town.coordinator, at=now)
    return now


def reopen(booking: Booking, town: Town) -> None:
    reopen_register(event=booking.event, by=town.coordinator, at=timezone.now())


def certified(town: Town) -> Certificate:
    """The practitioner came, the register was closed, the clock issued the certificate."""
    course = make.course(title="Neglect", outcomes=["Say what neglect does."])
    event = make.event(course=course, starts_at=make.in_days(-2))
    booking = make.booking(person=town.practitioner, event=event)
    close(booking, Mark.PRESENT, town)
    assert issue_next_certificate(now=timezone.now()) == 1
    found: Certificate = Certificate.objects.select_related("booking__event").get()
    return found


def checked(certificate: Certificate) -> str:
    """What anyone reads who checks the code."""
    page = Browser().get(f"/harbour/verify/{certificate.code}/")
    assert page.status_code == 200
    body: str = page.content.decode()
    return body


def check_all() -> int:
    """The clock's work, until there is none."""
    done = 0
    while check_next_certificate(now=timezone.now()):
        done += 1
        assert done < 10
    return done
