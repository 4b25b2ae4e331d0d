"""The sweeps of this app: invoices of released runs, reminders of overdue ones, old evidence deleted."""

from finance.operations.forget_next_evidence import forget_next_evidence
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.remind_next_debtor import remind_next_debtor
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (
    Sweep("invoices issued", issue_next_of_run, batch=True),
    Sweep("debtors reminded", remind_next_debtor, batch=True),
    Sweep("evidence deleted", forget_next_evidence, batch=True),
)
