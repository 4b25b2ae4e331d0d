"""What is offered: the catalogue."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from courses.rules.states import CourseKind, Delivery, EventType, GroupPolicy
from partnerships.models import WorkforceGroup, searched
from tenancy import TenantForeignKey, TenantOneToOneField, scoped
from tenancy.models import TenantModel


class CourseQuerySet(models.QuerySet["Course"]):
    def in_catalogue(self) -> CourseQuerySet:
        """Courses that anyone can see."""
        return self.filter(is_published=True)

    def matching(self, text: str) -> CourseQuerySet:
        """Courses that have every word of a search text, in any form, the best match first."""
        asked = searched(text)
        found = self.filter(words__search=asked).annotate(
            match=SearchRank(models.F("words__search"), asked)
        )
        return found.order_by("-match", "title", "pk")


class Course(TenantModel):
    """Something that can be learnt, run as events."""

    is_rule = True

    reference = models.CharField(max_length=30)
    slug = models.SlugField("name in the web address", max_length=120)
    title = models.CharField(max_length=200)
    group = TenantForeignKey(
        WorkforceGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        help_text="The level or group it is for. Leave empty for everyone.",
    )
    kind = models.CharField(
        "type of course", max_length=20, choices=CourseKind.choices(), default=CourseKind.CORE
    )
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(
        "length in minutes", help_text="Length of the learning, in minutes."
    )
    delivery = models.CharField(
        max_length=20, choices=Delivery.choices(), default=Delivery.IN_PERSON
    )
    event_type = models.CharField(
        "type of event", max_length=20, choices=EventType.choices(), default=EventType.COURSE
    )
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    audience = models.TextField("who it is for", blank=True)
    aims = models.TextField(blank=True)
    content = models.TextField(blank=True, help_text="Write each point on a new line.")
    group_policy = models.CharField(
        "who may book",
        max_length=12,
        choices=GroupPolicy.choices(),
        default=GroupPolicy.ADJOINING,
        help_text="Has no effect on a course that is for everyone.",
    )
    list_price = models.DecimalField(
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="In pounds. Needed if a fee is a percentage of it.",
    )
    refresh_months = models.PositiveSmallIntegerField(
        "months until refresher",
        null=True,
        blank=True,
        help_text="How long the learning stays current, in months.",
    )
    minimum_trainers = models.PositiveSmallIntegerField("minimum number of trainers", default=1)
    needs_safeguarding_trainer = models.BooleanField(
        "needs a trainer with a safeguarding background",
        default=False,
        help_text="At least one trainer must have a current safeguarding background.",
    )
    is_published = models.BooleanField("published", default=True)

    objects: ClassVar[Any] = scoped(CourseQuerySet)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="course_slug_unique"),
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="course_reference_unique"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="course_has_a_length"),
        ]
        indexes = [GinIndex(fields=["topics"], name="course_topics")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("course", args=[self.slug])


class CourseWords(TenantModel):
    """The words that a course is found by: title first, then topics, aims and outcomes, then content and audience.

    Kept by triggers of the database (migration 0003), so that no way of writing a course escapes. A table of its own,
    because reading a course should not read them, and its history should not hold them.
    """

    history_excludes = ("search",)

    course = TenantOneToOneField(Course, on_delete=models.CASCADE, related_name="words")
    search = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["search"], name="course_words_search")]

    def __str__(self) -> str:
        return str(self.course)


class LearningOutcome(TenantModel):
    """What people can do after the course."""

    course = TenantForeignKey(Course, on_delete=models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField("order", default=0)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Prerequisite(TenantModel):
    """A course that must be completed before another one; alternatives share a ``choice`` number."""

    is_rule = True

    course = TenantForeignKey(Course, on_delete=models.CASCADE, related_name="prerequisites")
    requires = TenantForeignKey(
        Course, on_delete=models.CASCADE, related_name="+", verbose_name="course needed first"
    )
    choice = models.PositiveSmallIntegerField(
        "choice number",
        default=0,
        help_text="Rows with the same number are alternatives: people need only one of them.",
    )

    class Meta:
        ordering = ["course", "choice"]
        constraints = [
            models.UniqueConstraint(fields=["course", "requires"], name="prerequisite_unique"),
            models.CheckConstraint(
                condition=~Q(course=models.F("requires")), name="prerequisite_is_another_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} after {self.requires}"
