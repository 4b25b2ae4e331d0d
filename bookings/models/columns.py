"""What both a version of the charging policy and its exceptions say, about all places or about some."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import models

from bookings.rules.attendance import AttendanceRule
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from bookings.rules.place import AppliesTo
from tenancy.models import TenantModel


class NoticeColumns(TenantModel):
    """How much notice a place needs."""

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
    is_charged = models.BooleanField(
        "unused places are charged",
        default=True,
        help_text="Are late cancellations and non-attendance charged at all?",
    )

    class Meta:
        abstract = True

    def notice_rule(self, scope: AppliesTo, label: str = "") -> NoticePolicy:
        """The columns as the rules read them, for the places of a scope."""
        told = {
            "unit": NoticeUnit(self.unit),
            "counting": Counting(self.counting),
            "scope": scope,
            "label": label,
        }
        return NoticePolicy(**answers(self, NoticePolicy) | told)


class AttendanceColumns(TenantModel):
    """What happens to people who arrive late, leave early or come without a booking."""

    grace_minutes = models.PositiveSmallIntegerField(
        "minutes late allowed",
        null=True,
        blank=True,
        default=30,
        help_text="How many minutes late people can arrive without any consequence. "
        "Leave empty if the trainer decides.",
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

    class Meta:
        abstract = True

    def register_rule(self, **about: Any) -> AttendanceRule:
        """The columns as the rules read them; ``about`` is what is known of the rule besides."""
        return AttendanceRule(**answers(self, AttendanceRule) | about)


def answers(row: models.Model, rule: type[Any]) -> dict[str, Any]:
    """The columns that are called as the parts of a rule."""
    columns = {field.name for field in row._meta.concrete_fields}
    return {field.name: getattr(row, field.name) for field in fields(rule) if field.name in columns}
