"""A year of finance's work: charges reviewed, months invoiced, fees waived, money received, open questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, partial
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from bookings.rules.money import to_pence
from bookings.rules.prices import ChargeKind
from finance.models import Charge, Invoice, InvoiceLine
from finance.operations.approve_charges import approve_charges
from finance.operations.decide_charge import decide_charge
from finance.operations.decide_mitigation import decide_mitigation
from finance.operations.download_ledger_batch import download_ledger_batch
from finance.operations.export_to_ledger import export_to_ledger
from finance.operations.issue_next_of_run import issue_next_of_run
from finance.operations.open_mitigation import open_mitigation
from finance.operations.prepare_run import prepare_run
from finance.operations.record_payment import record_payment
from finance.operations.release_run import release_run
from finance.rules.states import ChargeState, MitigationState
from finance.terms.debt import standing_invoice
from finance.terms.runs import drafts_of
from partnerships.rules.months import add_months, first_of_month
from tools.demo.payments import pay_by_file
from tools.demo.reader import Facts
from tools.demo.requests import load_requests
from tools.demo.town import Town

DAY_OF_RUN = 5  # of the month after
APPROVED, INVOICED = "approved", {"invoiced", "paid"}  # how far the charges of an event have got
PAID_BY_FILE = 0  # this invoice of the year is paid by a file of the bank
WASTED = {ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW}
NO_CHARGE = "No charge this time: it is a small charity and the place would have stayed empty."
ASKED = "Our duty rota changed that morning and we could not spare anyone."
EVIDENCE = "That morning’s rota and message to the team."
GRANTED = "Agreed: the reason was outside the agency’s control."


@dataclass
class Books:
    """What finance works through: the year's charges, with the story of each event."""

    town: Town
    charges: list[Charge]
    stories: dict[int, Facts]
    waived: set[int] = field(default_factory=set)
    numbers: count[int] = field(default_factory=count)

    def story(self, charge: Charge) -> Facts:
        return self.stories[charge.booking.event_id]

    @cached_property
    def runs(self) -> dict[date, datetime]:
        """When each month with charges was invoiced, as far as that is past."""
        months = {first_of_month(one.arose_on) for one in self.charges}
        times = {month: self.run_time(month) for month in sorted(months)}
        return {month: at for month, at in times.items() if at < self.town.office_closed}

    def run_time(self, month: date) -> datetime:
        """One of the first days in the office of the month after, or later, when all that is due has been reviewed."""
        day = add_months(month, 1) + timedelta(days=DAY_OF_RUN - 1)
        reviewed = [
            review_time(self.town, one)
            for one in self.charges
            if first_of_month(one.arose_on) == month and self.story(one)["charges"] in INVOICED
        ]
        at = self.town.in_the_office(self.town.at(day, time(11)))
        return max([at, *(one + timedelta(hours=1) for one in reviewed)])


def load_invoices(town: Town) -> None:
    """Everything in the order of its days: numbers of documents rise with them."""
    rows = Charge.objects.select_related("booking__booked_by", "booking__membership")
    books = Books(
        town=town,
        charges=list(rows.order_by("arose_on", "pk")),
        stories={one.event.pk: one.story for one in town.occasions},
    )
    books.waived = to_waive(books)
    last_run = max(books.runs.values(), default=town.at(town.long_ago, time()))
    for charge in books.charges:
        story, at = books.story(charge)["charges"], review_time(town, charge)
        if story == APPROVED:  # and not invoiced yet: that came after the last run
            at = max(at, last_run + timedelta(hours=1))
        if story in {APPROVED, *INVOICED}:
            town.diary.note(at, partial(review, town, charge))
    for month, at in books.runs.items():
        town.diary.note(at, partial(invoice_month, books, month))
    if books.runs and "ledger" in town.seed.partnership:
        town.diary.note(town.in_the_office(last_run + timedelta(hours=2)), partial(export, town))
    town.diary.live(town.midnight)
    unused = (one for one in books.charges if one.kind in WASTED and one.pk not in books.waived)
    load_requests(town, newest(unused))


def newest(charges: Iterable[Charge]) -> list[Charge]:
    return sorted(charges, key=lambda one: (one.arose_on, one.pk), reverse=True)


