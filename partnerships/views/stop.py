"""The link in every email about a change to an account: “this was not me”."""

from __future__ import annotations

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from partnerships.access import TenantRequest, public
from partnerships.accounts import STOP
from partnerships.models import User
from partnerships.operations.stop_account_changes import (
    LINK_LASTS,
    AddressTaken,
    AlreadyStopped,
    stop_account_changes,
)


@public
def stop(request: TenantRequest, token: str) -> HttpResponse:
    """Say what the button does. When it is pressed, do it and email a link to set a new password."""
    found = read_stop_token(token)
    if found is None:
        return render(request, "account/stop.html", {"ended": True}, status=410)
    user, address, told_at = found
    context = {"address": address}
    if request.method != "POST":
        return render(request, "account/stop.html", context)
    try:
        stop_account_changes(user=user, address=address, told_at=told_at, now=timezone.now())
    except AlreadyStopped:
        return render(request, "account/stop.html", {"ended": True}, status=410)
    except AddressTaken:
        return render(request, "account/stop.html", context | {"taken": True}, status=409)
    user.refresh_from_db()
    request_password_reset(request, address, [user], default_token_generator)
    return render(request, "account/stop.html", context | {"done": True})


def read_stop_token(token: str) -> tuple[User, str, datetime] | None:
    """Account, address and when it was told; None if the link has expired or is not one of ours."""
    try:
        pk, address, told_at = signing.loads(token, salt=STOP, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return (user, address, datetime.fromisoformat(told_at)) if user else None
