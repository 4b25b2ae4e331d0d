"""Commands of ``manage.py``, one after the other in one process: most of a command's time is its start.

A line of JSON comes in with a command's arguments, a line goes out with what it printed or how it failed.
``plan_event`` is a command of the journeys' own, for those that begin where the coordinator's journey ends.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from io import StringIO
from traceback import format_exc

import django
from django.core.management import call_command
from django.db import connections


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


def answer(arguments: list[str]) -> dict[str, str]:
    """What the command said."""
    said = StringIO()
    try:
        if arguments[0] == "plan_event":
            plan_event(*arguments[1:])
        else:
            call_command(*arguments, stdout=said)
    except Exception:
        return {"failed": said.getvalue() + format_exc()}
    finally:
        connections.close_all()
    return {"said": said.getvalue()}


if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
