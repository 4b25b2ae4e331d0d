"""Dated runs of courses."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from courses.models.course import Course
from courses.models.programme import Programme
from courses.models.trainer import Trainer
from courses.rules.catalogue import book_by_wording, bookings_close
from courses.rules.states import IS_PUBLIC, Delivery, EventState
from courses.rules.when import Times, when_wording
from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class Venue(TenantModel):
    """Where people meet."""

    name = models.CharField(max_length=150)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    capacity = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="We show a warning on events that offer more places than this.",
    )
    access_notes = models.TextField(
        "getting in and around", blank=True, help_text="Step-free access, hearing loop, parking."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="venue_name_unique")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_full(self) -> str:
        """Name, street and postcode on one line, for calendars and emails."""
        lines = (self.name, *self.address.splitlines(), self.postcode)
        return ", ".join(line.strip() for line in lines if line.strip())


class EventQuerySet(models.QuerySet["Event"]):
    def in_catalogue(self) -> EventQuerySet:
        """Events that anyone can see: all but drafts."""
        return self.filter(state__in=list(IS_PUBLIC), course__is_published=True)

    def on_offer(self, now: datetime) -> EventQuerySet:
        """Dates that people can choose from: published and still to come."""
        published = self.filter(state=EventState.PUBLISHED, course__is_published=True)
        return published.upcoming(now)

    def bookable(self, now: datetime) -> EventQuerySet:
        """Dates that can still be booked: the SQL of ``bookings_close``."""
        closing = Coalesce("bookings_close_at", "book_by", "starts_at")
        return self.alias(closing=closing).filter(closing__gte=now)

    def upcoming(self, now: datetime) -> EventQuerySet:
        return self.filter(starts_at__gte=now)

    def past(self, now: datetime) -> EventQuerySet:
        return self.filter(ends_at__lt=now)

    def of_trainer(self, membership: Membership) -> EventQuerySet:
        return self.filter(event_trainers__trainer__membership=membership)


class Event(TenantModel):
    """A dated run of a course. ``starts_at`` and ``ends_at`` are those of its first and last session.

    ``book_by`` is what the charging policy counts for it, kept by the app above with its grounds.
    """

    course = TenantForeignKey(Course, on_delete=models.PROTECT, related_name="events")
    programme = TenantForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    reference = models.CharField(max_length=30)
    state = models.CharField(
        "status", max_length=12, choices=EventState.choices(), default=EventState.DRAFT
    )
    delivery = models.CharField(
        max_length=20, choices=Delivery.choices(), default=Delivery.IN_PERSON
    )
    starts_at = models.DateTimeField("start")
    ends_at = models.DateTimeField("end")
    bookings_close_at = models.DateTimeField(
        "close of bookings",
        null=True,
        blank=True,
        help_text="Leave empty to close when the charging policy says, or when the event starts.",
    )
    book_by = models.DateTimeField(
        "close of bookings by the charging policy", null=True, blank=True, editable=False
    )
    book_by_why = models.JSONField(
        "how the close of bookings was worked out", null=True, blank=True, editable=False
    )
    venue = TenantForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    joining_url = models.URLField(
        "joining link", blank=True, help_text="Shown to people who have a place."
    )
    joining_notes = models.TextField(blank=True, help_text="Shown to people who have a place.")
    capacity = models.PositiveIntegerField("number of places")
    revision = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="How many times its dates or venue have changed. Calendars use this to replace older copies.",
    )
    register_closed_at = models.DateTimeField(null=True, blank=True)
    register_closed_by = TenantForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = scoped(EventQuerySet)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="event_reference_unique"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_starts",
                violation_error_message="The event must end after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
                name="event_cancelled_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "starts_at"], name="event_by_day")]

    def __str__(self) -> str:
        return f"{self.course.title}, {self.starts_at:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.reference])

    @property
    def closes_at(self) -> datetime:
        """The instant when bookings close."""
        return bookings_close(self.bookings_close_at, self.book_by, self.starts_at)

    @property
    def book_by_words(self) -> str:
        """Until when it can be booked, in words; empty if until it starts."""
        zone = timezone.get_current_timezone()
        return book_by_wording(self.closes_at, self.starts_at, zone)

    @property
    def times(self) -> tuple[Times, ...]:
        """Start and end of each session, or of the event if it has none yet.

        Lists prefetch the sessions, or add ``session_times`` to the rows (``courses.reports.details``).
        """
        added = getattr(self, "session_times", None)
        if added is None:
            added = [(one.starts_at, one.ends_at) for one in self.sessions.all()]
        return tuple((start, end) for start, end in added) or ((self.starts_at, self.ends_at),)

    @property
    def when(self) -> str:
        """Its days and times in words."""
        return when_wording(self.times, timezone.get_current_timezone())


class Session(TenantModel):
    """One sitting of an event; the register is marked for each."""

    event = TenantForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField("order", default=1)
    starts_at = models.DateTimeField("start")
    ends_at = models.DateTimeField("end")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="session_position_unique"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message="The session must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.position}"


class EventTrainer(TenantModel):
    event = TenantForeignKey(Event, on_delete=models.CASCADE, related_name="event_trainers")
    trainer = TenantForeignKey(Trainer, on_delete=models.PROTECT, related_name="event_trainers")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "trainer"], name="event_trainer_unique")
        ]

    def __str__(self) -> str:
        return str(self.trainer)
