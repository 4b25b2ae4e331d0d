"""People in a partnership: what they may do and who employs them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from govuk.rules.choice import Choice
from partnerships.models.agency import Agency
from partnerships.models.workforce import WorkforceGroup
from partnerships.rules.roles import (
    Permission,
    Role,
    is_staff,
    permissions_of,
    permissions_without_staff_powers,
)
from tenancy import TenantForeignKey, scoped
from tenancy.models.base import TenantModel


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(is_active=True, user__is_active=True)

    def still_here(self, day: date) -> MembershipQuerySet:
        """People whose account is open and who have a job on a day: scheduled emails go to no one else."""
        return self.active().filter(pk__in=Employment.objects.jobs_on(day).values("membership"))

    def holding(self, role: Role) -> MembershipQuerySet:
        """People who hold a role."""
        return self.filter(roles__contains=[role.value])


class Membership(TenantModel):
    """A person in one partnership, with the roles held there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=30, choices=Role.choices()), default=list)
    is_active = models.BooleanField("active", default=True)
    joined_at = models.DateTimeField("joined", auto_now_add=True)

    # Whether the person lacks the second factor that the partnership asks of its staff. Set for the person who makes
    # a request (``partnerships.access.member_here``): what a staff role gives is withheld until there is one.
    lacks_second_factor = False

    objects: ClassVar[Any] = scoped(MembershipQuerySet)

    class Meta:
        ordering = ["user__full_name"]
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "user"], name="membership_unique"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the person may do now."""
        if self.lacks_second_factor:
            return permissions_without_staff_powers(self.roles)
        return self.granted

    @property
    def granted(self) -> frozenset[Permission]:
        """What the person's roles give, once they have a second factor if one is required."""
        return permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def is_staff(self) -> bool:
        """Acts for the partnership rather than for an agency."""
        return is_staff(self.roles)


class EmploymentState(Choice):
    """Whether the person has been confirmed to work there."""

    PENDING = "pending", "Waiting for confirmation"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Refused"


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def on(self, day: date) -> EmploymentQuerySet:
        """Employments that run on a day according to the person, confirmed or not."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def jobs_on(self, day: date) -> EmploymentQuerySet:
        """Jobs on a day, confirmed or not yet. An employment that the agency refused is not a job."""
        return self.on(day).exclude(state=EmploymentState.REFUSED)

    def confirmed(self) -> EmploymentQuerySet:
        return self.filter(state=EmploymentState.CONFIRMED)

    def pending(self) -> EmploymentQuerySet:
        return self.filter(state=EmploymentState.PENDING)


class Employment(TenantModel):
    """A dated link between a person and an agency. People can have several at once; each booking names one."""

    membership = TenantForeignKey(
        Membership, on_delete=models.CASCADE, related_name="employments", verbose_name="person"
    )
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="employments")
    group = TenantForeignKey(
        WorkforceGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="employments"
    )
    line_manager = TenantForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="team"
    )
    job_title = models.CharField(max_length=120)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day", null=True, blank=True)
    state = models.CharField(
        "status", max_length=10, choices=EmploymentState.choices(), default=EmploymentState.PENDING
    )
    confirmed_by = TenantForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True)
    refusal_reason = models.CharField(
        "reason for refusing", max_length=300, blank=True, help_text="We send this to the person."
    )

    objects: ClassVar[Any] = scoped(EmploymentQuerySet)

    class Meta:
        ordering = ["-starts_on", "id"]
        verbose_name = "job"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="employment_ends_after_it_starts",
                violation_error_message="The last day cannot be before the first day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_title}, {self.agency}"
