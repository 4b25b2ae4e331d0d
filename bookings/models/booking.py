"""A place for a person at an event, and its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from bookings.models.policy import CancellationPolicy
from bookings.models.request import PlaceRequest
from bookings.rules.states import CAN_BE_CANCELLED, HOLDS_A_PLACE, WAS_PRESENT, BookingState
from courses.models import Event
from partnerships.models import Agency, Employment, Membership, TenantModel
from partnerships.tenancy import TenantForeignKey, scoped
from partnerships.tenancy.guards import never_emptied


class BookingQuerySet(models.QuerySet["Booking"]):
    """Words for choosing bookings."""

    def holding_a_place(self) -> BookingQuerySet:
        return self.filter(state__in=list(HOLDS_A_PLACE))

    def open(self) -> BookingQuerySet:
        """Bookings that can still be cancelled."""
        return self.filter(state__in=list(CAN_BE_CANCELLED))

    def present(self) -> BookingQuerySet:
        """Bookings of people who came."""
        return self.filter(state__in=list(WAS_PRESENT))

    def upcoming(self, now: datetime) -> BookingQuerySet:
        return self.filter(event__ends_at__gte=now)

    def unanswered(self, now: datetime) -> BookingQuerySet:
        """Bookings that nobody approved while their place was held."""
        return self.filter(state=BookingState.PENDING, held_until__lt=now)


class Booking(PlaceRequest):
    """A practitioner's place. ``agency`` is the employer at booking: it pays if anybody does.

    ``free_until`` is the instant until which cancelling costs nothing; it is computed when the booking is
    made and never moves earlier (design 4). ``quote`` is the price explanation as shown then.
    """

    reference = models.CharField(max_length=12)
    event = TenantForeignKey(Event, on_delete=models.PROTECT, related_name="bookings")
    membership = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="bookings")
    employment = TenantForeignKey(Employment, on_delete=models.PROTECT, related_name="bookings")
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="bookings")
    booked_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, choices=BookingState.choices(), default=BookingState.BOOKED
    )
    policy = TenantForeignKey(CancellationPolicy, on_delete=models.PROTECT, related_name="+")
    policy_accepted_at = models.DateTimeField()
    free_until = models.DateTimeField()
    quote = models.JSONField(default=dict)
    approver = TenantForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="approvals"
    )
    held_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="While it waits for approval: until when the place is held.",
    )
    reminded_for = models.DateTimeField(
        null=True, blank=True, help_text="Start of the event that the last reminder was about."
    )
    booked_at = models.DateTimeField()
    walk_in = models.BooleanField(
        default=False, help_text="Came without a booking; added at the register."
    )
    cancel_received_at = models.DateTimeField(null=True, blank=True)
    cancel_entered_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    replaces = TenantForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
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
                condition=Q(state__in=sorted(HOLDS_A_PLACE)),
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


class BookingTransition(TenantModel):
    """One step in a booking's life: from, to, when, who, why."""

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
