"""A year of finance's work, in the order of its days: invoice runs, waived fees, payments, open questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from bookings.rules.money import NOTHING, to_pence
from finance.models import Charge, Invoice, InvoiceRun, InvoiceRunState
from finance.operations.decide_mitigation import decide_mitigation
from finance.operations.issue_invoice import issue_invoice
from finance.operations.open_mitigation import open_mitigation
from finance.operations.record_payment import record_payment
from finance.rules.states import ChargeState
from finance.terms.debt import standing_invoice
from partnerships.models import Agency
from partnerships.rules.months import add_months, first_of_month
from tools.demo.money import is_wasted
from tools.demo.reader import Facts
from tools.demo.town import Town

DAY_OF_RUN = 5  # of the month after
WORTH_A_BILL = Decimal("200.00")
ISSUED = {"invoiced", "paid"}
ASKED = "Our duty rota changed that morning and we could not spare anyone."
EVIDENCE = "That morning’s rota and message to the team."
GRANTED = "Agreed: the reason was outside the agency's control."
STILL_ASKED = "The practitioner was called to a child protection conference at short notice."


@dataclass(eq=False)
class Bill:
    """The charges of one agency and month, and the invoice made of them."""

    agency: Agency
    month: date
    charges: list[Charge] = field(default_factory=list)
    settled: bool = True
    invoice: Invoice | None = None

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.charges), NOTHING)


Diary = list[tuple[datetime, int, Callable[[], None]]]


def load_invoices(town: Town, charges: list[Charge]) -> None:
    """Enter everything in a diary first: numbers of documents must rise with their days."""
    waived = to_waive(town, charges)
    bills = gather(town, charges)
    runs: dict[date, InvoiceRun] = {}
    diary: Diary = []
    for number, bill in enumerate(bills):
        at = issue_time(town, bill)
        diary.append((at, len(diary), partial(issue, town, bill, runs, at)))
        for charge in bill.charges:
            if charge.pk in waived:
                when = town.in_the_office(at + timedelta(days=4))
                when = min(when, town.office_closed - timedelta(minutes=90))
                diary.append((when, len(diary), partial(waive, town, charge, when)))
        paid = payment_time(town, bill, number, at)
        if paid is not None:
            diary.append((paid, len(diary), partial(pay, town, bill, number, paid)))
    for _, _, act in sorted(diary, key=lambda entry: entry[:2]):
        act()
    ask_for_mercy(town, charges, waived)


def to_waive(town: Town, charges: list[Charge]) -> set[int]:
    """As many fees for wasted places as each event's story says."""
    found: set[int] = set()
    for occasion in town.occasions:
        own = [one for one in charges if one.booking.event_id == occasion.event.pk]
        fees = [one for one in own if is_wasted(one) and one.state == ChargeState.APPROVED]
        found |= {one.pk for one in fees[: occasion.story.get("waived", 0)]}
    return found


def gather(town: Town, charges: list[Charge]) -> list[Bill]:
    """One bill an agency and month; small sums wait for the next month's run."""
    stories = {occasion.event.pk: occasion.story for occasion in town.occasions}
    ready = [one for one in charges if can_be_billed(one, stories[one.booking.event_id])]
    bills: list[Bill] = []
    open_bills: dict[int, Bill] = {}
    for one in sorted(ready, key=lambda one: (one.arose_on, one.booking.reference)):
        month = first_of_month(one.arose_on)
        bill = open_bills.get(one.agency_id)
        if bill is None or (bill.month != month and bill.total >= WORTH_A_BILL):
            bill = open_bills[one.agency_id] = Bill(one.agency, month)
            bills.append(bill)
        bill.month = month
        bill.charges.append(one)
        paid = stories[one.booking.event_id]["charges"] == "paid"
        bill.settled = bill.settled and paid
    return sorted(bills, key=lambda bill: (bill.month, bill.agency.name))


def can_be_billed(one: Charge, story: Facts) -> bool:
    """Finance has approved it; agencies that insist on a purchase order and have none wait."""
    waits = one.awaits_purchase_order
    return one.state == ChargeState.APPROVED and story["charges"] in ISSUED and not waits


def issue_time(town: Town, bill: Bill) -> datetime:
    """The run of the month after; the last evening in the office where that is still to come."""
    day = add_months(bill.month, 1) + timedelta(days=DAY_OF_RUN - 1)
    decided = max(one.decided_at for one in bill.charges if one.decided_at)
    at = max(town.in_the_office(town.at(day, time(11, 0))), decided + timedelta(hours=1))
    return min(at, town.office_closed - timedelta(hours=2))


def issue(town: Town, bill: Bill, runs: dict[date, InvoiceRun], at: datetime) -> None:
    """The real operation: number, PDF, snapshot."""
    finance = town.member("finance")
    if bill.month not in runs:
        runs[bill.month] = InvoiceRun.objects.create(
            month=bill.month,
            state=InvoiceRunState.DONE,
            created_by=finance,
            created_at=at,
            released_at=at,
            released_by=finance,
            done_at=at,
        )
    bill.invoice = issue_invoice(
        agency=bill.agency,
        charges=[one.pk for one in bill.charges],
        by=finance,
        at=at,
        run=runs[bill.month],
    )


def waive(town: Town, charge: Charge, at: datetime) -> None:
    """Somebody asked and finance agreed: the line is credited."""
    lead = charge.booking.booked_by
    case = open_mitigation(
        charge=charge, reason=ASKED, evidence=EVIDENCE, by=lead, at=at - timedelta(minutes=30)
    )
    decide_mitigation(case=case, grant=True, decision=GRANTED, by=town.member("finance"), at=at)


def payment_time(town: Town, bill: Bill, number: int, issued_at: datetime) -> datetime | None:
    """When money came. Of the bills whose story leaves it open some are paid, some in part, some not."""
    days = town.chance("payment", bill.month, bill.agency.reference).randint(9, 29)
    at = town.in_the_office(issued_at + timedelta(days=days, hours=4))
    unpaid = not bill.settled and number % 4 == 1
    return None if unpaid or at >= town.office_closed else at


def pay(town: Town, bill: Bill, number: int, at: datetime) -> None:
    """What is still owed; of every fourth open bill only the half."""
    assert bill.invoice is not None
    owed = standing_invoice(bill.invoice).owed
    if not owed:
        return
    part = not bill.settled and number % 4 == 3
    record_payment(
        invoice=bill.invoice,
        amount=to_pence(owed / 2) if part else owed,
        received_on=at.astimezone(town.zone).date(),
        reference=f"BACS {bill.invoice.number}",
        by=town.member("finance"),
        at=at,
        entry_key=uuid5(NAMESPACE_URL, f"{town.seed.slug}:{bill.invoice.number}"),
    )


def ask_for_mercy(town: Town, charges: list[Charge], waived: set[int]) -> None:
    """Two requests that nobody has decided yet: the newest fees that still stand."""
    fees = [one for one in charges if is_wasted(one) and one.pk not in waived]
    fees.sort(key=lambda one: (one.arose_on, one.booking.reference), reverse=True)
    for hours, charge in enumerate(fees[:2], 3):
        open_mitigation(
            charge=charge,
            reason=STILL_ASKED,
            evidence="",
            by=charge.booking.membership,
            at=town.midnight - timedelta(hours=hours),
        )
