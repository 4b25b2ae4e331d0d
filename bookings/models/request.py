"""What someone tells us when they ask for a place, whether there is one or not."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from partnerships.models import Employment, Membership
from tenancy.models import TenantModel


@dataclass(frozen=True)
class Details:
    """The answers of the booking form, apart from who and what. ``submission`` names one filled-in form."""

    access_needs: str = ""
    manager_declared: bool = False
    approver_name: str = ""
    approver_email: str = ""
    evidence: str = ""
    grant_code: str = ""
    submission: str = ""

    def as_columns(self) -> dict[str, str | bool]:
        """For a booking or for a place on the waiting list."""
        return asdict(self)


def of_those_still_here(day: date) -> models.Q:
    """Requests from people who are still here, in the job they asked from: that agency would pay."""
    return models.Q(
        membership__in=Membership.objects.still_here(day),
        employment__in=Employment.objects.jobs_on(day),
    )


class PlaceRequest(TenantModel):
    """The answers of the booking form, kept with the booking or with the place on the waiting list.

    ``waits_for`` holds the codes of the reasons that someone has to settle before the place is confirmed.
    ``submission`` names one filled-in form, so that sending it twice has one effect.
    """

    access_needs = models.TextField("access or dietary needs", blank=True)
    manager_declared = models.BooleanField("manager’s agreement declared", default=False)
    approver_name = models.CharField("manager’s name", max_length=150, blank=True)
    approver_email = models.EmailField("manager’s email address", blank=True)
    evidence = models.TextField(
        "earlier training", blank=True, help_text="Training completed elsewhere."
    )
    grant_code = models.CharField("code of a grant", max_length=40, blank=True)
    waits_for = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name="waiting for"
    )
    submission = models.CharField(max_length=40, blank=True)
    event: Any

    class Meta:
        abstract = True

    @property
    def details(self) -> Details:
        """The answers, to carry over to the booking that the request becomes."""
        return Details(**{field.name: getattr(self, field.name) for field in fields(Details)})

    @property
    def when(self) -> str:
        """When the event is, in words. Lists add ``event_times`` to their rows, so that this asks for nothing."""
        added = getattr(self, "event_times", None)
        if added is not None:
            self.event.session_times = added
        words: str = self.event.when
        return words
