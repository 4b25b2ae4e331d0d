"""Loads one partnership: all of it or nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from outbox.models import Message, MessageState
from partnerships.models import Partnership
from tenancy import activate
from tools.demo.account import load_account
from tools.demo.bookings import note_bookings
from tools.demo.competence import load_competence
from tools.demo.corrections import load_corrections
from tools.demo.courses import load_catalogue
from tools.demo.events import load_events
from tools.demo.invoices import load_invoices
from tools.demo.partnerships import load_rules, make_partnership
from tools.demo.payments import load_payments
from tools.demo.people import load_people
from tools.demo.questionnaires import load_questionnaires
from tools.demo.reader import read
from tools.demo.registers import note_registers
from tools.demo.restrictions import load_restrictions
from tools.demo.town import Town


@contextmanager
def in_haste() -> Iterator[None]:
    """Looking for circles among all that is read takes a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@in_haste()
@transaction.atomic
def load(slug: str, today: date, password: str) -> Partnership:
    """One partnership as of the morning of a day; ``password`` is the encoded one of everybody.

    What the office enters in forms or imports (rules, courses, agencies, people and their jobs) is written as rows.
    What people then do is done by the operations that they would use, each in the order of time: first the year of
    bookings and evaluations, then that of finance.
    """
    seed = read(slug)
    midnight = datetime.combine(today, time(), ZoneInfo(settings.TIME_ZONE))
    partnership = make_partnership(seed, midnight)
    with activate(partnership):
        town = Town(seed=seed, partnership=partnership, today=today)
        load_rules(town)
        load_people(town, password)
        load_catalogue(town)
        load_competence(town)
        load_questionnaires(town)
        load_events(town)
        note_bookings(town)
        note_registers(town)
        town.diary.live(town.midnight)
        load_invoices(town)
        load_corrections(town)
        load_restrictions(town)
        load_account(town)
        load_payments(town)
        keep_quiet()
    return partnership


def keep_quiet() -> None:
    """No one gets emails about an invented past. All of them at once: thousands, one by one, would take a minute."""
    pending = Message.objects.filter(state=MessageState.PENDING)
    pending.update(state=MessageState.CANCELLED)
