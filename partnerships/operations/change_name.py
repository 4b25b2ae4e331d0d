"""A person's name changes."""

from __future__ import annotations

from django.db import transaction

from partnerships.models import User


@transaction.atomic
def change_name(*, user: User, full_name: str) -> None:
    """Change it from now on. What was issued before is a snapshot and keeps the old name."""
    User.objects.filter(pk=user.pk).update(full_name=full_name)
