"""What a role needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from competencies.rules.scope import Scope
from competencies.rules.standing import RequirementRule
from courses.models import Course
from partnerships.models import Membership, Sector, WorkforceGroup
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class RoleProfile(TenantModel):
    """A kind of job with its own training needs: designated safeguarding lead, health visitor, youth worker."""

    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=150)
    group = TenantForeignKey(
        WorkforceGroup,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="role_profiles",
    )
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="role_profile_code_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def on(self, day: date) -> RoleAssignmentQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class RoleAssignment(TenantModel):
    """A person has a role profile from a given day."""

    membership = TenantForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="role_assignments",
        verbose_name="person",
    )
    role_profile = TenantForeignKey(
        RoleProfile, on_delete=models.PROTECT, related_name="assignments"
    )
    since = models.DateField("start date")
    until = models.DateField("end date", null=True, blank=True)

    objects: ClassVar[Any] = scoped(RoleAssignmentQuerySet)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "role_profile", "since"], name="role_assignment_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.role_profile}"


class Requirement(TenantModel):
    """What a role profile, a whole group or a sector must hold, and how often it is renewed.

    If more than one of the three is given, all must match, such as Level 3 in schools.
    """

    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    role_profile = TenantForeignKey(
        RoleProfile, on_delete=models.CASCADE, null=True, blank=True, related_name="requirements"
    )
    group = TenantForeignKey(
        WorkforceGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="requirements"
    )
    sector = TenantForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    months = models.PositiveSmallIntegerField(
        "months until renewal",
        null=True,
        blank=True,
        help_text="How many months until it must be renewed. Leave empty if it is needed only once.",
    )
    minutes = models.PositiveIntegerField(
        "minutes of learning",
        default=0,
        help_text="Minutes of learning needed in that time. 0 if minutes are not counted.",
    )
    participatory_percent = models.PositiveSmallIntegerField(
        "percentage learnt with other people", default=0
    )
    ladder = models.CharField(
        "series",
        max_length=40,
        blank=True,
        help_text="Requirements in the same series build on each other: only the highest level counts.",
    )
    rung = models.PositiveSmallIntegerField("level in the series", default=0)
    source = models.CharField(
        max_length=200, blank=True, help_text="The law, guidance or strategy it comes from."
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role_profile__isnull=False)
                | Q(group__isnull=False)
                | Q(sector__isnull=False),
                name="requirement_is_of_somebody",
                violation_error_message="Choose a role profile, a group or a sector.",
            ),
            models.CheckConstraint(
                condition=Q(participatory_percent__lte=100),
                name="requirement_share_is_a_percentage",
                violation_error_message="A percentage must be 100 or less.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> Scope:
        """Who it applies to, as the rules read it."""
        return Scope(
            role=self.role_profile_id,
            group=self.group_id,
            sector=self.sector.code if self.sector else "",
        )

    def as_rule(self, course_ids: Iterable[int]) -> RequirementRule:
        """The requirement as the rules read it; courses are named by their ids."""
        return RequirementRule(
            code=self.code,
            title=self.title,
            courses=frozenset(str(each) for each in course_ids),
            months=self.months,
            minutes=self.minutes,
            participatory_percent=self.participatory_percent,
            ladder=self.ladder,
            rung=self.rung,
        )


class RequirementCourse(TenantModel):
    """A course that satisfies a requirement; only mapped courses renew it."""

    requirement = TenantForeignKey(
        Requirement, on_delete=models.CASCADE, related_name="satisfied_by"
    )
    course = TenantForeignKey(Course, on_delete=models.CASCADE, related_name="satisfies")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "course"], name="requirement_course_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.course)
