"""Versions of the cancellation policy."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from bookings.rules.attendance import AttendanceRule
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from bookings.rules.states import ApprovalMode, UnknownGroup
from bookings.rules.substitution import substitution_wording
from tenancy import fixed_since
from tenancy.models import TenantModel


class CancellationPolicy(TenantModel):
    """How places are booked and cancelled.

    The version agreed at booking always applies, so a version that someone has agreed to cannot change.
    """

    is_rule = True

    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField("start date")
    clause = models.TextField(
        help_text="The policy in plain English, as people accept it when they book."
    )
    notice = models.PositiveSmallIntegerField(
        default=10, help_text="How many days or hours before the event."
    )
    unit = models.CharField(
        "unit of notice",
        max_length=20,
        choices=NoticeUnit.choices(),
        default=NoticeUnit.WORKING_DAYS,
    )
    counting = models.CharField(
        "when to charge", max_length=20, choices=Counting.choices(), default=Counting.AT_LEAST
    )
    clear_days = models.BooleanField(default=False)
    skip_bank_holidays = models.BooleanField(default=True)
    cut_off = models.TimeField(
        "cut-off time", null=True, blank=True, help_text="Leave empty for the end of the day."
    )
    groups = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="Codes of the levels or groups that fees apply to. Leave empty for all.",
    )
    approval = models.CharField(
        "manager’s approval",
        max_length=10,
        choices=ApprovalMode.choices(),
        default=ApprovalMode.DECLARED,
    )
    unknown_group = models.CharField(
        "what to do if the group is not known",
        max_length=5,
        choices=UnknownGroup.choices(),
        default=UnknownGroup.HOLD,
        help_text="When someone books a course for one group and we do not know yet which group they are in.",
    )
    grace_minutes = models.PositiveSmallIntegerField(
        "minutes late allowed",
        default=30,
        help_text="How many minutes late people can arrive without any consequence.",
    )
    late_admitted = models.BooleanField(
        "late arrivals can take part",
        default=True,
        help_text="Can people who arrive later than that still take part?",
    )
    late_certificate = models.BooleanField(
        "certificate for late arrivals",
        default=False,
        help_text="Can people who arrive later than that still get a certificate?",
    )
    late_charged = models.BooleanField(
        "charge late arrivals",
        default=False,
        help_text="Are people who arrive later than that charged as if absent?",
    )
    early_minutes = models.PositiveSmallIntegerField(
        "minutes early allowed",
        null=True,
        blank=True,
        help_text="How many minutes early people can leave without any consequence. Leave empty for no limit.",
    )
    early_counts = models.BooleanField(
        "session counts if people leave early",
        default=False,
        help_text="Does the session still count in full for people who leave earlier than that?",
    )
    early_certificate = models.BooleanField(
        "certificate for people who leave early",
        default=False,
        help_text="Can people who leave earlier than that still get a certificate?",
    )
    early_charged = models.BooleanField(
        "charge people who leave early",
        default=False,
        help_text="Are people who leave earlier than that charged as if absent?",
    )
    walk_in_admitted = models.BooleanField(
        "walk-ins can take part",
        default=True,
        help_text="Can people who come without a booking take part?",
    )
    walk_in_certificate = models.BooleanField(
        "certificate for walk-ins", default=True, help_text="Can they get a certificate?"
    )
    walk_in_charged = models.BooleanField(
        "charge walk-ins", default=True, help_text="Are they charged the attendance fee?"
    )
    offer_grace_hours = models.PositiveSmallIntegerField(
        "free cancellation after an offer (hours)",
        default=24,
        help_text="How many hours people have to cancel free of charge after accepting an offer.",
    )
    move_grace_hours = models.PositiveSmallIntegerField(
        "free cancellation after a move (hours)",
        default=72,
        help_text="How many hours people have to cancel free of charge after the partnership moves the event.",
    )
    substitution_hours = models.PositiveSmallIntegerField(
        "last substitution (hours before)",
        default=0,
        help_text="People can name a colleague to take their place until this many hours before the event.",
    )
    keep_late_charge = models.BooleanField(
        "keep late cancellation fee",
        default=True,
        help_text="Keep the late cancellation fee if the partnership then cancels the event.",
    )

    agreed_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When someone first agreed to it. It cannot be changed after that.",
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
        told = {"unit": NoticeUnit(self.unit), "counting": Counting(self.counting)}
        return NoticePolicy(
            **self._answers(NoticePolicy) | told | {"groups": frozenset(self.groups)}
        )

    def attendance_rule(self) -> AttendanceRule:
        """What the version says about arriving late, leaving early and coming without a booking."""
        return AttendanceRule(**self._answers(AttendanceRule))

    def _answers(self, rule: type[NoticePolicy | AttendanceRule]) -> dict[str, Any]:
        """The columns that are called as the parts of a rule."""
        return {field.name: getattr(self, field.name) for field in fields(rule)}

    def sending_a_colleague(self, starts_at: datetime, now: datetime) -> str:
        """When someone can still name a colleague for a place, in words; empty if it is too late."""
        zone = timezone.get_current_timezone()
        return substitution_wording(now, starts_at, self.substitution_hours, zone)
