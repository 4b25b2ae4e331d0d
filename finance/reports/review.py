"""Charges as finance reviews them: exceptions first, then by agency and event, with the grounds beside each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from bookings.rules.money import NOTHING, pounds
from courses.models import Event
from finance.models import Charge, ChargeTransition, MitigationCase, VatRow
from finance.models.charge import NO_ADDRESS, NO_ORDER_NUMBER
from finance.rules.invoicing import order_number_missing
from finance.rules.review import (
    FLAG_SENTENCES,
    JUST_LATE,
    ReviewFlag,
    UnderReview,
    review_flags,
)
from finance.rules.states import NOT_INVOICED, ChargeState, MitigationState
from govuk.rules.choice import Choice
from govuk.rules.phrases import counted
from partnerships.models import Agency, EmploymentState


class ReviewPart(Choice):
    """The parts of the review page, in their order."""

    EXCEPTIONS = "0", "Look at these first"
    USUAL = "1", "To review"
    READY = "2", "Ready to invoice"
    OVER = "3", "Invoiced or waived"


# rules.review.review_flags as SQL conditions on rows of ``with_review``; a test keeps them in step.
EXCEPTIONS: dict[ReviewFlag, Q] = {
    ReviewFlag.UNDECIDED: Q(state=ChargeState.NEEDS_DECISION),
    ReviewFlag.DISPUTED: Q(is_disputed=True),
    ReviewFlag.HAD_LEFT: Q(booking__employment__ends_on__lt=F("first_day")),
    ReviewFlag.UNCONFIRMED: ~Q(booking__employment__state=EmploymentState.CONFIRMED),
    ReviewFlag.JUST_LATE: Q(
        booking__cancel_received_at__gt=F("booking__free_until"),
        booking__cancel_received_at__lte=F("booking__free_until") + JUST_LATE,
    ),
    ReviewFlag.NO_VAT: Q(has_treatment=False),
    ReviewFlag.NO_ORDER: NO_ORDER_NUMBER,
    ReviewFlag.NO_ADDRESS: NO_ADDRESS,
}


@dataclass(frozen=True)
class ReviewRow:
    """One charge with what finance has to know about it."""

    charge: Charge
    flags: tuple[ReviewFlag, ...]

    @property
    def cautions(self) -> list[tuple[str, str]]:
        """Label and sentence of each flag."""
        return [(flag.label, FLAG_SENTENCES[flag]) for flag in self.flags]

    @property
    def is_reviewable(self) -> bool:
        return self.charge.state == ChargeState.TO_REVIEW

    @property
    def is_approved(self) -> bool:
        return self.charge.state == ChargeState.APPROVED


@dataclass(frozen=True)
class Bulk:
    """Charges that are approved or taken back together, with their number and sum in pounds."""

    charges: tuple[Charge, ...]

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.charges), NOTHING)

    @property
    def words(self) -> str:
        """“3 charges, £150.00”."""
        return f"{counted(len(self.charges), 'charge')}, {pounds(self.total)}"

    @property
    def whole_page(self) -> str:
        """The text of the button at the end of the page."""
        return f"Approve all to review on this page: {self.words}"

    @property
    def value(self) -> str:
        """What the button sends: the sum that it named, then the charges."""
        return " ".join([str(self.total), *(str(one.pk) for one in self.charges)])


@dataclass(frozen=True)
class ReviewGroup:
    """Charges of one agency for one event, in one part of the page."""

    part: ReviewPart
    rows: tuple[ReviewRow, ...]

    @property
    def agency(self) -> Agency:
        found: Agency = self.rows[0].charge.agency
        return found

    @property
    def event(self) -> Event:
        found: Event = self.rows[0].charge.booking.event
        return found

    @property
    def bulk(self) -> Bulk | None:
        """What is approved together. Exceptions are approved one by one."""
        if self.part is not ReviewPart.USUAL:
            return None
        return Bulk(tuple(row.charge for row in self.rows))


def with_review(charges: QuerySet[Charge]) -> QuerySet[Charge]:
    """Charges with what the flags depend on, in the same query."""
    asked = MitigationCase.objects.filter(charge=OuterRef("pk"), state=MitigationState.OPEN)
    return charges.select_related("booking__employment").annotate(
        first_day=TruncDate("booking__event__starts_at"),
        is_disputed=Exists(asked),
        has_treatment=Exists(VatRow.objects.filter(kind=OuterRef("kind"))),
    )


def with_flag(charges: QuerySet[Charge], flag: str) -> QuerySet[Charge]:
    """Those with one flag, or with any if it is not the name of one. Nothing is said of what is over."""
    conditions = [EXCEPTIONS[ReviewFlag(flag)]] if flag in ReviewFlag.values() else any_flag()
    return charges.filter(any_of_them(conditions), state__in=sorted(NOT_INVOICED))


def any_flag() -> list[Q]:
    return list(EXCEPTIONS.values())


def any_of_them(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def review_order(charges: QuerySet[Charge], *, by_event: bool = False) -> QuerySet[Charge]:
    """Exceptions first, then what is to review; within that by agency and event, or by event and agency."""
    is_open = Q(state__in=sorted(NOT_INVOICED))
    part = Case(
        When(is_open & any_of_them(any_flag()), then=int(ReviewPart.EXCEPTIONS)),
        When(state=ChargeState.TO_REVIEW, then=int(ReviewPart.USUAL)),
        When(state=ChargeState.APPROVED, then=int(ReviewPart.READY)),
        default=int(ReviewPart.OVER),
        output_field=IntegerField(),
    )
    agency, event = (
        ["agency__name", "agency_id"],
        ["-booking__event__starts_at", "booking__event_id"],
    )
    first = event + agency if by_event else agency + event
    return charges.annotate(part=part).order_by("part", *first, "-arose_on", "-pk")


def parts_of_page(charges: Iterable[Any]) -> list[tuple[ReviewPart, list[ReviewGroup]]]:
    """One page of :func:`review_order`, in its parts and groups."""
    groups = list(review_groups(charges))
    return [(part, list(own)) for part, own in groupby(groups, key=lambda group: group.part)]


def review_groups(charges: Iterable[Any]) -> Iterator[ReviewGroup]:
    for (part, _, _), own in groupby(
        charges, key=lambda one: (one.part, one.agency_id, one.booking.event_id)
    ):
        yield ReviewGroup(
            ReviewPart(str(part)), tuple(ReviewRow(one, flags_of(one)) for one in own)
        )


def flags_of(charge: Any) -> tuple[ReviewFlag, ...]:
    """Everything that is not as usual about a row of :func:`with_review`."""
    state, booking, agency = ChargeState(charge.state), charge.booking, charge.agency
    if state not in NOT_INVOICED:
        return ()
    return review_flags(
        UnderReview(
            state=state,
            is_disputed=charge.is_disputed,
            first_day=timezone.localdate(booking.event.starts_at),
            worked_until=booking.employment.ends_on,
            is_confirmed=booking.employment.state == EmploymentState.CONFIRMED,
            cancelled_at=booking.cancel_received_at,
            free_until=booking.free_until,
            has_treatment=charge.has_treatment,
            lacks_order=order_number_missing(agency.purchase_order_required, agency.purchase_order),
            has_address=bool(agency.address.strip()),
        )
    )


def usual_on_page(parts: Iterable[tuple[ReviewPart, list[ReviewGroup]]]) -> Bulk:
    """All that one button at the end of the page approves."""
    bulks = [group.bulk for _, groups in parts for group in groups]
    return Bulk(tuple(one for bulk in bulks if bulk is not None for one in bulk.charges))


def approved_by_form(key: UUID) -> list[Charge]:
    """The charges that one sent form approved and that still are."""
    steps = ChargeTransition.objects.filter(entry_key=key, charge__state=ChargeState.APPROVED)
    return list({step.charge_id: step.charge for step in steps.select_related("charge")}.values())


def events_with_charges() -> QuerySet[Event]:
    """Events that anyone is charged for, the newest first."""
    charged = Charge.objects.order_by().values("booking__event")
    rows = Event.objects.filter(pk__in=charged).select_related("course")
    return rows.order_by("-starts_at", "pk")  # type: ignore[no-any-return]
