"""Charging policies: how much notice a place needs, what it costs, and what wasting one costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from bookings.models.columns import AttendanceColumns, NoticeColumns
from bookings.models.scope import ScopedRow
from bookings.rules.attendance import AttendanceRule
from bookings.rules.cancelling import how_to_cancel_wording
from bookings.rules.notice import NoticePolicy, NoticeUnit
from bookings.rules.place import HALF_DAY_MINUTES, AppliesTo
from bookings.rules.states import ApprovalMode, CountsFrom, UnknownGroup, WhoCancels
from bookings.rules.substitution import substitution_wording
from partnerships.models import Membership
from tenancy import TenantForeignKey, fixed_since, scoped
from tenancy.guards import Guard

# A part of a policy is as fixed as the policy. Its row is held, so that no part changes while someone agrees to it.
FIXED = """
IF EXISTS (
    SELECT FROM bookings_chargingpolicy
     WHERE id IN (NEW.policy_id, OLD.policy_id) AND agreed_since IS NOT NULL
       FOR SHARE
) THEN
    RAISE EXCEPTION 'A charging policy that someone has agreed to cannot be changed. Make a new version.'
        USING ERRCODE = 'restrict_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""


def fixed_with_the_policy(name: str) -> Guard:
    """Refuses changes to a part of a policy once someone has agreed to the policy."""
    return Guard(
        name=name, operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete, func=FIXED
    )


class PolicyQuerySet(models.QuerySet["ChargingPolicy"]):
    def released(self) -> PolicyQuerySet:
        """Versions that hold from their start date; the others are drafts."""
        return self.filter(released_at__isnull=False)


class ChargingPolicy(NoticeColumns, AttendanceColumns):
    """One version of how places are booked, cancelled and paid for, with its general notice rule.

    A draft until it is released. The version agreed at booking always applies, so from the first booking on
    (``agreed_since``) neither it nor any of its parts changes. A change is a new version.
    """

    is_rule = True

    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField("start date")
    counts_from = models.CharField(
        "applies to",
        max_length=10,
        choices=CountsFrom.choices(),
        default=CountsFrom.BOOKINGS,
        help_text="Which places the version applies to from its start date.",
    )
    is_example = models.BooleanField(
        "example prices", default=False, help_text="These are invented amounts, for demonstration."
    )
    half_day_minutes = models.PositiveSmallIntegerField(
        "longest half day (minutes)",
        default=HALF_DAY_MINUTES,
        help_text="Sessions up to this long count as half a day, longer ones as a day.",
    )
    clause = models.TextField(
        help_text="The policy in plain English, as people accept it when they book."
    )
    closing_notice = models.PositiveSmallIntegerField(
        "close of bookings (how long before)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="How many days or hours before an event do bookings close? "
        "Leave empty if people can book until it starts.",
    )
    closing_unit = models.CharField(
        "unit of the close of bookings",
        max_length=20,
        choices=NoticeUnit.choices(),
        default=NoticeUnit.WORKING_DAYS,
        help_text="What is that counted in?",
    )
    closing_skip_bank_holidays = models.BooleanField(
        "bank holidays do not count for the close of bookings",
        default=True,
        help_text="If working days are counted: are bank holidays and closure days left out?",
    )
    closing_cut_off = models.TimeField(
        "time of day when bookings close",
        null=True,
        blank=True,
        help_text="Until what time on that day can people book? Leave empty for the end of the day.",
    )
    cancel_channel = models.CharField(
        "how to cancel",
        max_length=200,
        blank=True,
        help_text="How must people cancel for it to count? For example, “on this site” or "
        "“by email to training@example.org”. We tell people, and do not check it.",
    )
    who_cancels = models.CharField(
        "who can cancel",
        max_length=10,
        choices=WhoCancels.choices(),
        default=WhoCancels.PERSON,
        help_text="Who can cancel a place that is booked?",
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

    released_at = models.DateTimeField("released", null=True, blank=True, editable=False)
    released_by = TenantForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    agreed_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When someone first agreed to it. It cannot be changed after that.",
    )

    objects: ClassVar[Any] = scoped(PolicyQuerySet)

    class Meta:
        ordering = ["-valid_from", "-version"]
        triggers = [fixed_since("policy_is_fixed", "agreed_since", "A charging policy in use")]
        verbose_name_plural = "charging policies"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"], name="policy_version_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"Charging policy, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.version])

    def as_rule(self) -> NoticePolicy:
        """The general notice rule, for all places without one of their own."""
        return self.notice_rule(AppliesTo())

    def closing_rule(self) -> NoticePolicy | None:
        """How the close of bookings is counted, for all places; None if people can book until the event starts."""
        if not self.closing_notice:
            return None
        return NoticePolicy(
            notice=self.closing_notice,
            unit=NoticeUnit(self.closing_unit),
            skip_bank_holidays=self.closing_skip_bank_holidays,
            cut_off=self.closing_cut_off,
        )

    def attendance_rule(self) -> AttendanceRule:
        """The general rule about arriving late, leaving early and coming without a booking."""
        return self.register_rule(clause="")  # its text is about more than the register

    @property
    def how_to_cancel(self) -> str:
        """Through which channel, and who can, in words; empty if the version says neither."""
        return how_to_cancel_wording(self.cancel_channel, WhoCancels(self.who_cancels))

    def sending_a_colleague(self, starts_at: datetime, now: datetime) -> str:
        """When someone can still name a colleague for a place, in words; empty if it is too late."""
        zone = timezone.get_current_timezone()
        return substitution_wording(now, starts_at, self.substitution_hours, zone)


class NoticeException(NoticeColumns, ScopedRow):
    """A notice rule for some places, in place of the general one."""

    is_rule = True

    policy = TenantForeignKey(
        ChargingPolicy, on_delete=models.CASCADE, related_name="notice_exceptions"
    )
    name = models.CharField(max_length=100, help_text="The places it is for, such as “briefings”.")
    clause = models.CharField(
        max_length=300, help_text="The rule in one sentence, shown to the people it applies to."
    )

    class Meta:
        ordering = ["policy", "id"]
        verbose_name = "exception to the notice"
        verbose_name_plural = "exceptions to the notice"
        triggers = [fixed_with_the_policy("notice_exception_is_fixed")]

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> NoticePolicy:
        """The notice rule for the places of this exception."""
        return self.notice_rule(self.applies_to, self.name)


class RegisterException(AttendanceColumns, ScopedRow):
    """What happens at the event, for some places, in place of the general rule.

    Policies allow 15 minutes on full days only, or none online (docs/domain/rules.md, late arrival).
    """

    is_rule = True

    policy = TenantForeignKey(
        ChargingPolicy, on_delete=models.CASCADE, related_name="register_exceptions"
    )
    name = models.CharField(max_length=100, help_text="The places it is for, such as “full days”.")
    clause = models.CharField(
        max_length=600, help_text="The rule in plain English, shown on the page about charges."
    )

    class Meta:
        ordering = ["policy", "id"]
        verbose_name = "exception at the event"
        verbose_name_plural = "exceptions at the event"
        triggers = [fixed_with_the_policy("register_exception_is_fixed")]

    def __str__(self) -> str:
        return self.name

    def attendance_rule(self) -> AttendanceRule:
        """What it says, for someone who has agreed to it."""
        return self.register_rule(label=self.name, exception=self.pk)

    def as_rule(self) -> AttendanceRule:
        """The same with the places that it is for."""
        return replace(self.attendance_rule(), scope=self.applies_to)
