"""Start a new partnership with its first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.models import Membership, Partnership, User
from partnerships.rules.roles import Role
from partnerships.steps.start_lists import start_lists
from tenancy import activate


@dataclass(frozen=True)
class Administrator:
    """The person who sets everything else up. They choose a password through the reset page."""

    email: str
    full_name: str


@transaction.atomic
def create_partnership(
    *, slug: str, name: str, short_name: str, contact_email: str, first: Administrator, at: datetime
) -> Partnership:
    """Make the partnership and its administrator's membership.

    Raises ValidationError, with a sentence for each field, when the address is taken or malformed.
    """
    partnership = Partnership(
        slug=slug, name=name, short_name=short_name, contact_email=contact_email
    )
    partnership.full_clean()
    partnership.save()
    user = User.objects.filter(email=first.email.strip().lower()).first()
    if user is None:
        user = User(email=first.email.strip().lower(), full_name=first.full_name, date_joined=at)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
    if not user.is_active:
        raise ValidationError(
            "The account of the first administrator is closed. Choose another person."
        )
    with activate(partnership):
        start_lists()
        Membership.objects.create(user=user, roles=[Role.ADMINISTRATOR.value])
    return partnership
