"""Five invented boards whose charging policies between them use everything that a policy can say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, attendance_for
from bookings.rules.deadline import counted_deadline
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit, notice_for
from bookings.rules.place import EVERYWHERE, AppliesTo, Place
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from partnerships.rules.payers import ClassRule, Gives, Named
from partnerships.rules.working_days import WorkingCalendar

LONDON = ZoneInfo("Europe/London")
ATTENDANCE, LATE, NO_SHOW = ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
FREE, AMOUNT, DECISION = FeeOutcome.FREE, FeeOutcome.AMOUNT, FeeOutcome.DECISION
CALENDAR = WorkingCalendar.from_names(
    {
        date(2027, 3, 26): "Good Friday",
        date(2027, 3, 29): "Easter Monday",
        date(2027, 5, 3): "Early May bank holiday",
        date(2027, 5, 31): "Spring bank holiday",
    }
)


@dataclass(frozen=True)
class Board:
    """One charging policy, as the rules read it."""

    notices: tuple[NoticePolicy, ...]
    prices: tuple[PriceRule, ...]
    attendance: AttendanceRule = field(default_factory=AttendanceRule)
    register_exceptions: tuple[AttendanceRule, ...] = ()
    classes: tuple[ClassRule, ...] = ()
    half_day_minutes: int = 240

    @property
    def registers(self) -> tuple[AttendanceRule, ...]:
        """What happens at the event: the general rule, and the exceptions."""
        return self.attendance, *self.register_exceptions

    def agreed(self, place: Place, starts_at: datetime) -> Agreed:
        """The terms of a place at an event."""
        place = replace(place, half_day_minutes=self.half_day_minutes)
        notice = notice_for(place, self.notices)
        return Agreed(
            place=place,
            notice=notice,
            attendance=attendance_for(place, self.registers),
            prices=self.prices,
            starts_at=starts_at,
            deadline=counted_deadline(starts_at, notice, CALENDAR, LONDON),
            calendar=CALENDAR,
            tz=LONDON,
        )


def at(day: date, hour: int = 9, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def line(
    kind: ChargeKind,
    amount: str | None,
    clause: str,
    applies: AppliesTo = EVERYWHERE,
    **says: object,
) -> PriceRule:
    """A price; None is free."""
    outcome = FREE if amount is None else AMOUNT
    return PriceRule(kind, outcome, Decimal(amount or 0), clause, applies, **says)  # type: ignore[arg-type]


# Counts in hours and "so many or fewer". Prices by sector and area, for each session, in whole pounds; those who come
# without a booking pay extra, those outside the area more.
FENMOOR = Board(
    notices=(NoticePolicy(48, NoticeUnit.HOURS, Counting.MORE_THAN, clause="48 hours or fewer"),),
    prices=(
        line(ATTENDANCE, None, "Free in the area"),
        line(
            ATTENDANCE,
            "32.50",
            "Outside the area",
            AppliesTo(area="outside"),
            base=FeeBase.PER_SESSION,
            rounding=Rounding.POUND,
        ),
        line(
            ATTENDANCE,
            "17.25",
            "Private providers",
            AppliesTo(sector="private"),
            base=FeeBase.PER_SESSION,
            rounding=Rounding.POUND_UP,
        ),
        line(LATE, "40", "Everyone pays"),
        line(NO_SHOW, "60", "Everyone pays"),
        line(ChargeKind.WALK_IN, "15", "Without a booking"),
    ),
)

# Counts clear calendar days. The later, the larger the share of the course's list price, less the booking fee, within
# limits; attending is free for contributors and for anything else decided by a person.
SALTMARSH = Board(
    notices=(NoticePolicy(14, NoticeUnit.CALENDAR_DAYS, clear_days=True, clause="14 clear days"),),
    prices=(
        line(ATTENDANCE, None, "Contributors attend free", AppliesTo(payer_class="contributor")),
        PriceRule(ATTENDANCE, DECISION, clause="Ask us"),
        line(
            LATE,
            "50",
            "Half the list price",
            notice_under=14,
            base=FeeBase.PERCENT_OF_LIST_PRICE,
            less=Decimal(10),
            at_least=Decimal(20),
        ),
        line(
            LATE,
            "100",
            "The list price",
            notice_under=7,
            base=FeeBase.PERCENT_OF_LIST_PRICE,
            less=Decimal(10),
            at_most=Decimal(90),
        ),
        line(NO_SHOW, "100", "The list price", base=FeeBase.PERCENT_OF_LIST_PRICE),
    ),
)

# Counts working days with bank holidays, until noon. Briefings need a day, conferences four weeks, virtual events a
# day's hours. Prices by length; half a day ends after exactly three hours. The trainer decides about those who come
# late, but for full days there are 15 minutes, and whoever joins late online has not come.
HIGHWOLD = Board(
    notices=(
        NoticePolicy(5, skip_bank_holidays=False, cut_off=time(12), clause="Five working days"),
        NoticePolicy(
            1, scope=AppliesTo(event_type="briefing"), clause="One working day", label="briefings"
        ),
        NoticePolicy(
            28,
            NoticeUnit.CALENDAR_DAYS,
            scope=AppliesTo(event_type="conference"),
            clause="Four weeks",
            label="conferences",
        ),
        NoticePolicy(
            24,
            NoticeUnit.HOURS,
            scope=AppliesTo(delivery="virtual"),
            clause="A day",
            label="virtual events",
        ),
    ),
    prices=(
        line(ATTENDANCE, "25", "Up to two hours", AppliesTo(longest=120)),
        line(ATTENDANCE, "45", "Up to four hours", AppliesTo(shortest=121, longest=240)),
        line(ATTENDANCE, "30", "Longer", AppliesTo(shortest=241), base=FeeBase.PER_HALF_DAY),
        line(LATE, "50", "Half the fee", base=FeeBase.PERCENT_OF_ATTENDANCE),
        line(NO_SHOW, "100", "The fee", base=FeeBase.PERCENT_OF_ATTENDANCE),
        line(NO_SHOW, "12", "Virtual", AppliesTo(delivery="virtual")),
    ),
    attendance=AttendanceRule(grace_minutes=None),
    register_exceptions=(
        AttendanceRule(
            grace_minutes=15,
            late_certificate=True,
            scope=AppliesTo(shortest=241),
            label="full days",
            clause="Fifteen minutes",
        ),
        AttendanceRule(
            grace_minutes=0,
            late_admitted=False,
            scope=AppliesTo(delivery="virtual"),
            label="virtual events",
            clause="Not a minute",
        ),
    ),
    half_day_minutes=180,
)

# Individuals need less notice. Late arrival and early leaving have fees of their own, except at briefings, which no
# one may join without a booking; level 1 is never charged.
BRACKEN = Board(
    notices=(
        NoticePolicy(10, clause="Ten working days"),
        NoticePolicy(2, scope=AppliesTo(payer_class="individual"), clause="Two working days"),
        NoticePolicy(0, is_charged=False, scope=AppliesTo(group="L1"), clause="Never charged"),
    ),
    prices=(
        line(ATTENDANCE, None, "Free"),
        line(ATTENDANCE, "80", "For each day", AppliesTo(group="L3"), base=FeeBase.PER_DAY),
        line(LATE, "35", "Late"),
        line(NO_SHOW, "70", "Absent"),
        line(ChargeKind.LATE_ARRIVAL, "10", "More than 15 minutes late"),
        line(ChargeKind.LEFT_EARLY, "12", "More than 15 minutes early"),
    ),
    attendance=AttendanceRule(
        grace_minutes=15, early_minutes=15, late_charged=True, early_charged=True
    ),
    register_exceptions=(
        AttendanceRule(
            grace_minutes=5,
            late_charged=False,
            walk_in_admitted=False,
            scope=AppliesTo(event_type="briefing"),
            label="briefings",
            clause="Five minutes",
        ),
    ),
)

# The payer class follows from facts. One course is free and still costs something if nobody comes; e-learning that is
# not finished costs a little.
NORTHGATE = Board(
    notices=(NoticePolicy(3, clause="Three working days"),),
    prices=(
        line(ATTENDANCE, None, "Contributors", AppliesTo(payer_class="contributor")),
        line(ATTENDANCE, "20", "Small charities", AppliesTo(payer_class="small")),
        line(ATTENDANCE, "55", "Larger ones", AppliesTo(payer_class="large")),
        line(ATTENDANCE, None, "Free for all", AppliesTo(course="neglect")),
        line(LATE, "30", "Late"),
        line(NO_SHOW, "65", "Absent"),
        line(ChargeKind.NOT_COMPLETED, "5", "Not finished"),
    ),
    classes=(
        ClassRule(Named("contributor"), gives=Gives.ANYTHING),
        ClassRule(
            Named("small"), sector=Named("voluntary", "Voluntary"), turnover_below=Decimal(250_000)
        ),
        ClassRule(
            Named("large"), sector=Named("voluntary", "Voluntary"), turnover_from=Decimal(250_000)
        ),
        ClassRule(Named("large"), staff_from=50),
    ),
)
