"""What five invented boards charge, to the penny and the minute."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bookings.rules.attendance import SessionMark
from bookings.rules.place import Place
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.settlement import Settlement, settled_by_cancelling, settled_by_register
from bookings.rules.states import Mark
from partnerships.rules.payers import Facts, Named, known_on, payer_from
from tests.rules.bookings.boards import (
    BRACKEN,
    FENMOOR,
    HIGHWOLD,
    NORTHGATE,
    SALTMARSH,
    Board,
    at,
)

PLAIN = Place(course="c", group="L2", event_type="course", delivery="in_person", sittings=(360,))
EVENT = at(date(2027, 4, 15))  # a Thursday, two weeks after Easter
A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("board", "place", "starts_at", "last"),
    [
        pytest.param(FENMOOR, PLAIN, EVENT, at(date(2027, 4, 13)), id="48 hours or fewer"),
        pytest.param(SALTMARSH, PLAIN, EVENT, date(2027, 3, 31), id="14 clear days"),
        pytest.param(HIGHWOLD, PLAIN, EVENT, at(date(2027, 4, 8), 12, 0), id="until noon"),
        pytest.param(
            HIGHWOLD,
            PLAIN,
            at(date(2027, 4, 1)),
            at(date(2027, 3, 25), 12, 0),
            id="bank holidays count as working days",
        ),
        pytest.param(
            HIGHWOLD, replace(PLAIN, event_type="briefing"), EVENT, date(2027, 4, 14), id="briefing"
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, event_type="conference"),
            EVENT,
            date(2027, 3, 18),
            id="conference",
        ),
        pytest.param(
            HIGHWOLD, replace(PLAIN, delivery="virtual"), EVENT, at(date(2027, 4, 14)), id="virtual"
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, delivery="virtual", event_type="briefing"),
            EVENT,
            date(2027, 4, 14),
            id="the type of event comes before the delivery",
        ),
        pytest.param(
            BRACKEN,
            PLAIN,
            at(date(2027, 4, 8)),
            date(2027, 3, 23),
            id="ten working days over Easter",
        ),
        pytest.param(
            BRACKEN,
            replace(PLAIN, payer_class="individual"),
            EVENT,
            date(2027, 4, 13),
            id="individual",
        ),
    ],
)
def test_the_last_minute_at_which_cancelling_is_free(
    board: Board, place: Place, starts_at: datetime, last: date | datetime
) -> None:
    """A day means its end."""
    end = last if isinstance(last, datetime) else at(last + timedelta(days=1), 0, 0)
    before, after = end - A_MINUTE, end + (A_MINUTE if isinstance(last, datetime) else timedelta())
    agreed = board.agreed(place, starts_at)
    assert not cancelled(board, place, starts_at, before).charges
    assert agreed.deadline.is_met_by(before)
    assert not agreed.deadline.is_met_by(after)


def cancelled(board: Board, place: Place, starts_at: datetime, received: datetime) -> Settlement:
    return settled_by_cancelling(board.agreed(place, starts_at), received, was_pending=False)


def days_before(days: int) -> datetime:
    return at(EVENT.date() - timedelta(days=days), 10, 0)


COSTS_120 = replace(PLAIN, list_price=Decimal(120))


@pytest.mark.parametrize(
    ("board", "place", "received", "amount"),
    [
        pytest.param(FENMOOR, PLAIN, EVENT - timedelta(hours=48), "40.00", id="exactly 48 hours"),
        pytest.param(SALTMARSH, COSTS_120, days_before(16), "0.00", id="15 clear days"),
        pytest.param(SALTMARSH, COSTS_120, days_before(14), "50.00", id="half, less the fee"),
        pytest.param(SALTMARSH, COSTS_120, days_before(8), "50.00", id="seven clear days"),
        pytest.param(SALTMARSH, COSTS_120, days_before(7), "90.00", id="six: at most 90"),
        pytest.param(
            SALTMARSH,
            replace(PLAIN, list_price=Decimal(50)),
            days_before(14),
            "20.00",
            id="at least 20",
        ),
        pytest.param(HIGHWOLD, PLAIN, days_before(1), "30.00", id="half of two half days"),
        pytest.param(
            HIGHWOLD, replace(PLAIN, sittings=(180, 60)), days_before(1), "22.50", id="half of 45"
        ),
        pytest.param(BRACKEN, PLAIN, days_before(3), "35.00", id="late"),
        pytest.param(
            BRACKEN,
            replace(PLAIN, payer_class="individual"),
            days_before(3),
            "0.00",
            id="in time for an individual",
        ),
        pytest.param(BRACKEN, replace(PLAIN, group="L1"), days_before(0), "0.00", id="level 1"),
    ],
)
def test_what_a_late_cancellation_costs(
    board: Board, place: Place, received: datetime, amount: str
) -> None:
    settled = cancelled(board, place, EVENT, received)
    assert sum((due.price.amount for due in settled.dues), Decimal(0)) == Decimal(amount)


PRESENT, ABSENT = SessionMark(Mark.PRESENT), SessionMark(Mark.ABSENT)
LATE_16, EARLY_16 = SessionMark(Mark.LATE, 16), SessionMark(Mark.LEFT_EARLY, minutes_early=16)
ONLINE = replace(PLAIN, delivery="e_learning", payer_class="small")


@pytest.mark.parametrize(
    ("board", "place", "mark", "walk_in", "amounts"),
    [
        pytest.param(FENMOOR, PLAIN, PRESENT, False, {}, id="free in the area"),
        pytest.param(
            FENMOOR,
            replace(PLAIN, area="outside", sittings=(90, 90, 90)),
            *(PRESENT, False, {"attendance": "98.00"}),
            id="three sessions, 50p up",
        ),
        pytest.param(
            FENMOOR,
            replace(PLAIN, sector="private", sittings=(90, 90)),
            *(PRESENT, False, {"attendance": "35.00"}),
            id="up to the pound",
        ),
        pytest.param(
            FENMOOR,
            replace(PLAIN, sector="private", area="outside"),
            *(PRESENT, False, {"attendance": "18.00"}),
            id="the sector comes before the area",
        ),
        pytest.param(FENMOOR, PLAIN, PRESENT, True, {"walk_in": "15.00"}, id="without a booking"),
        pytest.param(FENMOOR, PLAIN, ABSENT, False, {"no_show": "60.00"}, id="absent"),
        pytest.param(
            SALTMARSH, COSTS_120, ABSENT, False, {"no_show": "120.00"}, id="the list price"
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, sittings=(120,)),
            PRESENT,
            False,
            {"attendance": "25.00"},
            id="exactly two hours",
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, sittings=(240,)),
            PRESENT,
            False,
            {"attendance": "45.00"},
            id="exactly four hours",
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, sittings=(181, 180)),
            PRESENT,
            False,
            {"attendance": "90.00"},
            id="three half days",
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, delivery="virtual"),
            ABSENT,
            False,
            {"no_show": "12.00"},
            id="virtual",
        ),
        pytest.param(
            HIGHWOLD,
            PLAIN,
            *(LATE_16, False, {"no_show": "60.00"}),
            id="a full day allows 15 minutes",
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, sittings=(240,)),
            *(LATE_16, False, {"attendance": "45.00"}),
            id="the trainer decides on shorter ones",
        ),
        pytest.param(
            HIGHWOLD,
            replace(PLAIN, delivery="virtual"),
            *(SessionMark(Mark.LATE, 1), False, {"no_show": "12.00"}),
            id="a minute late online",
        ),
        pytest.param(
            BRACKEN,
            replace(PLAIN, event_type="briefing"),
            *(LATE_16, False, {}),
            id="briefings charge no one who is late",
        ),
        pytest.param(
            BRACKEN, PLAIN, LATE_16, False, {"late_arrival": "10.00"}, id="16 minutes late"
        ),
        pytest.param(BRACKEN, PLAIN, EARLY_16, False, {"left_early": "12.00"}, id="16 early"),
        pytest.param(
            BRACKEN,
            replace(PLAIN, group="L3", sittings=(360, 180)),
            *(LATE_16, False, {"attendance": "160.00", "late_arrival": "10.00"}),
            id="level 3 pays for two days",
        ),
        pytest.param(
            BRACKEN, replace(PLAIN, group="L1"), ABSENT, False, {}, id="level 1 is never charged"
        ),
        pytest.param(
            NORTHGATE,
            replace(PLAIN, course="neglect", payer_class="large"),
            *(PRESENT, False, {}),
            id="a free course",
        ),
        pytest.param(
            NORTHGATE,
            replace(PLAIN, course="neglect", payer_class="large"),
            *(ABSENT, False, {"no_show": "65.00"}),
            id="a free course that nobody came to",
        ),
        pytest.param(
            NORTHGATE, ONLINE, ABSENT, False, {"not_completed": "5.00"}, id="not finished"
        ),
        pytest.param(NORTHGATE, ONLINE, PRESENT, False, {"attendance": "20.00"}, id="finished"),
    ],
)
def test_what_the_register_costs(
    board: Board, place: Place, mark: SessionMark, walk_in: bool, amounts: dict[str, str]
) -> None:
    settled = settled_by_register(board.agreed(place, EVENT), [mark], walk_in=walk_in)
    found = {due.kind.value: due.price.amount for due in settled.charges}
    assert found == {kind: Decimal(amount) for kind, amount in amounts.items()}


@pytest.mark.parametrize(
    ("board", "place"),
    [
        pytest.param(SALTMARSH, PLAIN, id="left to a person"),
        pytest.param(NORTHGATE, PLAIN, id="no price for an unknown class"),
    ],
)
def test_what_a_person_decides(board: Board, place: Place) -> None:
    [due] = settled_by_register(board.agreed(place, EVENT), [PRESENT]).charges
    assert (due.kind, due.price.outcome) == (ChargeKind.ATTENDANCE, FeeOutcome.DECISION)


CHARITY = Facts(date(2026, 4, 1), sector=Named("voluntary", "Voluntary"))


@pytest.mark.parametrize(
    ("facts", "payer_class", "why"),
    [
        pytest.param(
            replace(CHARITY, turnover=Decimal("249999.99")),
            *("small", "Voluntary, turnover below £250,000, as recorded from 1 April 2026"),
            id="just below",
        ),
        pytest.param(
            replace(CHARITY, turnover=Decimal(250_000)),
            *("large", "Voluntary, turnover from £250,000, as recorded from 1 April 2026"),
            id="exactly at the bound",
        ),
        pytest.param(
            replace(CHARITY, turnover=Decimal(10), gives_in_kind=True),
            *("contributor", "Contributes money or in kind, as recorded from 1 April 2026"),
            id="the first rule that fits",
        ),
        pytest.param(
            replace(CHARITY, staff=50),
            *("large", "Staff from 50, as recorded from 1 April 2026"),
            id="turnover not known",
        ),
        pytest.param(
            CHARITY, "", "No rule fits the facts, as recorded from 1 April 2026", id="nothing known"
        ),
        pytest.param(
            replace(CHARITY, payer_class=Named("small", "Small"), turnover=Decimal(999_999)),
            *("small", "Set for this agency, as recorded from 1 April 2026"),
            id="set by hand",
        ),
    ],
)
def test_the_payer_class_follows_from_the_facts(facts: Facts, payer_class: str, why: str) -> None:
    payer = payer_from(facts, NORTHGATE.classes)
    assert (payer.payer_class.code, payer.why) == (payer_class, why)
    assert payer.sector == facts.sector


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2026, 4, 1)),
        (date(2027, 1, 1), date(2027, 1, 1)),
    ],
)
def test_the_newest_facts_that_have_begun_hold(day: date, since: date | None) -> None:
    later = replace(CHARITY, since=date(2027, 1, 1))
    for history in ([CHARITY, later], [later, CHARITY]):
        found = known_on(day, history)
        assert (found.since if found else None) == since
