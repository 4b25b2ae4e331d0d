"""What a version of the charging policy would have charged in a past period. Nothing is written.

Compared is what the policies say: an amount that a person later changed or waived counts as it was first worked out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from bookings.models import Attendance, Booking, BookingTransition, ChargingPolicy, Exemption
from bookings.models.booking import exemptions_in
from bookings.rules.attendance import SessionMark
from bookings.rules.exemptions import ExemptionRule
from bookings.rules.grants import GrantTerms
from bookings.rules.place import Place
from bookings.rules.states import AWAITS_APPROVAL, WAS_PRESENT, BookingState, Mark
from bookings.terms.agreement import asks_for_length
from bookings.terms.waivers import holding_for
from courses.models import Session
from courses.rules.states import EventState
from finance.models import Charge
from finance.rules.simulation import Compared, Ended, PolicyVersion, compared, dues_under
from finance.terms.versions import versions_by_id
from partnerships.models import Sector

WERE_CANCELLED = (BookingState.CANCELLED, BookingState.LATE_CANCELLED)
BY_THE_REGISTER = (*sorted(WAS_PRESENT), BookingState.NO_SHOW)
COLUMNS = (
    *("pk", "policy_id", "state", "free_until", "cancel_received_at", "walk_in", "cancelled_start"),
    *("payer_class", "sector", "area", "group__code", "event_type", "delivery", "sittings"),
    *(
        "list_price",
        "grant_terms",
        "extras",
        "agency__name",
        "event_id",
        "event__state",
        "event__starts_at",
    ),
    *("event__course__reference", "event__course__title", "event__course__minutes"),
)
Marks = dict[int, tuple[SessionMark, ...]]
# By list, key and name: two courses can have the same title.
Found = dict[tuple[str, str, str], Compared]
EVERYTHING = ("", "", "")


@dataclass(frozen=True)
class SimulationLine:
    """The bookings of one agency, sector or course."""

    of: str
    name: str
    figures: Compared


@dataclass(frozen=True)
class Simulation:
    """Everything together and in three lists, the biggest differences first.

    ``left_out``: bookings of closed registers whose marks are gone, because a session was removed.
    """

    total: Compared
    agencies: tuple[SimulationLine, ...]
    sectors: tuple[SimulationLine, ...]
    courses: tuple[SimulationLine, ...]
    left_out: int

    @property
    def lines(self) -> tuple[SimulationLine, ...]:
        """All lists, one after the other."""
        return (*self.agencies, *self.sectors, *self.courses)


def simulation(policy: ChargingPolicy, first: date, last: date) -> Simulation:
    """What a version, draft or not, would have charged for bookings that ended between two days, both included.

    The number of queries does not depend on how many there are.
    """
    bookings = ended_between(first, last)
    spared = Exists(Exemption.objects.filter(agency=OuterRef("agency")))
    sector = Sector.objects.filter(code=OuterRef("sector")).values("name")
    called = bookings.annotate(spared=spared, sector_name=Subquery(sector))
    rows = list(called.values_list(*COLUMNS, "spared", "sector_name", named=True))
    starts = {
        timezone.localdate(start)
        for row in rows
        for start in (row.event__starts_at, row.cancelled_start)
        if start is not None
    }
    versions = versions_by_id(policy, starts)
    version = versions[policy.pk]
    asked = asks_for_length(version.prices, (*version.notices, *version.registers))
    lengths = lengths_of(bookings) if asked else {}
    marks, charged = marks_of(bookings), charged_for(bookings)
    exemptions = exemptions_by_booking(bookings) if any(row.spared for row in rows) else {}
    found: Found = defaultdict(Compared)
    left_out = 0
    for row in rows:
        ended = ended_of(row, versions[row.policy_id], lengths, marks)
        if row.pk in exemptions:
            ended = replace(ended, exemptions=exemptions[row.pk])
        if ended.received_at is None and not ended.marks:
            left_out += 1
            continue
        was = () if was_waived(ended) else charged.get(row.pk, ())
        one = compared(was, dues_under(version, ended))
        course = (row.event__course__reference, row.event__course__title)
        found[EVERYTHING] += one
        found["Agency", row.agency__name, row.agency__name] += one
        found["Sector", row.sector, row.sector_name or "Not known"] += one
        found["Course", *course] += one
    return Simulation(
        total=found[EVERYTHING],
        agencies=lines_of("Agency", found),
        sectors=lines_of("Sector", found),
        courses=lines_of("Course", found),
        left_out=left_out,
    )


def ended_between(first: date, last: date) -> QuerySet[Booking]:
    """Bookings that a charging policy can charge for and that ended then, by the day on which a charge would arise.

    No policy charges for what was not approved yet, was handed over to a colleague or was cancelled by us.
    """
    within = (start_of(first), start_of(last + timedelta(days=1)) - timedelta(microseconds=1))
    steps = BookingTransition.objects.order_by()
    undecided = steps.filter(
        booking=OuterRef("pk"),
        to_state=BookingState.CANCELLED,
        from_state__in=sorted(AWAITS_APPROVAL),
    )
    taken_over = steps.filter(booking__replaces=OuterRef("pk"), to_state=BookingState.BOOKED)
    cancelled = Q(state__in=WERE_CANCELLED, cancel_received_at__range=within)
    attended = Q(state__in=BY_THE_REGISTER, event__ends_at__range=within)
    found: QuerySet[Booking] = Booking.objects.filter(cancelled | attended).order_by()
    return found.exclude(Exists(undecided)).exclude(Exists(taken_over))


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lengths_of(bookings: QuerySet[Booking]) -> dict[int, tuple[int, ...]]:
    """The minutes of each session by event, for bookings whose own policy did not ask for them."""
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    rows = Session.objects.filter(event__in=bookings.values("event"))
    for event, starts_at, ends_at in rows.values_list("event_id", "starts_at", "ends_at"):
        found[event] += ((ends_at - starts_at) // timedelta(minutes=1),)
    return found


def marks_of(bookings: QuerySet[Booking]) -> Marks:
    """What the register says, by booking."""
    found: Marks = defaultdict(tuple)
    rows = Attendance.objects.filter(booking__in=bookings.values("pk"))
    for pk, mark, late, early in rows.values_list(
        "booking_id", "mark", "minutes_late", "minutes_early"
    ):
        found[pk] += (SessionMark(Mark(mark), late, early),)
    return found


def charged_for(bookings: QuerySet[Booking]) -> dict[int, tuple[Decimal | None, ...]]:
    """The amounts as the policy worked them out, by booking; None for one that it left to a person."""
    found: dict[int, tuple[Decimal | None, ...]] = defaultdict(tuple)
    rows = Charge.objects.filter(booking__in=bookings.values("pk")).order_by()
    for booking, amount in rows.values_list("booking_id", "explanation__amount"):
        found[booking] += (None if amount is None else Decimal(amount),)
    return found


def exemptions_by_booking(bookings: QuerySet[Booking]) -> dict[int, tuple[ExemptionRule, ...]]:
    """The exemptions that hold for each booking of an agency that has any."""
    rules: dict[int, tuple[ExemptionRule, ...]] = defaultdict(tuple)
    for row in Exemption.objects.order_by("pk"):
        rules[row.agency_id] += (row.as_rule(),)
    rows = bookings.filter(agency__in=list(rules)).values_list("pk", "agency_id", "quote")
    return {pk: holding_for(rules[agency], pk, exemptions_in(quote)) for pk, agency, quote in rows}


def was_waived(ended: Ended) -> bool:
    """Whether a late cancellation fee lapsed because the partnership then cancelled the event (W32)."""
    return ended.event_cancelled and not ended.agreed_to.keep_late_charge


def ended_of(
    row: Any, agreed_to: PolicyVersion, lengths: dict[int, tuple[int, ...]], marks: Marks
) -> Ended:
    """A row of :data:`COLUMNS` as the rules read it. What a place depends on is what the booking keeps."""
    was_cancelled = row.state in WERE_CANCELLED
    kept = tuple(row.sittings)
    place = Place(
        course=row.event__course__reference,
        payer_class=row.payer_class,
        sector=row.sector,
        area=row.area,
        group=row.group__code or "",
        event_type=row.event_type,
        delivery=row.delivery,
        sittings=kept or lengths.get(row.event_id, (row.event__course__minutes,)),
        list_price=row.list_price,
    )
    return Ended(
        place=place,
        starts_at=(was_cancelled and row.cancelled_start) or row.event__starts_at,
        free_until=row.free_until,
        agreed_to=agreed_to,
        received_at=row.cancel_received_at if was_cancelled else None,
        marks=() if was_cancelled else marks.get(row.pk, ()),
        walk_in=row.walk_in,
        grant=GrantTerms.from_json(row.grant_terms),
        extras=tuple((what, Decimal(amount)) for what, amount in row.extras),
        event_cancelled=row.event__state == EventState.CANCELLED,
    )


def lines_of(of: str, found: Found) -> tuple[SimulationLine, ...]:
    """One list: the biggest differences first, then by name."""
    mine = ((name, figures) for (list_of, _, name), figures in found.items() if list_of == of)
    return tuple(sorted((SimulationLine(of, *one) for one in mine), key=biggest_first))


def biggest_first(line: SimulationLine) -> tuple[Any, ...]:
    figures = line.figures
    return (
        -abs(figures.difference),
        -abs(figures.simulated_to_decide - figures.to_decide),
        line.name,
    )
