"""Someone else got into an account: undo the changes to how it is opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from partnerships.models import AccountEvent, AccountEventKind, User

LINK_LASTS = timedelta(days=3)


class AlreadyStopped(Exception):
    """The account has been given back, by this link or an earlier one, since this link was made."""


class AddressTaken(Exception):
    """The address is now another account's main or confirmed one."""


@transaction.atomic
def stop_account_changes(*, user: User, address: str, told_at: datetime, now: datetime) -> None:
    """Give the account back to the person who reads the emails of ``address``, where its owner was told of a change.

    That address becomes its only one. The password no longer works, all sessions end, and a second step set up in
    the last days is removed. An earlier one stays, because a mailbox alone must not be enough to remove it. Of
    several links the earliest wins: someone who took an account over gets such emails too, but later ones.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    stopped = AccountEvent.objects.filter(user=locked, kind=AccountEventKind.CHANGES_STOPPED)
    if stopped.filter(at__gte=told_at, told_at__lte=told_at).exists():
        raise AlreadyStopped
    elsewhere = EmailAddress.objects.filter(email=address, verified=True).exclude(user=locked)
    if elsewhere.exists() or User.objects.filter(email=address).exclude(pk=locked.pk).exists():
        raise AddressTaken
    EmailAddress.objects.filter(user=locked).exclude(email=address).delete()
    EmailAddress.objects.update_or_create(
        user=locked, email=address, defaults={"verified": True, "primary": True}
    )
    locked.email = address
    locked.set_unusable_password()
    locked.save()
    drop_factors_since(locked, told_at - LINK_LASTS)
    for session in UserSession.objects.filter(user=locked):
        session.end()
    AccountEvent.objects.create(
        user=locked,
        kind=AccountEventKind.CHANGES_STOPPED,
        at=now,
        detail=address,
        told_at=told_at,
    )


def drop_factors_since(user: User, instant: datetime) -> None:
    """Remove second steps set up since then, and recovery codes that no longer belong to one."""
    factors = Authenticator.objects.filter(user=user)
    factors.filter(created_at__gte=instant).delete()
    if not factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        factors.delete()
