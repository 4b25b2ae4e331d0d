"""The waiting list and the offers made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from bookings.models.booking import Booking
from bookings.models.policy import ChargingPolicy
from bookings.models.request import PlaceRequest, of_those_still_here
from bookings.rules.states import OfferState, WaitingState
from courses.models import Event
from partnerships.models import Agency, Employment, Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel

OPEN_ENTRY = [WaitingState.WAITING.value, WaitingState.OFFERED.value]


class WaitingListQuerySet(models.QuerySet["WaitingListEntry"]):
    def waiting(self) -> WaitingListQuerySet:
        return self.filter(state=WaitingState.WAITING)

    def still_here(self, day: date) -> WaitingListQuerySet:
        """Entries of people who have not left their job or closed their account: no one else can take a place."""
        return self.filter(of_those_still_here(day))

    def open(self) -> WaitingListQuerySet:
        """Entries that may still end in a place."""
        return self.filter(state__in=OPEN_ENTRY)


class WaitingListEntry(PlaceRequest):
    """Someone who wants a place at a full event."""

    event = TenantForeignKey(Event, on_delete=models.PROTECT, related_name="waiting_list")
    membership = TenantForeignKey(
        Membership,
        on_delete=models.PROTECT,
        related_name="waiting_entries",
        verbose_name="person",
    )
    employment = TenantForeignKey(
        Employment, on_delete=models.PROTECT, related_name="+", verbose_name="job"
    )
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="waiting_entries")
    policy = TenantForeignKey(ChargingPolicy, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "status", max_length=10, choices=WaitingState.choices(), default=WaitingState.WAITING
    )
    priority = models.PositiveSmallIntegerField(
        default=5, help_text="1 is first on the waiting list."
    )
    joined_at = models.DateTimeField("joined")
    override = models.CharField(
        "usual rules set aside because",
        max_length=280,
        blank=True,
        help_text="Why the training team set the usual rules aside. This still applies when a place becomes free.",
    )

    objects: ClassVar[Any] = scoped(WaitingListQuerySet)

    class Meta:
        ordering = ["joined_at", "id"]
        verbose_name_plural = "waiting list entries"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "membership"],
                condition=models.Q(state__in=OPEN_ENTRY),
                name="waiting_once_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} for {self.event}"


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self) -> OfferQuerySet:
        return self.filter(state=OfferState.OPEN)

    def lapsed(self, now: datetime) -> OfferQuerySet:
        """Open offers whose deadline has passed."""
        return self.open().filter(expires_at__lt=now)


class Offer(TenantModel):
    """A place that has become free, held until a deadline for someone on the waiting list."""

    entry = TenantForeignKey(WaitingListEntry, on_delete=models.CASCADE, related_name="offers")
    event = TenantForeignKey(Event, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(
        "status", max_length=10, choices=OfferState.choices(), default=OfferState.OPEN
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    booking = TenantForeignKey(
        Booking, on_delete=models.SET_NULL, null=True, blank=True, related_name="from_offer"
    )

    objects: ClassVar[Any] = scoped(OfferQuerySet)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(state="open"), name="offer_one_open_an_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"Offer made on {self.made_at:%-d %B %Y}"
