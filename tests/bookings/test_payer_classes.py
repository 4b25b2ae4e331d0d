"""The page asks the database for the payer class of every employer, the charge asks the agency: one answer."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from bookings.reports.prices import employers_of
from bookings.terms.agreement import UNKNOWN_PAYER
from partnerships.models import Agency, AgencyPayerClass
from partnerships.rules.agencies import PayerClass
from tests import world as make
from tests.world import World

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
DAYS = 60


def history(agency: Agency, chance: Random) -> None:
    """Classes one after the other, of a day or of weeks, with gaps; the last may be open-ended."""
    day, goes_on = FIRST + timedelta(days=chance.randint(0, 20)), True
    while goes_on and day < FIRST + timedelta(days=DAYS):
        last = day + timedelta(days=chance.randint(0, 15))
        goes_on = chance.random() > 0.2
        AgencyPayerClass.objects.create(
            agency=agency,
            payer_class=chance.choice(list(PayerClass)),
            valid_from=day,
            valid_to=last if goes_on else None,
        )
        day = last + timedelta(days=chance.choice([1, 1, 7]))


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
    today = timezone.localdate()
    for day in (FIRST + timedelta(days=each) for each in range(-1, DAYS + 20)):
        charged = {each.name: each.payer_class_on(day) or UNKNOWN_PAYER for each in agencies}
        assert dict(employers_of(person, today, day)) == charged, day
