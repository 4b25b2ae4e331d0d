"""What the clock starts in this app, in the order in which one effect brings about the next."""

from bookings.operations.expire_next_approval import expire_next_approval
from bookings.operations.expire_next_offer import expire_next_offer
from bookings.operations.offer_freed_places import offer_freed_places
from bookings.operations.recount_closes_of_bookings import recount_closes_of_bookings
from bookings.operations.settle_next_employment import settle_next_employment
from bookings.operations.settle_next_group import settle_next_group
from bookings.operations.tell_next_interest import tell_next_interest
from bookings.operations.write_next_planned_mail import write_next_planned_mail
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (
    Sweep("closes of bookings counted", recount_closes_of_bookings, batch=True),
    Sweep("places settled with the agency", settle_next_employment, batch=True),
    Sweep("places settled with the group", settle_next_group, batch=True),
    Sweep("held places released", expire_next_approval, batch=True),
    Sweep("offers expired", expire_next_offer, batch=True),
    Sweep("places offered to the waiting list", offer_freed_places, batch=True),
    Sweep("people told of dates", tell_next_interest, batch=True),
    Sweep("planned emails written", write_next_planned_mail, batch=True),
)
