"""The sweeps of this app: invoices of released runs, then reminders of overdue ones."""

from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.remind_next_debtor import remind_next_debtor
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (
    Sweep("invoices issued", issue_next_of_run, batch=True),
    Sweep("debtors reminded", remind_next_debtor, batch=True),
)
