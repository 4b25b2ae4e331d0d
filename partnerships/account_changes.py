"""When an account is opened or changed, it is recorded, and the person who held it before is told."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from partnerships.access import SECOND_FACTORS
from partnerships.models import AccountEventKind, User
from partnerships.operations.record_account_event import record_account_event

Kind = AccountEventKind


def keep(request: HttpRequest, user: User, kind: AccountEventKind, detail: str = "") -> None:
    """Record an event, with where it came from."""
    adapter = get_adapter(request)
    record_account_event(
        user=user,
        kind=kind,
        at=timezone.now(),
        network_address=adapter.get_client_ip(request),
        browser=adapter.get_http_user_agent(request),
        detail=detail,
    )


@receiver(account.user_logged_in, dispatch_uid="keep_signed_in")
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    keep(request, user, Kind.SIGNED_IN)


@receiver([account.password_changed, account.password_set], dispatch_uid="keep_password_changed")
def password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    keep(request, user, Kind.PASSWORD_CHANGED)


@receiver(account.password_reset, dispatch_uid="keep_password_reset")
def password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    keep(request, user, Kind.PASSWORD_RESET)


@receiver(account.email_added, dispatch_uid="keep_address_added")
def address_added(
    request: HttpRequest, user: User, email_address: EmailAddress, **kwargs: Any
) -> None:
    """Tell the account's existing address before the new one can be used."""
    keep(request, user, Kind.ADDRESS_ADDED, email_address.email)
    get_adapter(request).send_notification_mail(
        "account/email/email_added", user, {"added_email": email_address.email}
    )


@receiver(account.email_confirmed, dispatch_uid="keep_address_confirmed")
def address_confirmed(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    keep(request, email_address.user, Kind.ADDRESS_CONFIRMED, email_address.email)


@receiver(account.email_changed, dispatch_uid="keep_main_address")
def main_address_changed(
    request: HttpRequest, user: User, to_email_address: EmailAddress, **kwargs: Any
) -> None:
    """allauth tells the old main address."""
    keep(request, user, Kind.MAIN_ADDRESS_CHANGED, to_email_address.email)


@receiver(account.email_removed, dispatch_uid="keep_address_removed")
def address_removed(
    request: HttpRequest, user: User, email_address: EmailAddress, **kwargs: Any
) -> None:
    """allauth tells the main address. The removed address is told too, if it ever belonged to the person.

    It may be a former employer's, so it gets no link. If it was the main address, it got one with that change.
    """
    keep(request, user, Kind.ADDRESS_REMOVED, email_address.email)
    if email_address.verified:
        get_adapter(request).send_notification_mail(
            "account/email/email_deleted",
            user,
            {"deleted_email": email_address.email, "stop_url": ""},
            email=email_address.email,
        )


@receiver(mfa.authenticator_added, dispatch_uid="keep_factor_added")
def factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """End earlier sessions, which passed no second step."""
    if authenticator.type not in SECOND_FACTORS:
        return
    keep(request, user, Kind.FACTOR_ADDED, str(authenticator))
    for session in UserSession.objects.filter(user=user).exclude(
        session_key=request.session.session_key
    ):
        session.end()


@receiver(mfa.authenticator_removed, dispatch_uid="keep_factor_removed")
def factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    if authenticator.type in SECOND_FACTORS:
        keep(request, user, Kind.FACTOR_REMOVED, str(authenticator))


@receiver(mfa.authenticator_reset, dispatch_uid="keep_codes_made")
def codes_made(request: HttpRequest, user: User, **kwargs: Any) -> None:
    keep(request, user, Kind.CODES_MADE)


@receiver(mfa.authentication_failed, dispatch_uid="keep_wrong_code")
def wrong_code(request: HttpRequest, user: User, **kwargs: Any) -> None:
    keep(request, user, Kind.WRONG_CODE)
