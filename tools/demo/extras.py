"""What lowers a price or adds to it: grants, and an interpreter for one place."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from bookings.models import Grant, GrantRecipient
from bookings.operations.record_extra_cost import record_extra_cost
from bookings.rules.states import BookingState
from bookings.terms.extras import charges_extras
from partnerships.models import PayerClass
from tools.demo.town import Town

INTERPRETER, COST = "British Sign Language interpreter", Decimal("140.00")


def load_grants(town: Town) -> None:
    """Each with the agency or the payer class that it is for."""
    classes = {one.code: one for one in PayerClass.objects.all()}
    for row in town.seed.partnership.get("grants", []):
        made = Grant.objects.create(
            name=row["name"],
            code=row["code"],
            percent=Decimal(row["percent"]),
            places=row["places"],
            valid_from=town.today - timedelta(days=row["days"]),
            note=row["note"],
        )
        agency, payer_class = town.agencies.get(row["agency"]), classes.get(row["payer_class"])
        if agency or payer_class:
            GrantRecipient.objects.create(grant=made, agency=agency, payer_class=payer_class)


def record_interpreter(town: Town, at: datetime) -> None:
    """For the first place to come, if the policy charges extra costs; the line manager agreed."""
    for occasion in town.occasions:
        for seat in occasion.seats:
            coming = seat.booked is not None and seat.part == BookingState.BOOKED
            if not coming or occasion.event.starts_at < town.midnight + timedelta(days=7):
                continue
            if charges_extras(seat.booking):
                record_extra_cost(
                    booking=seat.booking,
                    description=INTERPRETER,
                    amount=COST,
                    agreed_by=f"The manager at {seat.person.agency}",
                    by=town.member("coordinator"),
                    at=at,
                )
            return
