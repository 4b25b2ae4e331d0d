"""Versions of the cancellation policy."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from bookings.rules.attendance import AttendanceRule
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from bookings.rules.states import ApprovalMode, UnknownGroup
from bookings.rules.substitution import substitution_wording
from bookings.rules.waiting_list import OfferRule
from partnerships.models import TenantModel
from partnerships.tenancy import fixed_since


class CancellationPolicy(TenantModel):
    """How a place is booked and given back.

    The version agreed at booking decides for ever, so a version that somebody has agreed to does not change any more.
    """

    is_rule = True

    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    clause = models.TextField(help_text="The policy in plain words, accepted at booking.")
    notice = models.PositiveSmallIntegerField(
        default=10, help_text="How many units before the event."
    )
    unit = models.CharField(
        max_length=20, choices=NoticeUnit.choices(), default=NoticeUnit.WORKING_DAYS
    )
    counting = models.CharField(
        max_length=20, choices=Counting.choices(), default=Counting.AT_LEAST
    )
    clear_days = models.BooleanField(default=False)
    skip_bank_holidays = models.BooleanField(default=True)
    cut_off = models.TimeField(null=True, blank=True, help_text="Empty means the end of the day.")
    groups = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="Codes of the levels or groups that fees apply to; empty means all.",
    )
    approval = models.CharField(
        max_length=10, choices=ApprovalMode.choices(), default=ApprovalMode.DECLARED
    )
    unknown_group = models.CharField(
        "group not known",
        max_length=5,
        choices=UnknownGroup.choices(),
        default=UnknownGroup.HOLD,
        help_text="Somebody books a group’s course, and nobody has said yet which group the person is in.",
    )
    grace_minutes = models.PositiveSmallIntegerField(
        default=30, help_text="How late somebody may come without consequence."
    )
    late_admitted = models.BooleanField(
        default=True, help_text="Past that, may the person still come in?"
    )
    late_certificate = models.BooleanField(
        default=False, help_text="Past that, is a certificate earned?"
    )
    late_charged = models.BooleanField(
        default=False, help_text="Past that, is it charged as an absence?"
    )
    early_minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="How early somebody may leave without consequence. Empty means there is no limit.",
    )
    early_counts = models.BooleanField(
        default=False, help_text="Past that, does the session still count in full?"
    )
    early_certificate = models.BooleanField(
        default=False, help_text="Past that, is a certificate earned?"
    )
    early_charged = models.BooleanField(
        default=False, help_text="Past that, is it charged as an absence?"
    )
    walk_in_admitted = models.BooleanField(
        default=True, help_text="May people take part who come without a booking?"
    )
    walk_in_certificate = models.BooleanField(default=True, help_text="Do they earn a certificate?")
    walk_in_charged = models.BooleanField(
        default=True, help_text="Are they charged the attendance fee?"
    )
    offer_hours = models.PositiveSmallIntegerField(
        default=48, help_text="How long a place offered from the waiting list is held."
    )
    offer_cut_off_hours = models.PositiveSmallIntegerField(
        default=24, help_text="No offers later than this before the event."
    )
    offer_grace_hours = models.PositiveSmallIntegerField(
        default=24, help_text="How long an accepted offer can still be cancelled free of charge."
    )
    move_grace_hours = models.PositiveSmallIntegerField(
        default=72,
        help_text="How long those booked can cancel free of charge after the partnership has moved the event.",
    )
    approval_hours = models.PositiveSmallIntegerField(
        default=120, help_text="How long a place is held while somebody has still to agree."
    )
    substitution_hours = models.PositiveSmallIntegerField(
        default=0, help_text="A colleague may be named until so many hours before the event."
    )
    reminder_days = models.PositiveSmallIntegerField(
        default=5, help_text="Delegates are reminded so many days before the event."
    )
    keep_late_charge = models.BooleanField(
        default=True,
        help_text="A late-cancellation charge stays when the partnership cancels the event afterwards.",
    )

    agreed_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When somebody agreed to it for the first time. It has been fixed since then.",
    )

    class Meta:
        ordering = ["-valid_from", "-version"]
        triggers = [fixed_since("policy_is_fixed", "agreed_since", "A cancellation policy in use")]
        verbose_name_plural = "cancellation policies"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"], name="policy_version_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"Cancellation policy, version {self.version}"

    def as_rule(self) -> NoticePolicy:
        """The version as the rules read it."""
        return NoticePolicy(
            notice=self.notice,
            unit=NoticeUnit(self.unit),
            counting=Counting(self.counting),
            clear_days=self.clear_days,
            skip_bank_holidays=self.skip_bank_holidays,
            cut_off=self.cut_off,
            groups=frozenset(self.groups),
            clause=self.clause,
        )

    def attendance_rule(self) -> AttendanceRule:
        """What the version makes of coming late, leaving early and coming without a booking."""
        names = [field.name for field in fields(AttendanceRule)]
        return AttendanceRule(**{name: getattr(self, name) for name in names})

    def sending_a_colleague(self, starts_at: datetime, now: datetime) -> str:
        """Until when somebody else can be named for a place, in words; empty where it is too late."""
        zone = timezone.get_current_timezone()
        return substitution_wording(now, starts_at, self.substitution_hours, zone)

    def offer_rule(self) -> OfferRule:
        """How places from the waiting list are offered, as the rules read it."""
        return OfferRule(
            answer_hours=self.offer_hours,
            cut_off_hours=self.offer_cut_off_hours,
        )
