"""The documents about rules cannot lie: each row of their tables is worked out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import attendance_for, attendance_outcome
from bookings.rules.deadline import (
    Deadline,
    counted_deadline,
    deadline_after_move,
    deadline_after_offer,
    kept_deadline,
    notice_wording,
)
from bookings.rules.fees import Circumstances, Price, PriceRule, price_for
from bookings.rules.money import pounds
from bookings.rules.notice import NoticePolicy, free_until, in_time, notice_for, notice_left
from bookings.rules.place import Place
from bookings.rules.prices import FeeOutcome
from bookings.rules.settlement import Settlement, settled_by_register
from finance.rules.debt import balance
from finance.rules.invoicing import credit_note_by, due_on, first_reminder_on
from finance.rules.numbering import number_reasons
from finance.rules.simulation import Ended, PolicyVersion, dues_under
from finance.rules.vat import VatCode, VatTreatment, split_vat
from govuk.rules.phrases import long_date
from partnerships.rules.payers import ClassRule, Facts, Gives, Named, payer_from
from partnerships.rules.reasons import Explanation
from tests.layout import ROOT
from tests.rules.bookings.boards import LONDON, Board
from tests.rules.bookings.spoken import (
    KINDS,
    a_day,
    a_notice,
    a_place,
    a_price,
    a_scope,
    an_attendance_rule,
    an_instant,
    calendar_of,
    pounds_in,
    the_register,
)

DOCUMENTS = ("docs/rules/notice.md", "docs/rules/fees.md")
CITED = {"W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W30", "W31", "W32", "W35"}
CITED |= {"W44", "W46", "W47", "W48", "W49"}
Cells = dict[str, str]
Headings = tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """One row, with the last table of rules before it."""

    headings: Headings
    cells: Cells
    rules: tuple[Cells, ...] = ()


def tables(text: str) -> Iterator[tuple[Headings, list[Cells]]]:
    """Every table of a Markdown text."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        first, _, *rows = (
            [cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()
        )
        yield tuple(first), [dict(zip(first, row, strict=True)) for row in rows]


def examples() -> Iterator[Example]:
    """Every row that has an answer, in every document."""
    for document in DOCUMENTS:
        rules: tuple[Cells, ...] = ()
        for headings, rows in tables((ROOT / document).read_text()):
            if headings[0] != "Case":
                rules = tuple(rows)
            else:
                yield from (Example(headings, cells, rules) for cells in rows)


def notice_in(cells: Cells) -> NoticePolicy:
    found = a_notice(
        cells["Notice needed"],
        until=cells.get("Until", ""),
        bank_holidays=cells.get("Bank holidays", ""),
    )
    assert notice_wording(found) == cells["Notice needed"], "the words of the product"
    return found


def last_step(deadline: Deadline) -> str:
    return deadline.why.steps[-1].removeprefix("Free if received ").removesuffix(".")


def deadline(one: Example) -> Cells:
    cells = one.cells
    calendar = calendar_of(cells.get("Nation", ""), cells.get("Closed", ""))
    found = counted_deadline(an_instant(cells["Event starts"]), notice_in(cells), calendar, LONDON)
    return {"Free if received": last_step(found)}


def received(one: Example) -> Cells:
    cells, calendar = one.cells, calendar_of()
    start, came = an_instant(cells["Event starts"]), an_instant(cells["Received"])
    until = free_until(start, notice_in(cells), calendar, LONDON)
    left = notice_left(came, start, notice_in(cells), calendar, LONDON)
    return {"In time": "yes" if in_time(came, until) else "no", "Notice given": str(left)}


def which_notice(one: Example) -> Cells:
    rules = [
        replace(
            a_notice(row["Notice needed"], unused=row["Unused places"]),
            scope=a_scope(row["For"]),
            label=row["Rule"],
        )
        for row in one.rules
    ]
    found = notice_for(a_place(one.cells["Place"]), rules)
    unused = "charged" if found.is_charged else "not charged"
    return {"Rule that applies": found.label, "Unused places": unused}


def given(words: str) -> Deadline:
    return Deadline(an_instant(words), Explanation(None, "", (), ("Counted.",)))


def kept(one: Example) -> Cells:
    cells, start = one.cells, an_instant(one.cells["Event starts"])
    found = kept_deadline(given(cells["Given before"]), given(cells["Counted now"]), start, LONDON)
    return {"Free if received": conclusion(found)}


