"""Confirming an email address with the emailed link."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ConfirmEmailView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from partnerships.access import public
from partnerships.accounts import began_here, is_added


class ConfirmEmail(ConfirmEmailView):
    """allauth's page, which also says what will be asked next."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = context["confirmation"]
        if found is not None:
            owner = found.email_address.user
            added = is_added(found.email_address)
            context["must_sign_in"] = added and self.request.user != owner
            context["sets_password"] = not added and not began_here(self.request, owner)
        return context

    def respond(self, success: bool) -> HttpResponse:
        """If the address was not confirmed, say so on the page of the link."""
        if not success:
            messages.error(self.request, "The email address was not confirmed.")
            return redirect(self.request.get_full_path())
        response: HttpResponse = super().respond(success)
        return response


confirm_email = public(ConfirmEmail.as_view())
