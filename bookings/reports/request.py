"""A request for a place as the booking page shows it: jobs, reasons, prices, what has to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from bookings.access import may_book_for
from bookings.models import ChargingPolicy
from bookings.rules.agreed import Agreed, Quote
from bookings.rules.cancelling import cancelling_wording
from bookings.rules.deadline import Deadline, earliest
from bookings.rules.eligibility import may_join_waiting_list
from bookings.rules.fees import Price
from bookings.rules.prices import FOR_A_WASTED_PLACE, ChargeKind, FeeOutcome
from bookings.rules.shown import fingerprint
from bookings.rules.states import ApprovalMode, BookingState
from bookings.terms.desk import (
    CAN_BE_OVERRIDDEN,
    Desk,
    consents_for_manager,
    name_for,
    open_desk,
)
from bookings.terms.facts import PersonFacts, employments_of
from bookings.terms.grants import codes_are_asked
from courses.models import Event
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Kind, Reason, blocks, codes
from partnerships.rules.roles import Permission


@dataclass(frozen=True)
class Job:
    """One job the place could be for: the reasons against it and what it costs."""

    employment: Employment
    reasons: tuple[Reason, ...]
    agreed: Agreed
    against_code: Reason | None = None

    @property
    def quote(self) -> Quote:
        """What a place costs the employer."""
        return self.agreed.quote

    @property
    def may_book(self) -> bool:
        return not blocks(self.reasons)

    @property
    def may_wait(self) -> bool:
        return may_join_waiting_list(self.reasons)

    @property
    def may_be_overridden(self) -> bool:
        """Whether the training team could set aside everything that stands in the way."""
        hard = {one.code for one in self.reasons if one.kind is Kind.BLOCKS}
        return bool(hard & CAN_BE_OVERRIDDEN) and hard <= CAN_BE_OVERRIDDEN | {"full"}


@dataclass(frozen=True)
class Application:
    """What ``by`` may do for ``person`` at this event."""

    event: Event
    by: Membership
    person: Membership
    now: datetime
    desk: Desk
    facts: PersonFacts
    jobs: tuple[Job, ...]

    @property
    def code_asked(self) -> bool:
        """Whether there is a grant to enter a code for."""
        return codes_are_asked(self.now)

    @property
    def policy(self) -> ChargingPolicy:
        return self.desk.policy

    @property
    def for_somebody_else(self) -> bool:
        return self.by.pk != self.person.pk

    @property
    def already_booked(self) -> bool:
        return self.facts.already_booked

    @property
    def already_waiting(self) -> bool:
        return self.facts.already_waiting

    @cached_property
    def may_override(self) -> bool:
        """Only the training team, for someone else, if everything in the way can be set aside."""
        trusted = self.for_somebody_else and self.by.may(Permission.RUN_TRAINING)
        return trusted and bool(self.jobs) and all(job.may_be_overridden for job in self.jobs)

    @cached_property
    def is_possible(self) -> bool:
        """Whether there is a form to fill in."""
        return self.may_override or any(job.may_book or job.may_wait for job in self.jobs)

    @cached_property
    def is_full(self) -> bool:
        """Whether only a place on the waiting list is left."""
        return self.is_possible and all("full" in codes(job.reasons) for job in self.jobs)

    @property
    def late_costs(self) -> bool:
        """Whether cancelling late can cost any of the employers anything."""
        return any(costs(job.quote.of(ChargeKind.LATE_CANCELLATION)) for job in self.jobs)

    @property
    def wasting_costs(self) -> bool:
        """Whether not using the place can."""
        return any(
            costs(price)
            for job in self.jobs
            for kind, price in job.quote.prices.items()
            if kind in FOR_A_WASTED_PLACE
        )

    @property
    def deadline(self) -> Deadline:
        """Until when a place can be cancelled free of charge, whichever job it is for."""
        return earliest([job.agreed.deadline for job in self.jobs] or [self.desk.terms.deadline])

    @property
    def cancelling(self) -> str:
        """What we say about cancelling."""
        return cancelling_wording(
            BookingState.BOOKED,
            late_costs=self.late_costs,
            cancel_by=self.deadline.instant,
            starts_at=self.event.starts_at,
            now=self.now,
            tz=timezone.get_current_timezone(),
        )

    @property
    def sending_a_colleague(self) -> str:
        """What we say about sending a colleague."""
        return self.policy.sending_a_colleague(self.event.starts_at, self.now)

    @cached_property
    def terms_shown(self) -> str:
        """A fingerprint of the policy, prices and deadline on the page, so that what is sent is what was shown."""
        told: list[object] = [self.policy.pk]
        told += [
            [job.agreed.deadline.instant.isoformat(), job.quote.to_json()] for job in self.jobs
        ]
        return fingerprint(told)

    @property
    def same_reasons(self) -> bool:
        """Whether the reasons are the same for all jobs and can be shown once."""
        return len({job.reasons for job in self.jobs}) < 2

    @property
    def line_managers(self) -> list[str]:
        """The line managers we know, who are asked to approve without being named on the form."""
        if self.approval_asked is not ApprovalMode.BY_LINK:
            return []
        managers = [job.employment.line_manager for job in self.jobs]
        return sorted({str(manager) for manager in managers if manager is not None})

    @property
    def approval_asked(self) -> ApprovalMode:
        """How a manager's approval is asked for here. Someone who may give it has just done so."""
        if consents_for_manager(self.by, self.person):
            return ApprovalMode.NONE
        return ApprovalMode(self.policy.approval)

    @property
    def approver_asked(self) -> ApprovalMode:
        """The same, but known line managers do not have to be typed in."""
        known = all(job.employment.line_manager_id for job in self.jobs)
        if self.approval_asked is ApprovalMode.BY_LINK and known:
            return ApprovalMode.NONE
        return self.approval_asked

    @property
    def evidence_asked(self) -> bool:
        """Whether a prerequisite is missing that may have been completed elsewhere."""
        return any(
            one.code == "prerequisite_missing" and one.kind is Kind.NEEDS_APPROVAL
            for job in self.jobs
            for one in job.reasons
        )


