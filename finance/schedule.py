"""The sweeps of this app: invoices, imported payments, statements, reminders of debts, old evidence deleted."""

from finance.operations.enter_next_imported import enter_next_imported
from finance.operations.forget_next_evidence import forget_next_evidence
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.remind_next_debtor import remind_next_debtor
from finance.operations.write_next_statement import write_next_statement
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (
    Sweep("invoices issued", issue_next_of_run, batch=True),
    Sweep("imported payments entered", enter_next_imported, batch=True),
    Sweep("statements emailed", write_next_statement, batch=True),
    Sweep("debtors reminded", remind_next_debtor, batch=True),
    Sweep("evidence deleted", forget_next_evidence, batch=True),
)
