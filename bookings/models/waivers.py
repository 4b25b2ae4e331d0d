"""For which reasons charges are waived, and which agencies are exempt from them for a while."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bookings.models.booking import Booking
from bookings.rules.exemptions import ExemptionRule
from bookings.rules.prices import ChargeKind
from bookings.rules.waivers import Accepts, Asker, AskUntil, DecidedBy, WaiverRule
from govuk.rules.phrases import listed
from partnerships.models import Agency, Membership
from tenancy import TenantForeignKey
from tenancy.guards import Refuse
from tenancy.models import TenantModel

GRANTED = ("agency_id", "booking_id", "reason", "first_day", "last_day", "kinds", "granted_by_id")
LONGEST = 366  # days; more than a year would be a slip


class WaiverReason(TenantModel):
    """One entry of the partnership's list. Requests keep what they were told, so an entry can change."""

    is_rule = True

    name = models.CharField(max_length=100, help_text="Such as “Sickness on the day”.")
    steps = models.TextField("what to do", blank=True)
    evidence = models.TextField("what evidence", blank=True)
    evidence_needed = models.BooleanField("evidence has to be sent", default=False)
    asker = models.CharField(
        "who can ask", max_length=10, choices=Asker.choices(), default=Asker.EITHER
    )
    until = models.CharField(
        "counted from", max_length=15, choices=AskUntil.choices(), default=AskUntil.AFTER_CHARGE
    )
    days = models.PositiveSmallIntegerField(default=28, validators=[MaxValueValidator(LONGEST)])
    by = models.TimeField("by what time", null=True, blank=True)
    decided_by = models.CharField(
        "who decides", max_length=10, choices=DecidedBy.choices(), default=DecidedBy.PERSON
    )
    is_active = models.BooleanField("in use", default=True)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "reason to waive a charge"
        verbose_name_plural = "reasons to waive a charge"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"],
                name="waiver_reason_name_unique",
                violation_error_message="There is already a reason with this name.",
            ),
            models.CheckConstraint(
                condition=models.Q(days__lte=LONGEST), name="waiver_reason_days_at_most_a_year"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> WaiverRule:
        """The entry as the rules read it."""
        return WaiverRule(
            number=self.pk,
            name=self.name,
            steps=self.steps,
            evidence=self.evidence,
            evidence_needed=self.evidence_needed,
            asker=Asker(self.asker),
            until=AskUntil(self.until),
            days=self.days,
            by=self.by,
            decided_by=DecidedBy(self.decided_by),
        )


class WaiverPractice(TenantModel):
    """One per partnership: which requests to waive a charge are answered, and until when."""

    is_rule = True

    accepts = models.CharField(
        "which requests you accept", max_length=10, choices=Accepts.choices(), default=Accepts.ANY
    )
    ask_days = models.PositiveSmallIntegerField(
        "days to ask",
        default=28,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text="For how many days after the charge people can ask, unless the reason says otherwise.",
    )
    appeal_days = models.PositiveSmallIntegerField(
        "days to appeal",
        default=14,
        validators=[MaxValueValidator(LONGEST)],
        help_text="For how many days after a refusal people can appeal. Enter 0 if they cannot.",
    )

    class Meta:
        verbose_name = "rule for requests to waive a charge"
        verbose_name_plural = "rules for requests to waive a charge"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], name="waiver_practice_one_per_partnership"
            ),
        ]

    def __str__(self) -> str:
        return "How requests to waive a charge are answered"


class Exemption(TenantModel):
    """Nothing is charged to an agency for a while, or for one place. Who granted it and why stays.

    A row is never changed but ended: places that were booked on it keep it (``Booking.exemptions_quoted``).
    """

    is_rule = True

    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="exemptions")
    booking = TenantForeignKey(
        Booking,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exemptions",
        help_text="If it is for one place only.",
    )
    reason = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    kinds = ArrayField(
        models.CharField(max_length=20, choices=ChargeKind.choices()), default=list, blank=True
    )
    granted_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("granted")
    ended_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("ended", null=True, blank=True)

    class Meta:
        ordering = ["-granted_at", "-pk"]
        verbose_name = "exemption from charges"
        verbose_name_plural = "exemptions from charges"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="exemption_ends_after_it_begins",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="exemption_ended_by_someone",
            ),
        ]
        triggers = [
            Refuse(
                name="exemption_is_fixed",
                sentence="An exemption cannot be changed. End it and grant another one.",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"""({" OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in GRANTED)}
                     OR OLD.ended_at IS NOT NULL)"""
                ),
            ),
            Refuse(
                name="exemption_is_kept",
                sentence="An exemption cannot be deleted, because charges name it. End it.",
                operation=pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.reason}"

    @property
    def kinds_in_words(self) -> str:
        """Which kinds of charge it is for; empty for all."""
        return listed([kind.label for kind in ChargeKind if kind in self.kinds])

    def as_rule(self) -> ExemptionRule:
        """The row as the rules read it."""
        return ExemptionRule(
            number=self.pk,
            reason=self.reason,
            first=self.first_day,
            last=self.last_day,
            kinds=frozenset(ChargeKind(kind) for kind in self.kinds),
            place=self.booking_id,
            is_ended=self.ended_at is not None,
        )
