"""At the end of the year: when bookings for coming events close, who is restricted, and an appeal."""

from __future__ import annotations

from bookings.models import Booking, Restriction, RestrictionRule
from bookings.operations.appeal_restriction import appeal_restriction
from bookings.operations.recount_closes_of_bookings import recount_closes_of_bookings
from bookings.rules.states import BookingState
from bookings.steps.weigh import weigh
from tools.demo.town import Town

APPEAL = "Both times I was called to an emergency at work. My manager can confirm it."


def load_restrictions(town: Town) -> None:
    """Rules that hold from the day of loading on: no one in the year before was refused for them."""
    while recount_closes_of_bookings(now=town.midnight):
        pass
    rule = town.seed.partnership.get("restrictions")
    if rule is None:
        return
    RestrictionRule.objects.create(is_active=True, number=rule["number"])
    absent = Booking.objects.filter(state=BookingState.NO_SHOW).order_by()
    people = set(absent.values_list("membership", flat=True))
    weigh(people=people, now=town.midnight)
    first = Restriction.objects.select_related("membership__user").order_by("pk").first()
    if first is not None:
        appeal_restriction(restriction=first, text=APPEAL, by=first.membership, now=town.midnight)