def grace(one: Example) -> Cells:
    cells, start = one.cells, an_instant(one.cells["Event starts"])
    since, hours = an_instant(cells["Since"]), int(cells["Hours"])
    usual = given(cells["Counted now"])
    offered, moved = (
        each(since, usual, start, hours, LONDON)
        for each in (deadline_after_offer, deadline_after_move)
    )
    assert offered.instant == moved.instant
    return {"Free if received": conclusion(offered)}


def conclusion(found: Deadline) -> str:
    """The last step, or that of a deadline that was only given here and not counted."""
    return last_step(found) if found.why.steps[-1] != "Counted." else last_step(told(found.instant))


def told(instant: datetime) -> Deadline:
    """An instant in the words of the product: it is kept over one that is earlier."""
    sooner = Deadline(instant - timedelta(days=1), Explanation(None, "", (), ("Counted.",)))
    later = Deadline(instant, sooner.why)
    return kept_deadline(later, sooner, instant.astimezone(UTC) + timedelta(days=1), LONDON)


def prices_in(rules: tuple[Cells, ...]) -> tuple[PriceRule, ...]:
    return tuple(
        a_price(row["Charge"], row["For"], row["Amount"], row.get("If notice is less than", ""))
        for row in rules
    )


def in_words(price: Price) -> str:
    words = {FeeOutcome.FREE: "free", FeeOutcome.DECISION: "a person decides"}
    return words.get(price.outcome, pounds(price.amount))


def cost(one: Example) -> Cells:
    cells, lines = one.cells, prices_in(one.rules)
    notice = cells.get("Notice given")
    case = Circumstances(
        KINDS[cells["Charge"]], a_place(cells["Place"]), int(notice) if notice else None
    )
    found = price_for(case, lines)
    assert found == price_for(case, reversed(lines)), "whatever order the prices come in"
    return {"Cost": in_words(found), "Calculation": " ".join(found.explanation.steps)}


START = an_instant("9:30am on Thursday 15 April 2027")


def board_of(rules: tuple[Cells, ...], *, unused: str = "charged", register: str = "") -> Board:
    attendance = an_attendance_rule(register or "30 minutes late allowed")
    notice = a_notice("at least 10 working days", unused=unused)
    return Board((notice,), prices_in(rules), attendance)


def owed_in(settlement: Settlement) -> str:
    parts = [f"{due.kind.label} {pounds(due.price.amount)}" for due in settlement.charges]
    return ", ".join(parts) or "nothing"


def register(one: Example) -> Cells:
    marks, walk_in = the_register(one.cells["Register"])
    agreed: Agreed = board_of(one.rules, register=one.cells["Policy"]).agreed(
        a_place(one.cells["Place"]), START
    )
    outcome = attendance_outcome(marks, agreed.attendance, walk_in=walk_in)
    return {
        "Owed": owed_in(settled_by_register(agreed, marks, walk_in=walk_in)),
        "Certificate": "yes" if outcome.certificate else "no",
    }


def which_register(one: Example) -> Cells:
    rules = [
        replace(
            an_attendance_rule(row["At the event"]), scope=a_scope(row["For"]), label=row["Rule"]
        )
        for row in one.rules
        if row["Policy"] == one.cells["Policy"]
    ]
    found = attendance_for(a_place(one.cells["Place"]), rules)
    marks, _ = the_register(one.cells["Marked"])
    outcome = attendance_outcome(marks, found)
    return {
        "Rule that applies": found.label,
        "Comes to": outcome.state.label,
        "Certificate": "yes" if outcome.certificate else "no",
    }


def nothing_owed(one: Example) -> Cells:
    cells = one.cells
    board = board_of(one.rules, unused=cells["Unused places"])
    place, happened = Place(sittings=(60,)), cells["What happened"]
    agreed = board.agreed(place, START)
    version = PolicyVersion(
        notices=board.notices,
        prices=board.prices,
        registers=board.registers,
        half_day_minutes=board.half_day_minutes,
        keep_late_charge=cells["Late fees then"] == "stay",
        calendar=agreed.calendar,
        tz=LONDON,
    )
    days = {"cancelled late": 1, "cancelled in time": 60}.get(happened)
    marks, _ = the_register("absent" if happened == "did not come" else "present")
    ended = Ended(
        place,
        START,
        agreed.deadline.instant,
        version,
        received_at=START - timedelta(days=days) if days else None,
        marks=tuple(marks),
        event_cancelled=cells["Event cancelled later"] == "yes",
    )
    dues = dues_under(version, ended)
    parts = [f"{due.kind.label} {pounds(due.price.amount)}" for due in dues]
    return {"Owed": ", ".join(parts) or "nothing"}


