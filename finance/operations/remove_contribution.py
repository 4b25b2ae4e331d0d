"""Remove a contribution that was entered by mistake."""

from __future__ import annotations

from django.db import transaction

from finance.models import Contribution


@transaction.atomic
def remove_contribution(*, contribution: Contribution) -> None:
    """The history keeps who entered and who removed it. Removed twice is removed once."""
    Contribution.objects.filter(pk=contribution.pk).delete()
