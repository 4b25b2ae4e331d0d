"""Who an agency is to the charging policy on a day: by its dated facts, and the partnership's rules."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from bookings.reports.prices import employers_of
from partnerships.models import Agency, AgencyFacts, PayerClass, PayerClassRule, Sector
from partnerships.rules.agencies import UsualPayerClass
from partnerships.rules.payers import Gives
from tests import world as make
from tests.world import World

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
DAYS = 60


def history(agency: Agency, chance: Random) -> None:
    """Facts one after the other, of a day or of weeks; some leave the class to the rules."""
    classes, day = [None, *PayerClass.objects.all()], FIRST + timedelta(days=chance.randint(0, 20))
    while day < FIRST + timedelta(days=DAYS):
        AgencyFacts.objects.create(
            agency=agency,
            valid_from=day,
            sector=Sector.objects.first(),
            payer_class=chance.choice(classes),
            gives_money=chance.random() > 0.5,
        )
        day += timedelta(days=chance.randint(1, 16))


@pytest.mark.parametrize("seed", range(3))
def test_the_payer_class_quoted_is_the_one_that_is_charged_on_every_day(
    world: World, seed: int
) -> None:
    chance = Random(seed)
    agencies = [make.agency(payer_class=None) for _ in range(4)]
    for agency in agencies[1:]:
        history(agency, chance)
    person = make.person(agency=agencies[0])
    for agency in agencies[1:]:
        make.employment(person=person, agency=agency)
    PayerClassRule.objects.create(
        payer_class=PayerClass.objects.get(code=UsualPayerClass.CONTRIBUTOR), gives=Gives.MONEY
    )
    today = timezone.localdate()
    for day in (FIRST + timedelta(days=each) for each in range(-1, DAYS + 20)):
        charged = {each.name: each.payer_on(day) for each in agencies}
        employers = employers_of(person, today)
        assert {each.name: each.payer_on(day) for each in employers} == charged, day
