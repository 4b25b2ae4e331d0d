"""Money that came by the bank's files, and what finance noted on its last evening: costs and contributions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from courses.rules.states import Delivery
from finance.models import Invoice, PaymentFile
from finance.operations.accept_imported import accept_imported
from finance.operations.enter_contribution import ContributionEntry, enter_contribution
from finance.operations.enter_event_cost import CostEntry, enter_event_cost
from finance.operations.enter_next_imported import enter_next_imported
from finance.operations.receive_payment_file import receive_payment_file
from finance.operations.release_imported import release_imported
from finance.rules.costs import CostKind
from finance.rules.years import FinancialYear
from finance.terms.debt import StandingInvoice, standing_invoice, standing_invoices
from partnerships.models import AgencyFacts
from partnerships.rules.agencies import UsualPayerClass
from tools.demo.town import Occasion, Town

HEADINGS = "Date,Transaction description,Payer,Amount"
EVENTS_WITH_COSTS, CONTRIBUTORS = 4, 3
COSTS = {
    CostKind.VENUE: ("Room hire", Decimal("185.00")),
    CostKind.TRAINER: ("Trainer’s fee and travel", Decimal("420.00")),
    CostKind.CATERING: ("Tea, coffee and biscuits", Decimal("54.50")),
}
SHARES = (Decimal("12000.00"), Decimal("8500.00"), Decimal("4250.00"))


def load_payments(town: Town) -> None:
    """A file of the bank that waits to be reviewed, a few costs and contributions."""
    paid = [one for one in town.occasions if one.closed][-EVENTS_WITH_COSTS:]
    for occasion in paid:
        note_costs(town, occasion)
    note_contributions(town)
    unpaid = list(standing_invoices().filter(balance__gt=0).order_by("due_on", "number"))
    receive(town, to_review(unpaid), town.office_closed - timedelta(minutes=25))


def receive(town: Town, rows: Iterable[tuple[str, str, Decimal]], at: datetime) -> PaymentFile:
    """A file as the bank would write it."""
    day = f"{at.astimezone(town.zone):%d/%m/%Y}"
    lines = [HEADINGS, *(f'{day},{words},"{payer}",{amount}' for words, payer, amount in rows)]
    content = "\r\n".join([*lines, ""]).encode()
    name = f"bank-{at.astimezone(town.zone):%d-%m-%Y}.csv"
    return receive_payment_file(name=name, content=content, by=town.member("finance"), at=at)


def in_full(invoice: StandingInvoice) -> tuple[str, str, Decimal]:
    """A payment with the number of its invoice."""
    return (f"BGC {invoice.number}", invoice.customer_name, invoice.owed)


def to_review(unpaid: list[Invoice]) -> list[tuple[str, str, Decimal]]:
    """One with its number, one too large, one with the agency’s name alone, and one that is for something else."""
    rows = [in_full(one) for one in unpaid[:1]]
    rows += [(f"BGC {one.number}", one.customer_name, one.owed + 10) for one in unpaid[1:2]]
    rows += [("FASTER PAYMENT", one.customer_name, one.owed) for one in unpaid[2:3]]
    return [*rows, ("LOST PROPERTY", "A visitor", Decimal("6.50"))]


def pay_by_file(town: Town, invoice: Invoice, at: datetime) -> None:
    """All that is still owed comes with a file of the bank. What it says is accepted and entered."""
    owing = standing_invoice(invoice)
    if not owing.owed:
        return
    file, finance = receive(town, [in_full(owing)], at), town.member("finance")
    accepted = list(file.payments.all())
    ids = [one.pk for one in accepted]
    accept_imported(file=file, payments=ids, by=finance, at=at)
    reviewed = (len(accepted), sum((one.amount for one in accepted), Decimal(0)))
    release_imported(file=file, reviewed=reviewed)
    while enter_next_imported(now=at):
        pass


def note_costs(town: Town, occasion: Occasion) -> None:
    """What an event cost: no room if everyone was at home."""
    at = town.office_closed - timedelta(minutes=30)
    event = occasion.event
    for kind, (description, amount) in COSTS.items():
        if event.delivery != Delivery.IN_PERSON and kind is not CostKind.TRAINER:
            continue
        day = event.ends_at.astimezone(town.zone).date()
        key = key_of(town, event.reference, kind)
        entry = CostEntry(kind, description, amount, day, key)
        enter_event_cost(event=event, entry=entry, by=town.member("coordinator"), at=at)


def note_contributions(town: Town) -> None:
    """Of safeguarding partners, for this year."""
    at = town.office_closed - timedelta(minutes=30)
    year = FinancialYear.of(at.astimezone(town.zone).date())
    facts = AgencyFacts.objects.filter(payer_class__code=UsualPayerClass.PARTNER)
    rows = facts.select_related("agency").order_by("agency__name")
    givers = {one.agency_id: one.agency for one in rows}
    for agency, amount in zip(list(givers.values())[:CONTRIBUTORS], SHARES, strict=False):
        key = key_of(town, agency.reference, str(year.begins))
        entry = ContributionEntry(agency, year, amount, "Yearly contribution", key)
        enter_contribution(entry=entry, by=town.member("finance"), at=at)


def key_of(town: Town, *what: str) -> UUID:
    return uuid5(NAMESPACE_URL, ":".join((town.seed.slug, *what)))
