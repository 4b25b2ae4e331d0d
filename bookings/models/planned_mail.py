"""Emails that go out some days before or after every event."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from bookings.models.booking import Booking
from bookings.rules.states import READS_A_PLANNED_MAIL, Audience, MailTiming
from govuk.rules.phrases import counted
from tenancy import TenantForeignKey
from tenancy.models import TenantModel

FEWEST_DAYS = {MailTiming.BEFORE: 1, MailTiming.AFTER: 0}


def can_be_due() -> models.Q:
    """The pairs of timing and audience that ``READS_A_PLANNED_MAIL`` knows, far enough from the event."""
    pairs = (
        models.Q(timing=timing, audience=audience, days__gte=FEWEST_DAYS[timing])
        for timing, audience in READS_A_PLANNED_MAIL
    )
    return reduce(or_, pairs)


class PlannedMail(TenantModel):
    """One email that the partnership sends about each of its events: when, to whom, and what it adds."""

    is_rule = True

    subject = models.CharField(
        max_length=100, help_text="We add the title of the course: “Reminder: Neglect”."
    )
    text = models.TextField(
        blank=True,
        help_text="What you want to say. We add the dates and the venue and, before the event, how to join and cancel.",
    )
    days = models.PositiveSmallIntegerField("how many days", default=5)
    timing = models.CharField(
        "when it goes out", max_length=10, choices=MailTiming.choices(), default=MailTiming.BEFORE
    )
    audience = models.CharField(
        "who gets it", max_length=10, choices=Audience.choices(), default=Audience.BOOKED
    )
    is_active = models.BooleanField("in use", default=True)
    since = models.DateTimeField(
        default=timezone.now,
        editable=False,
        help_text="Not sent for events where it would have been due before this time.",
    )

    class Meta:
        ordering = ["timing", "-days", "pk"]
        verbose_name = "planned email"
        constraints = [
            models.CheckConstraint(
                condition=can_be_due(),
                name="planned_mail_can_be_due",
                violation_error_message="No one can read an email at that time. Change who gets it, or when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.when}"

    @property
    def when(self) -> str:
        """1 day before the event begins."""
        return f"{counted(self.days, 'day')} {MailTiming(self.timing).label.lower()}"

    def clean(self) -> None:
        """No one has attended before the event, and only a reminder makes sense without words of its own."""
        problems = {}
        if not self._has_readers():
            who, when = Audience(self.audience).label, MailTiming(self.timing).label.lower()
            problems["audience"] = f"“{who}” cannot be selected for an email {when}."
        if self.timing == MailTiming.BEFORE:
            if self.days is not None and self.days < FEWEST_DAYS[MailTiming.BEFORE]:
                problems["days"] = "Enter 1 or more, so that the email goes out before the event."
        elif not self.text.strip():
            problems["text"] = "Enter what you want to say. We only add the dates and the venue."
        if problems:
            raise ValidationError(problems)

    def _has_readers(self) -> bool:
        """Whether anyone can be in this audience at this time. A value that is no choice has its own error."""
        known = self.timing in MailTiming.values() and self.audience in Audience.values()
        return not known or (self.timing, self.audience) in READS_A_PLANNED_MAIL

    @property
    def distance(self) -> timedelta:
        """How far from the event it is due; below zero before it begins, from its end after it."""
        days = timedelta(days=self.days)
        return -days if self.timing == MailTiming.BEFORE else days


class PlannedMailSent(TenantModel):
    """A planned mail has been written for a booking, for the date that the event has now."""

    planned_mail = TenantForeignKey(PlannedMail, on_delete=models.CASCADE, related_name="sent")
    booking = TenantForeignKey(Booking, on_delete=models.CASCADE, related_name="planned_mails")
    starts_at = models.DateTimeField(help_text="When the event begins.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["planned_mail", "booking", "starts_at"], name="planned_mail_once_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_mail} for {self.booking_id}"
