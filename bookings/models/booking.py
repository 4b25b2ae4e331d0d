"""A place for a person at an event, and its history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bookings.models.grant import Grant
from bookings.models.policy import ChargingPolicy, RegisterException
from bookings.models.request import PlaceRequest, of_those_still_here
from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule
from bookings.rules.cancelling import Relation, cancelling_wording, why_not_theirs
from bookings.rules.deadline import Deadline
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.states import (
    AWAITS_APPROVAL,
    CAN_BE_CANCELLED,
    CAN_BE_HANDED_OVER,
    HOLDS_A_PLACE,
    ONE_A_PERSON,
    WAS_PRESENT,
    BookingState,
    WhoCancels,
)
from bookings.rules.substitution import can_be_sent
from courses.models import Event
from courses.rules.states import Delivery, EventType
from partnerships.models import Agency, Employment, Membership, WorkforceGroup
from partnerships.rules.reasons import Explanation
from tenancy import TenantForeignKey, scoped
from tenancy.guards import never_emptied
from tenancy.models import TenantModel


class BookingQuerySet(models.QuerySet["Booking"]):
    def holding_a_place(self) -> BookingQuerySet:
        return self.filter(state__in=list(HOLDS_A_PLACE))

    def open(self) -> BookingQuerySet:
        """Bookings that can still be cancelled."""
        return self.filter(state__in=list(CAN_BE_CANCELLED))

    def of_people_still_here(self, day: date) -> BookingQuerySet:
        """Bookings of people whose account is open and who have a job on a day, at any agency."""
        return self.filter(membership__in=Membership.objects.still_here(day))

    def still_here(self, day: date) -> BookingQuerySet:
        """Bookings of people who are also still in the job they booked from: no one else can have a place."""
        return self.filter(of_those_still_here(day))

    def present(self) -> BookingQuerySet:
        """Bookings of people who came."""
        return self.filter(state__in=list(WAS_PRESENT))

    def upcoming(self, now: datetime) -> BookingQuerySet:
        return self.filter(event__ends_at__gte=now)

    def unanswered(self, now: datetime) -> BookingQuerySet:
        """Bookings that no one approved while their place was held."""
        return self.awaiting_approval().filter(held_until__lt=now)

    def awaiting_approval(self) -> BookingQuerySet:
        return self.filter(state__in=list(AWAITS_APPROVAL))

    def proposed_for(self, booking: Booking) -> BookingQuerySet:
        """The colleague proposed for a place, until it is decided."""
        return self.awaiting_approval().filter(replaces=booking)

    def of_person(self, event: Event, membership: Membership) -> BookingQuerySet:
        """The booking that stops someone booking the event again, if there is one."""
        return self.filter(event=event, membership=membership, state__in=list(ONE_A_PERSON))


AGREED = (
    *("payer_class", "sector", "area", "event_type", "delivery", "group_id"),
    *("sittings", "list_price", "labels", "register_exception_id"),
    *("grant_id", "grant_code", "grant_terms"),
)


class Booking(PlaceRequest):
    """A practitioner's place. ``agency`` is the employer at booking: it pays, if anyone does.

    ``policy`` to ``register_exception`` are what was agreed; the booking is settled on them and on nothing newer.
    ``quote`` is what was shown of it, and names the exemptions that held. ``free_until`` is when free cancellation
    ends; it never moves earlier.
    """

    reference = models.CharField(max_length=12)
    event = TenantForeignKey(Event, on_delete=models.PROTECT, related_name="bookings")
    membership = TenantForeignKey(
        Membership, on_delete=models.PROTECT, related_name="bookings", verbose_name="person"
    )
    employment = TenantForeignKey(
        Employment, on_delete=models.PROTECT, related_name="bookings", verbose_name="job"
    )
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="bookings")
    booked_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "status", max_length=20, choices=BookingState.choices(), default=BookingState.BOOKED
    )
    policy = TenantForeignKey(ChargingPolicy, on_delete=models.PROTECT, related_name="+")
    policy_accepted_at = models.DateTimeField("policy accepted")
    payer_class = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=40, blank=True)
    event_type = models.CharField(max_length=20, choices=EventType.choices(), blank=True)
    delivery = models.CharField(
        "way of delivery", max_length=20, choices=Delivery.choices(), blank=True
    )
    group = TenantForeignKey(
        WorkforceGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sittings = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        help_text="The length of each session in minutes.",
    )
    list_price = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    labels = models.JSONField(
        "what was agreed, in words", default=list, help_text="As prices explain it."
    )
    register_exception = TenantForeignKey(
        RegisterException,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="exception at the event",
        help_text="What was agreed about arriving late and leaving early; empty for the general rule.",
    )
    grant = TenantForeignKey(
        Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    grant_terms = models.JSONField("what the grant takes off", default=dict, blank=True)
    extras = models.JSONField(
        "extra costs",
        default=list,
        blank=True,
        help_text="What each is, and pounds: those of its ``ExtraCost`` rows that stand.",
    )
    quote = models.JSONField(default=dict)
    free_until = models.DateTimeField("free cancellation until")
    free_until_why = models.JSONField("how free cancellation was worked out")
    approver = TenantForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="approvals"
    )
    held_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="While the booking waits for approval, the place is held until this time.",
    )
    booked_at = models.DateTimeField("booked")
    walk_in = models.BooleanField(
        "walk-in", default=False, help_text="Came without a booking; added at the register."
    )
    cancel_received_at = models.DateTimeField("cancellation received", null=True, blank=True)
    cancel_entered_at = models.DateTimeField("cancellation entered", null=True, blank=True)
    cancelled_start = models.DateTimeField(
        "start of the event when it was cancelled",
        null=True,
        blank=True,
        help_text="The notice was counted to this time. The event may have been moved since.",
    )
    cancel_reason = models.CharField("reason for cancelling", max_length=300, blank=True)
    replaces = TenantForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="takes the place of",
    )

    objects: ClassVar[Any] = scoped(BookingQuerySet)

    class Meta:
        ordering = ["-booked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="booking_reference_unique"
            ),
            models.UniqueConstraint(
                fields=["event", "membership"],
                condition=Q(state__in=sorted(ONE_A_PERSON)),
                name="booking_one_place_a_person",
            ),
            models.CheckConstraint(
                condition=Q(cancel_received_at__isnull=True, cancel_entered_at__isnull=True)
                | Q(cancel_received_at__isnull=False, cancel_entered_at__isnull=False),
                name="booking_cancel_times_together",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="booking_by_event_state")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("booking", args=[self.reference])

    @property
    def deadline(self) -> Deadline:
        """When free cancellation ends, and why."""
        return Deadline(self.free_until, Explanation.from_json(self.free_until_why))

    @property
    def cancel_by(self) -> datetime:
        """The same time as people read it: an event that was moved forward may start before it."""
        starts_at: datetime = self.event.starts_at
        return min(self.free_until, starts_at)

    @property
    def late_costs(self) -> bool:
        """Whether a late cancellation fee was quoted."""
        late = self.quote.get(ChargeKind.LATE_CANCELLATION)
        return bool(late) and late["outcome"] != FeeOutcome.FREE

    @property
    def exemptions_quoted(self) -> frozenset[int]:
        """Ids of the agency's exemptions that the quote named: they hold for the place even if they ended since."""
        return exemptions_in(self.quote)

    def cancelling(self, now: datetime, *, once_agreed: bool = False) -> str:
        """What we say about cancelling; empty if that is no longer possible.

        ``once_agreed``: for the person who has to approve, what will apply once they have.
        """
        return cancelling_wording(
            BookingState.BOOKED if once_agreed else BookingState(self.state),
            late_costs=self.late_costs,
            cancel_by=self.cancel_by,
            starts_at=self.event.starts_at,
            now=now,
            tz=timezone.get_current_timezone(),
        )

    @property
    def person_may_cancel(self) -> bool:
        """Whether the delegate may cancel it themselves, by the charging policy."""
        who, state = WhoCancels(self.policy.who_cancels), BookingState(self.state)
        return why_not_theirs(who, state, {Relation.PERSON}) is None

    def sending_a_colleague(self, now: datetime) -> str:
        """What we say about sending a colleague instead; empty if it is too late."""
        told: str = self.policy.sending_a_colleague(self.event.starts_at, now)
        return told

    def can_be_handed_over(self, now: datetime) -> bool:
        """Whether a colleague can still be named for the place."""
        hours = self.policy.substitution_hours
        return self.state in CAN_BE_HANDED_OVER and can_be_sent(now, self.event.starts_at, hours)

    def attendance_rule(self) -> AttendanceRule:
        """What was agreed about arriving late, leaving early and coming without a booking."""
        agreed: ChargingPolicy | RegisterException = self.register_exception or self.policy
        return agreed.attendance_rule()

    def give_deadline(self, deadline: Deadline) -> None:
        """The only writer of the deadline: the instant and its grounds change together. Not saved."""
        self.free_until = deadline.instant
        self.free_until_why = deadline.why.to_json()

    def agree_to(self, agreed: Agreed) -> None:
        """Keep the terms of the booking, with what was quoted. Not saved."""
        place = agreed.place
        self.payer_class, self.sector, self.area = place.payer_class, place.sector, place.area
        self.event_type, self.delivery = place.event_type, place.delivery
        self.group_id = self.event.course.group_id
        self.sittings, self.list_price = list(place.sittings), place.list_price
        self.labels = [list(pair) for pair in place.labels]
        self.register_exception_id = agreed.attendance.exception
        self.grant_terms = agreed.grant.to_json() if agreed.grant else {}
        self.quote = agreed.quote.to_json()
        self.give_deadline(agreed.deadline)

    def take_over_from(self, other: Booking) -> None:
        """A colleague's booking stays on the terms of the place that is taken over. Not saved."""
        for column in (*AGREED, "quote"):
            setattr(self, column, getattr(other, column))


def exemptions_in(quote: dict[str, Any]) -> frozenset[int]:
    """Ids of the exemptions that a quote names, as a booking keeps it."""
    return frozenset(one["exemption"] for one in quote.values() if one and "exemption" in one)


class BookingTransition(TenantModel):
    """One step in a booking's life: from, to, when, who, why."""

    is_history = True

    booking = TenantForeignKey(Booking, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=20, choices=BookingState.choices(), blank=True)
    to_state = models.CharField(max_length=20, choices=BookingState.choices())
    at = models.DateTimeField()
    by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        triggers = [never_emptied("booking_history_is_kept")]

    def __str__(self) -> str:
        return f"{self.from_state or 'new'} to {self.to_state}"
