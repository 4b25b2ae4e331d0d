"""Loads one partnership: all of it or nothing."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from config.demo.certificates import load_certificates
from config.demo.competence import load_competence
from config.demo.corrections import load_corrections
from config.demo.courses import load_catalogue
from config.demo.events import load_events
from config.demo.invoices import load_invoices
from config.demo.money import load_charges
from config.demo.partnerships import load_rules, make_partnership
from config.demo.people import load_people
from config.demo.places import load_places
from config.demo.questionnaires import load_questionnaires
from config.demo.reader import read
from config.demo.registers import load_registers
from config.demo.surveys import load_surveys
from config.demo.town import Town
from partnerships.models import Message, MessageState, Partnership
from partnerships.tenancy import activate


@transaction.atomic
def load(slug: str, today: date, password: str) -> Partnership:
    """One partnership as of the morning of a day; ``password`` is the encoded one of everybody."""
    seed = read(slug)
    partnership = make_partnership(seed)
    with activate(partnership):
        town = Town(seed=seed, partnership=partnership, today=today)
        load_rules(town)
        load_people(town, password)
        load_catalogue(town)
        load_competence(town)
        load_questionnaires(town)
        load_events(town)
        load_places(town)
        load_registers(town)
        load_surveys(town)
        load_certificates(town)
        load_invoices(town, load_charges(town))
        load_corrections(town)
        keep_quiet()
    return partnership


def keep_quiet() -> None:
    """Nobody gets mail about a past that never was."""
    pending = Message.objects.filter(state=MessageState.PENDING)
    pending.update(state=MessageState.CANCELLED)