def export(town: Town, at: datetime) -> None:
    """Everything up to the last run goes to the ledger, and somebody downloads the file."""
    if not InvoiceLine.objects.exists():
        return
    finance = town.member("finance")
    batch = export_to_ledger(by=finance, at=at)
    download_ledger_batch(batch=batch, by=finance, at=at + timedelta(minutes=2))


def to_waive(books: Books) -> set[int]:
    """As many fees for places that nobody used as each event's story says."""
    found: set[int] = set()
    for event, story in books.stories.items():
        own = [one for one in books.charges if one.booking.event_id == event]
        fees = [one.pk for one in own if one.kind in WASTED and one.amount]
        found |= set(fees[: story.get("waived", 0)])
    return found


def review_time(town: Town, charge: Charge) -> datetime:
    """Three days later, in the office."""
    day = charge.created_at.astimezone(town.zone).date() + timedelta(days=3)
    return town.in_the_office(town.at(day, time(10, 5)))


def review(town: Town, charge: Charge, at: datetime) -> None:
    """Finance accepts what the rule has made, and lets the agency off where the rule leaves it to them."""
    if at >= town.office_closed:
        return
    finance = town.member("finance")
    if charge.state == ChargeState.NEEDS_DECISION:
        decide_charge(charge=charge, amount=Decimal(0), reason=NO_CHARGE, by=finance, at=at)
    else:
        approve_charges(charges=[charge.pk], by=finance, at=at)


def invoice_month(books: Books, month: date, at: datetime) -> None:
    """What is ready of a month goes out, one invoice an agency."""
    if not Charge.objects.ready_to_invoice().of_month(month).exists():
        return
    finance = books.town.member("finance")
    run = prepare_run(month=month, by=finance, at=at)
    drafts = drafts_of(run)
    reviewed = (sum(one.count for one in drafts), sum((one.total for one in drafts), Decimal(0)))
    release_run(run=run, reviewed=reviewed, by=finance, at=at)
    while issue_next_of_run(now=at):
        pass
    for invoice in run.invoices.order_by("number"):
        note_what_follows(books, invoice, at)


def note_what_follows(books: Books, invoice: Invoice, at: datetime) -> None:
    """Somebody asks for a fee to be waived, and money comes in."""
    town, number = books.town, next(books.numbers)
    charges = [line.charge for line in invoice.lines.select_related("charge__booking__booked_by")]
    for charge in charges:
        if charge.pk in books.waived:
            when = town.in_the_office(at + timedelta(days=4))
            when = min(when, town.office_closed - timedelta(minutes=90))
            town.diary.note(when, partial(waive, town, charge))
    settled = all(books.story(one)["charges"] == "paid" for one in charges)
    key = (invoice.issued_on, invoice.agency.reference)
    days = town.chance("payment", *key).randint(9, 29)
    paid = town.in_the_office(at + timedelta(days=days, hours=4))
    if (settled or number % 4 != 1) and paid < town.office_closed:
        in_part = not settled and number % 4 == 3
        by_file = number == PAID_BY_FILE
        act = (
            partial(pay_by_file, town, invoice) if by_file else partial(pay, town, invoice, in_part)
        )
        town.diary.note(paid, act)


def waive(town: Town, charge: Charge, at: datetime) -> None:
    """Finance agrees half an hour after somebody has asked: the fee is credited."""
    lead = charge.booking.booked_by
    asked = at - timedelta(minutes=30)
    case = open_mitigation(charge=charge, reason=ASKED, evidence=EVIDENCE, by=lead, at=asked)
    decide_mitigation(
        case=case,
        outcome=MitigationState.GRANTED,
        decision=GRANTED,
        by=town.member("finance"),
        at=at,
    )


def pay(town: Town, invoice: Invoice, in_part: bool, at: datetime) -> None:
    """What is still owed, or the half of it."""
    owed = standing_invoice(invoice).owed
    if not owed:
        return
    record_payment(
        invoice=invoice,
        amount=to_pence(owed / 2) if in_part else owed,
        received_on=at.astimezone(town.zone).date(),
        reference=f"BACS {invoice.number}",
        by=town.member("finance"),
        at=at,
        entry_key=uuid5(NAMESPACE_URL, f"{town.seed.slug}:{invoice.number}"),
    )
