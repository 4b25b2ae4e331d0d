"""“Check your email”: at which address, and sending it again."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.views import PasswordResetDoneView, PasswordResetView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from partnerships.access import TenantRequest, public

ASKED_FOR = "new_password_asked_for"


@public
def check_email(request: TenantRequest) -> HttpResponse:
    """After signing up, and after signing in with an address that is not confirmed.

    The same for an address that already has an account: its owner is told by email, and no one on this page.
    """
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    login = stage.login if stage else None
    if request.method == "POST" and login is not None:
        if send_verification_email_at_login(request, login):
            messages.success(request, "We have sent the email again.")
        else:
            messages.info(
                request, "We sent the email a moment ago. Wait three minutes, then ask again."
            )
        return redirect("account_email_verification_sent")
    address = (login.email or login.user.email) if login else ""
    return render(request, "account/verification_sent.html", {"address": address})


class AskForPassword(PasswordResetView):
    """allauth's page; it remembers the address for the next page."""

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session[ASKED_FOR] = form.cleaned_data["email"]
        response: HttpResponse = super().form_valid(form)
        return response


class PasswordAskedFor(PasswordResetDoneView):
    """Says which address the link went to."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"address": self.request.session.get(ASKED_FOR, "")}


ask_for_password = public(AskForPassword.as_view())
password_asked_for = public(PasswordAskedFor.as_view())
