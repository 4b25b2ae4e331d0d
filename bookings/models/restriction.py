"""Restrictions on people who wasted several places, and the rule by which they begin."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from bookings.rules.restriction import (
    RestrictionEffect,
    RestrictionState,
    RestrictionTerms,
    WhatCounts,
)
from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel

AT_LEAST_ONE = [MinValueValidator(1)]


class RestrictionRule(TenantModel):
    """One per partnership. A change applies from now on; while it is switched off, no restriction has any effect."""

    is_rule = True

    is_active = models.BooleanField(
        "in use",
        default=False,
        help_text="Do you restrict people who repeatedly do not use their places?",
    )
    number = models.PositiveSmallIntegerField(
        "how many places",
        default=3,
        validators=AT_LEAST_ONE,
        help_text="How many unused places lead to a restriction?",
    )
    months = models.PositiveSmallIntegerField(
        "within how many months", default=12, validators=AT_LEAST_ONE
    )
    counts = models.CharField(
        "what counts",
        max_length=10,
        choices=WhatCounts.choices(),
        default=WhatCounts.NO_SHOWS,
        help_text="Places whose charge was waived never count.",
    )
    effect = models.CharField(
        "what it does",
        max_length=10,
        choices=RestrictionEffect.choices(),
        default=RestrictionEffect.BLOCKS,
        help_text="People keep the places they already have.",
    )
    lasts_months = models.PositiveSmallIntegerField(
        "how many months it lasts", default=6, validators=AT_LEAST_ONE
    )

    class Meta:
        verbose_name = "rule for restrictions"
        verbose_name_plural = "rules for restrictions"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], name="restriction_rule_one_per_partnership"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, months__gte=1, lasts_months__gte=1),
                name="restriction_rule_counts_from_one",
            ),
        ]

    def __str__(self) -> str:
        return "When people are restricted"

    def as_terms(self) -> RestrictionTerms:
        """The columns as the rules read them."""
        return RestrictionTerms(
            number=self.number,
            months=self.months,
            lasts_months=self.lasts_months,
            effect=RestrictionEffect(self.effect),
            counts=WhatCounts(self.counts),
        )


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self, day: date) -> RestrictionQuerySet:
        """Those that have an effect on a day, as long as the partnership restricts people at all."""
        return self.filter(state=RestrictionState.IN_FORCE, until__gt=day)

    def to_decide(self, day: date) -> RestrictionQuerySet:
        """Those with an appeal that no one has decided."""
        return self.in_force(day).filter(appealed_at__isnull=False, decided_at__isnull=True)


class Restriction(TenantModel):
    """Someone wasted several places. ``counted`` are the references of those bookings, ``why`` what was shown.

    ``effect`` and ``number`` are those of the rule when it began. It ends by itself: from ``until`` on, booking is
    possible as usual. One appeal is possible; ``decision`` is its answer, or why it was lifted without one.
    """

    membership = TenantForeignKey(
        Membership, on_delete=models.PROTECT, related_name="restrictions", verbose_name="person"
    )
    state = models.CharField(
        "status",
        max_length=10,
        choices=RestrictionState.choices(),
        default=RestrictionState.IN_FORCE,
    )
    effect = models.CharField("what it does", max_length=10, choices=RestrictionEffect.choices())
    begun_at = models.DateTimeField("begun")
    until = models.DateField("ends on")
    number = models.PositiveSmallIntegerField("how many places the rule asked for")
    counted = ArrayField(models.CharField(max_length=12), verbose_name="bookings that count")
    why = models.JSONField("how it was worked out")
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decided_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = scoped(RestrictionQuerySet)

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "counted"],
                condition=~Q(state=RestrictionState.WITHDRAWN.value),
                name="restriction_once_for_the_same_places",
            ),
        ]

    def __str__(self) -> str:
        return f"Restriction on {self.membership}"

    def get_absolute_url(self) -> str:
        return reverse("restriction", args=[self.pk])

    def is_in_force(self, day: date) -> bool:
        """The same as ``in_force`` of the queryset."""
        return self.state == RestrictionState.IN_FORCE and day < self.until

    def decide(self, state: RestrictionState, decision: str, by: Membership, at: datetime) -> None:
        """Keep what was decided. Not saved."""
        self.state, self.decision = state, decision
        self.decided_at, self.decided_by = at, by

    @property
    def is_appealed(self) -> bool:
        """Whether an appeal waits for its answer."""
        return self.appealed_at is not None and self.decided_at is None