def costs(price: Price | None) -> bool:
    """Whether a price is anything but free. None means that the policy charges nothing."""
    return price is not None and price.outcome is not FeeOutcome.FREE


def application(
    *,
    event: Event,
    by: Membership,
    person: str | None,
    now: datetime,
    is_held: bool = False,
    grant_code: str = "",
) -> Application | None:
    """The request of ``by`` for themselves or for the member with this id; None if they may not do that.

    ``is_held`` says that the transaction holds the event's row, so the operation need not read anything again.
    ``grant_code`` is what was typed, because it changes what a place costs.
    """
    who = by if person is None else found(person)
    if who is None:
        return None
    employments = employments_of(who, timezone.localdate(now))
    if who.pk != by.pk:
        employments = [
            job for job in employments if may_book_for(by, job.agency, timezone.localdate(now))
        ]
        if not employments:
            return None
    desk = open_desk(event, now, is_held=is_held)
    if desk.policy.approval == ApprovalMode.BY_LINK:
        forget_managers_who_left(employments, timezone.localdate(now))
    facts = desk.person(who)
    agreed = consents_for_manager(by, who)
    jobs = tuple(
        Job(
            job,
            desk.reasons(facts, job, manager_approved=agreed, name=name_for(by, who)),
            desk.agreed(job, grant_code),
            desk.why_not_code(job, grant_code),
        )
        for job in employments
    )
    return Application(event, by, who, now, desk, facts, jobs)


def forget_managers_who_left(employments: Sequence[Employment], today: date) -> None:
    """Read the line managers, without those who can no longer approve: another one has to be named."""
    here = Membership.objects.still_here(today).select_related("user")
    managers = here.in_bulk([job.line_manager_id for job in employments if job.line_manager_id])
    for job in employments:
        job.line_manager = managers.get(job.line_manager_id or 0)


def found(person: str) -> Membership | None:
    """The member with the id in the address; None for anything else that was typed there."""
    if not (person.isascii() and person.isdecimal() and len(person) < 19):
        return None
    rows = Membership.objects.active().select_related("user")
    member: Membership | None = rows.filter(pk=int(person)).first()
    return member
