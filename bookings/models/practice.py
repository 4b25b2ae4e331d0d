"""How the partnership works with bookings, as opposed to what people agree to."""

from __future__ import annotations

from django.db import models

from bookings.rules.waiting_list import OfferRule
from tenancy.models import TenantModel


class BookingPractice(TenantModel):
    """One per partnership. A change applies from now on; places and offers that are held already keep their time.

    What people agree to when they book is the charging policy, which never changes for them.
    """

    is_rule = True

    approval_hours = models.PositiveSmallIntegerField(
        "hours to approve",
        default=120,
        help_text="How many hours we hold a place while it waits for approval.",
    )
    offer_hours = models.PositiveSmallIntegerField(
        "hours to answer an offer",
        default=48,
        help_text="How many hours we hold a place offered from the waiting list.",
    )
    offer_cut_off_hours = models.PositiveSmallIntegerField(
        "last offers (hours before)",
        default=24,
        help_text="We stop making offers this many hours before the event.",
    )

    class Meta:
        verbose_name = "rule for holding places"
        verbose_name_plural = "rules for holding places"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], name="booking_practice_one_per_partnership"
            ),
        ]

    def __str__(self) -> str:
        return "How long places are held"

    def offer_rule(self) -> OfferRule:
        """How places from the waiting list are offered, as the rules read it."""
        return OfferRule(answer_hours=self.offer_hours, cut_off_hours=self.offer_cut_off_hours)
