"""What the clock starts in this app, in the order in which one effect brings about the next."""

from bookings.operations.offer_places import expire_next_offer, offer_freed_places
from bookings.operations.process_run import issue_next_of_run
from bookings.operations.remind_debtor import remind_next_debtor
from bookings.operations.remind_delegates import remind_next_delegate
from bookings.operations.settle_approval import (
    expire_next_approval,
    settle_next_employment,
    settle_next_group,
)
from partnerships.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (
    Sweep("places settled with the agency", settle_next_employment, batch=True),
    Sweep("places settled with the group", settle_next_group, batch=True),
    Sweep("held places given up", expire_next_approval, batch=True),
    Sweep("offers expired", expire_next_offer, batch=True),
    Sweep("places offered to the waiting list", offer_freed_places, batch=True),
    Sweep("delegates reminded", remind_next_delegate, batch=True),
    # Money: invoices of released runs, then reminders of overdue ones.
    Sweep("invoices issued", issue_next_of_run, batch=True),
    Sweep("debtors reminded", remind_next_debtor, batch=True),
)
