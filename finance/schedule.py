"""The sweeps of this app: invoices of released runs, e-invoices, then reminders of overdue ones."""

from finance.operations.deliver_next_einvoice import deliver_next_einvoice
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.remind_next_debtor import remind_next_debtor
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (
    Sweep("invoices issued", issue_next_of_run, batch=True),
    Sweep("e-invoices delivered", deliver_next_einvoice, batch=True),
    Sweep("debtors reminded", remind_next_debtor, batch=True),
)
