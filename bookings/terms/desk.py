"""The booking desk of one event: what applies to everyone, then the reasons and the price for one person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.rules.agreed import Agreed
from bookings.rules.eligibility import EventOnOffer, Group, eligibility
from bookings.rules.grants import GrantOffered, GrantSought, code_reason, grant_found
from bookings.rules.restriction import RESTRICTED
from bookings.terms.agreement import Terms, payer_for, terms_of
from bookings.terms.facts import (
    PersonFacts,
    applicant,
    event_on_offer,
    groups_for,
    person_facts,
)
from bookings.terms.grants import grants_offered, places_used_today
from bookings.terms.places import left_for_newcomers, places_of
from bookings.terms.policies import policy_in_force
from courses.models import Event
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.roles import Permission

# What the training team may set aside, giving a reason that is kept (docs/domain/rules.md, eligibility; W41b).
CAN_BE_OVERRIDDEN = frozenset(
    {
        "group_not_target",
        "group_not_adjoining",
        "group_unknown",
        "prerequisite_missing",
        "bookings_closed",
        RESTRICTED,
    }
)


@dataclass(frozen=True)
class Desk:
    """Loaded once and asked about each of a person's jobs.

    ``is_held`` says that this transaction has held the event's row since before the desk was opened: what the
    desk knows about places and people then stays true until the transaction ends, so it is read only once.
    """

    event: Event
    now: datetime
    policy: ChargingPolicy
    terms: Terms
    groups: dict[int, Group]
    offer: EventOnOffer
    is_held: bool = False
    somebody_waits: bool = True
    people: dict[int, PersonFacts] = field(default_factory=dict, repr=False, compare=False)

    def person(self, membership: Membership) -> PersonFacts:
        """What is known about a person, read once."""
        if membership.pk not in self.people:
            self.people[membership.pk] = person_facts(
                membership,
                self.event,
                self.offer.prerequisites,
                today=timezone.localdate(self.now),
                somebody_waits=self.somebody_waits,
            )
        return self.people[membership.pk]

    def reasons(
        self,
        person: PersonFacts,
        employment: Employment,
        *,
        manager_approved: bool,
        override: bool = False,
        name: str = "",
    ) -> tuple[Reason, ...]:
        """Every reason against a place, or to know before taking it; overridden ones become notes."""
        facts = applicant(
            person, employment, self.groups, manager_approved=manager_approved, name=name
        )
        free_until = self.terms.for_agency(employment.agency).deadline.instant
        offer = replace(self.offer, free_until=free_until)
        if not override:
            return eligibility(facts, offer, self.now)
        # A closing date hides other reasons, so it is set aside before the rule is asked.
        reasons = eligibility(facts, replace(offer, bookings_close_at=None), self.now)
        return tuple(
            replace(one, kind=Kind.WARNS) if one.code in CAN_BE_OVERRIDDEN else one
            for one in reasons
        )

    @cached_property
    def grants_used(self) -> dict[int, int]:
        """Places used by grant, read once."""
        return places_used_today(self.now)

    def grant_sought(self, employment: Employment, code: str) -> GrantSought:
        """What decides about a grant for the employer; ``code`` is what was typed."""
        payer = payer_for(employment.agency, self.event)
        today = timezone.localdate(self.now)
        return GrantSought(
            employment.agency_id, payer.payer_class.code, today, code, self.grants_used
        )

    def grant(self, employment: Employment, code: str = "") -> GrantOffered | None:
        """The grant that a place for the employer gets, by a code or without one."""
        return grant_found(grants_offered(), self.grant_sought(employment, code))

    def why_not_code(self, employment: Employment, code: str) -> Reason | None:
        """Why the code cannot be used for the employer; None if it can, or if there is none."""
        return code_reason(grants_offered(), self.grant_sought(employment, code)) if code else None

    def agreed(self, employment: Employment, code: str = "") -> Agreed:
        """The terms for the employer, with the grant that the place gets."""
        found = self.grant(employment, code)
        return self.terms.for_agency(employment.agency, found.terms if found else None)


def open_desk(event: Event, now: datetime, *, is_held: bool = False) -> Desk:
    """The desk as it is now, for anyone who books now."""
    policy = policy_in_force(now, timezone.localdate(event.starts_at))
    places = places_of(event)
    desk = with_left(event, now, policy, left_for_newcomers(places, event, now))
    return replace(desk, is_held=is_held, somebody_waits=places.somebody_waits)


def held_desk(event: Event, now: datetime, policy: ChargingPolicy) -> Desk:
    """The desk for someone whose place is already held, by an offer or a colleague's booking."""
    desk = with_left(event, now, policy, left=1)
    return replace(desk, offer=replace(desk.offer, bookings_close_at=None))


def with_left(event: Event, now: datetime, policy: ChargingPolicy, left: int) -> Desk:
    """The desk with so many places to give."""
    terms, groups = terms_of(event, policy), groups_for(event.course)
    offer = event_on_offer(event, policy, groups, left=left)
    return Desk(event, now, policy, terms, groups, offer)


def name_for(reader: Membership, person: Membership) -> str:
    """What reasons call someone: empty if they read the reasons themselves."""
    return "" if reader.pk == person.pk else str(person)


def consents_for_manager(by: Membership, membership: Membership) -> bool:
    """Whether the person who books for someone else can approve in the manager's place."""
    if by.pk == membership.pk:
        return False
    return by.may(Permission.APPROVE_OWN_TEAM) or by.may(Permission.RUN_TRAINING)
