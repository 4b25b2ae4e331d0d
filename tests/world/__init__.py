"""The world that tests happen in: keyword-only factories, and a fixed cast in two partnerships.

Every factory fills in what the test does not care about. All but ``partnership`` and ``user`` need an active
partnership; the ``world`` fixture opens one.
"""

from tests.world.asks import answer, evaluation_plan, invitation, question, questionnaire
from tests.world.browser import PASSWORD, Browser, booking_form, outside, page_as, sign_in
from tests.world.cast import Town, World, make_world
from tests.world.learning import pathway, record, requirement, role_profile
from tests.world.money import (
    billing_profile,
    charge,
    charging_policy,
    newer_policy,
    planned_mail,
    price,
    vat_rows,
)
from tests.world.offer import (
    course,
    event,
    in_days,
    programme,
    trainer,
    trainer_qualification,
    venue,
)
from tests.world.people import (
    agency,
    employment,
    message,
    partnership,
    person,
    user,
    workforce_group,
)
from tests.world.places import attendance, booking, fill, offer, waiting_entry

__all__ = [
    "PASSWORD",
    "Browser",
    "Town",
    "World",
    "agency",
    "answer",
    "attendance",
    "billing_profile",
    "booking",
    "booking_form",
    "charge",
    "charging_policy",
    "course",
    "employment",
    "evaluation_plan",
    "event",
    "fill",
    "in_days",
    "invitation",
    "make_world",
    "message",
    "newer_policy",
    "offer",
    "outside",
    "page_as",
    "partnership",
    "pathway",
    "person",
    "planned_mail",
    "price",
    "programme",
    "question",
    "questionnaire",
    "record",
    "requirement",
    "role_profile",
    "sign_in",
    "trainer",
    "trainer_qualification",
    "user",
    "vat_rows",
    "venue",
    "waiting_entry",
    "workforce_group",
]
