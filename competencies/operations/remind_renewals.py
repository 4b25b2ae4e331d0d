"""Tell people in good time that a requirement has to be renewed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from competencies.emails import remind_of_renewal, renewal_key
from competencies.models import Requirement
from competencies.rules.standing import SOON_DAYS, RequirementStanding
from competencies.terms.people import with_work
from competencies.terms.standing import completions_by_person, requirements, stands_of
from courses.models import TrainingRecord
from outbox.models import Message
from outbox.operations.queue_message import queue_message
from outbox.sweeps import in_hand, not_set_aside
from partnerships.models import Membership
from partnerships.rules.months import add_months

CLAMP = timedelta(days=3)  # 29, 30 and 31 January are all due at the end of February


@transaction.atomic
def remind_renewals(*, now: datetime) -> int:
    """Sweep: write a reminder for everything that is due soon, and return how many.

    People are locked while their reminders are written, so that two sweeps do not collide. People whom another
    sweep has locked are left to it.
    """
    today = timezone.localdate(now)
    renewed = [row for row in requirements() if row.months]
    unsure = people_to_check(renewed, today)
    if not unsure:
        return 0
    active = not_set_aside(Membership.objects.still_here(today).filter(pk__in=unsure))
    locked = active.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    people = list(with_work(locked, today))
    records = completions_by_person([person.pk for person in people])
    written = 0
    for person in people:
        with in_hand(person):
            written += remind(person, renewed, records.get(person.pk, []), today, now)
    return written


def people_to_check(rows: list[Requirement], today: date) -> set[int]:
    """People whose learning runs out soon and who have no reminder for that day yet. Two queries.

    Some of them have since renewed it with another course; the rule decides that.
    """
    keys: dict[str, int] = {}
    months_of: dict[int, set[tuple[str, int]]] = {}
    window = Q(pk__in=[])
    for row in rows:
        months = row.months or 0
        ids = [each["id"] for each in row.mapped]  # type: ignore[attr-defined]
        first = add_months(today, -months) - CLAMP
        last = add_months(today + timedelta(days=SOON_DAYS), -months) + CLAMP
        window |= Q(course__in=ids, completed_on__range=(first, last))
        for each in ids:
            months_of.setdefault(each, set()).add((row.code, months))
    ending = TrainingRecord.objects.filter(window).order_by()
    for who, course, day in ending.values_list("membership_id", "course_id", "completed_on"):
        for code, months in months_of[course]:
            due_on = add_months(day, months)
            if today <= due_on <= today + timedelta(days=SOON_DAYS):
                keys[renewal_key(who, code, due_on)] = who
    told = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key] for key in keys.keys() - set(told)}


def remind(
    person: Any, rows: list[Requirement], records: list[Any], today: date, now: datetime
) -> int:
    """Write the reminders that one person has not had yet."""
    written = 0
    for stand in stands_of(person, rows, records, today):
        due_on = stand.position.due_on
        if stand.standing is not RequirementStanding.DUE_SOON or due_on is None:
            continue
        mail = remind_of_renewal(person, stand, due_on)
        if not Message.objects.filter(key=mail.key).exists():
            queue_message(mail=mail, due_at=now)
            written += 1
    return written