def bound(words: str, which: str) -> Decimal | None:
    return pounds_in(words.removeprefix(f"{which} ")) if words.startswith(which) else None


def payer(one: Example) -> Cells:
    rules = [
        ClassRule(
            Named(row["Class"]),
            sector=Named(row["Sector"]) if row["Sector"] else None,
            gives=Gives.ANYTHING if row["Contributes"] else None,
            turnover_from=bound(row["Turnover"], "from"),
            turnover_below=bound(row["Turnover"], "below"),
            staff_from=int(bound(row["Staff"], "from") or 0) or None,
        )
        for row in one.rules
    ]
    cells = one.cells
    facts = Facts(
        START.date(),
        sector=Named(cells["Sector"]),
        gives_in_kind=cells["Contributes"] == "in kind",
        turnover=pounds_in(cells["Turnover"]) if cells["Turnover"] else None,
        staff=int(cells["Staff"]) if cells["Staff"] else None,
    )
    return {"Class": payer_from(facts, rules).payer_class.code or "none"}


def vat(one: Example) -> Cells:
    words = one.cells["VAT"]
    code = {"exempt": VatCode.EXEMPT, "outside the scope": VatCode.OUTSIDE_SCOPE}.get(words)
    treatment = VatTreatment(
        code or VatCode.STANDARD,
        Decimal(0) if code else Decimal(words.split("%")[0]),
        prices_include_vat=words.endswith("included"),
    )
    split = split_vat(pounds_in(one.cells["Fee"]), treatment)
    return {"Net": pounds(split.net), "VAT amount": pounds(split.vat), "Total": pounds(split.gross)}


def invoice(one: Example) -> Cells:
    due = due_on(a_day(one.cells["Issued on"]), int(one.cells["Days to pay"]))
    reminder = first_reminder_on(due, calendar_of())
    return {"Due on": long_date(due), "First reminder": long_date(reminder)}


def credit(one: Example) -> Cells:
    by = credit_note_by(a_day(one.cells["Reduction agreed on"]))
    return {"Credit note by": long_date(by)}


def number(one: Example) -> Cells:
    return {"Accepted": "no" if number_reasons(one.cells["Number"].strip("`")) else "yes"}


def owed(one: Example) -> Cells:
    total = sum((pounds_in(part) for part in one.cells["Charges"].split(", ")), Decimal(0))
    left = balance(total, pounds_in(one.cells["Credited"]), Decimal(0), Decimal(0))
    return {"Still owed": pounds(left)}


@dataclass(frozen=True)
class Kind:
    """What a table is about is told by one of its headings."""

    heading: str
    answer: Callable[[Example], Cells] = field(compare=False)


# The first that a table has.
SORTS = (
    Kind("Given before", kept),
    Kind("Since", grace),
    Kind("Received", received),
    Kind("Notice needed", deadline),
    Kind("Marked", which_register),
    Kind("Rule that applies", which_notice),
    Kind("Cost", cost),
    Kind("Register", register),
    Kind("What happened", nothing_owed),
    Kind("Class", payer),
    Kind("Fee", vat),
    Kind("Issued on", invoice),
    Kind("Reduction agreed on", credit),
    Kind("Number", number),
    Kind("Still owed", owed),
)
EXAMPLES = tuple(examples())


@pytest.mark.parametrize(
    "number_of",
    range(len(EXAMPLES)),
    ids=[f"{one.headings[-1]}: {one.cells['Case']}" for one in EXAMPLES],
)
def test_each_row_of_the_documents_is_true(number_of: int) -> None:
    one = EXAMPLES[number_of]
    sort = next(sort for sort in SORTS if sort.heading in one.headings)
    found = sort.answer(one)
    told_here = {name: words for name, words in one.cells.items() if name in found}
    assert told_here, "the row has an answer"
    assert told_here == {name: found[name] for name in told_here}


def test_the_documents_have_every_kind_of_table_and_the_worked_examples() -> None:
    assert {
        next(sort.heading for sort in SORTS if sort.heading in one.headings) for one in EXAMPLES
    } == {sort.heading for sort in SORTS}
    assert len(EXAMPLES) > 150
    cited = {number for one in EXAMPLES for number in re.findall(r"\bW\d+", one.cells["Case"])}
    assert cited >= CITED
