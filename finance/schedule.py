"""The sweeps of this app: invoices, e-invoices, imported payments, statements, reminders, old evidence deleted."""

from finance.operations.deliver_next_einvoice import deliver_next_einvoice
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
    Sweep("e-invoices delivered", deliver_next_einvoice, batch=True),
    Sweep("debtors reminded", remind_next_debtor, batch=True),
    Sweep("evidence deleted", forget_next_evidence, batch=True),
)
