"""Commands of ``manage.py``, one after the other in one process: most of a command's time is its start.

A line of JSON comes in with a command's arguments, a line goes out with what it printed or how it failed.
``plan_event`` and ``waste_a_place`` are commands of the journeys' own, for those that begin where others end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from traceback import format_exc

import django
from django.core.management import call_command
from django.db import connections, transaction


def plan_event(
    slug: str, title: str, reference: str, starts_at: str, places: str, *trainers: str
) -> None:
    """A published event of half a day, on line."""
    from courses.models import Course, Trainer
    from partnerships.models import Partnership
    from tenancy import activate
    from tests.world import event

    with activate(Partnership.objects.get(slug=slug)):
        event(
            course=Course.objects.get(title=title),
            reference=reference,
            starts_at=datetime.fromisoformat(starts_at),
            hours=3,
            capacity=int(places),
            delivery="virtual",
            trainers=Trainer.objects.filter(name__in=trainers),
        )


def waste_a_place(slug: str, title: str, email: str) -> None:
    """Someone did not come to an event, and one such place is enough for a restriction."""
    from django.utils import timezone

    from bookings.models import RestrictionRule
    from bookings.rules.states import BookingState
    from bookings.steps.weigh import weigh
    from courses.models import Course
    from courses.rules.states import EventState
    from partnerships.models import Membership, Partnership
    from tenancy import activate
    from tests.world import booking, event, in_days

    with transaction.atomic(), activate(Partnership.objects.get(slug=slug)):
        RestrictionRule.objects.update_or_create(defaults={"is_active": True, "number": 1})
        person = Membership.objects.get(user__email=email)
        at = event(
            course=Course.objects.get(title=title),
            reference="WASTED",
            starts_at=in_days(-9),
            state=EventState.COMPLETED,
        )
        booking(person=person, event=at, state=BookingState.NO_SHOW)
        weigh(people=[person.pk], now=timezone.now())


def answer(arguments: list[str]) -> dict[str, str]:
    """What the command said."""
    said = StringIO()
    try:
        if arguments[0] in OWN:
            OWN[arguments[0]](*arguments[1:])
        else:
            call_command(*arguments, stdout=said)
    except Exception:
        return {"failed": said.getvalue() + format_exc()}
    finally:
        connections.close_all()
    return {"said": said.getvalue()}


OWN: dict[str, Callable[..., None]] = {"plan_event": plan_event, "waste_a_place": waste_a_place}


if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
