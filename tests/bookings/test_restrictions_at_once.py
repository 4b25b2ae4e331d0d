"""Two registers closed at the same instant: together they are enough, and one restriction begins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from bookings.models import Attendance, Restriction, RestrictionRule
from bookings.operations.close_register import close_register
from bookings.rules.states import Mark
from courses.models import Event
from tenancy import activate
from tests import world as make
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
REGISTERS = 4


def test_a_restriction_begins_once() -> None:
    town = make_world().harbour
    with activate(town.partnership):
        RestrictionRule.objects.create(is_active=True, number=REGISTERS)
        events = [make.event(starts_at=make.in_days(-2 - n)) for n in range(REGISTERS)]
        for at in events:
            booked = make.booking(person=town.practitioner, event=at)
            for session in at.sessions.all():
                Attendance.objects.create(
                    booking=booked,
                    session=session,
                    mark=Mark.ABSENT,
                    marked_by=town.trainer,
                    marked_at=timezone.now(),
                )
    gate = Barrier(REGISTERS)

    def close(at: Event) -> None:
        try:
            gate.wait(timeout=30)
            with activate(town.partnership):
                close_register(event=at, by=town.coordinator, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(REGISTERS) as pool:
        list(pool.map(close, events))
    with activate(town.partnership):
        assert len(Restriction.objects.get().counted) == REGISTERS
