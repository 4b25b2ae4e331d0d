"""The training pool."""

from __future__ import annotations

from django.db import models

from partnerships.models import Agency, Membership
from tenancy import TenantForeignKey
from tenancy.models import TenantModel


class Trainer(TenantModel):
    """Someone who delivers training, linked to their account if they have one."""

    name = models.CharField(max_length=150)
    email = models.EmailField("email address", blank=True)
    membership = TenantForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="trainer_profiles",
        verbose_name="account",
    )
    agency = TenantForeignKey(
        Agency, on_delete=models.SET_NULL, null=True, blank=True, related_name="trainers"
    )
    safeguarding_background = models.BooleanField(
        default=False, help_text="Recent working knowledge and experience of safeguarding practice."
    )
    is_active = models.BooleanField("active", default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(membership__isnull=False),
                name="trainer_membership_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrainerQualification(TenantModel):
    """What a trainer has completed, such as a training-for-trainers programme."""

    trainer = TenantForeignKey(Trainer, on_delete=models.CASCADE, related_name="qualifications")
    name = models.CharField(max_length=150)
    gained_on = models.DateField("date gained")
    expires_on = models.DateField("expiry date", null=True, blank=True)

    class Meta:
        ordering = ["-gained_on"]

    def __str__(self) -> str:
        return self.name
