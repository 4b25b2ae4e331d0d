"""The two doors to an agency's account: signed in, or by the link in an email. Behind both are the same pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bookings.access import LINKS_LAST, parts_of
from finance.access import ACCOUNT, Contact, contact_by_link, signed_in_contact
from partnerships.access import MemberRequest, TenantRequest, public, requires
from partnerships.rules.roles import Permission

# What someone with a link can send: far more than an office needs, far less than a program would.
SENT_BY_LINK = {"account_by_link": "60/h/key"}
ContactView = Callable[..., HttpResponse]


def doors(name: str, rest: str, view: ContactView) -> list[URLPattern]:
    """The addresses of one page: ``name`` for people who are signed in, ``name_by_link`` for those with a link."""
    return [
        path(f"agency/account/<str:reference>/{rest}", for_members(view), name=name),
        path(f"invoices/<str:token>/{rest}", by_link(view), name=f"{name}_by_link"),
    ]


def for_members(view: ContactView) -> ContactView:
    """Someone who works for the agency, as its finance contact or lead."""

    @wraps(view)
    def entered(request: MemberRequest, reference: str, **named: Any) -> HttpResponse:
        contact = signed_in_contact(request.membership, reference, timezone.localdate())
        if contact is None:
            raise Http404
        return view(request, contact, **named)

    return requires(Permission.PAY_FOR_AGENCY)(entered)


def by_link(view: ContactView) -> ContactView:
    """Whoever has the link: it is the proof, so no one has to sign in. No search engine lists what is behind it."""

    @wraps(view)
    def entered(request: TenantRequest, token: str, **named: Any) -> HttpResponse:
        contact = contact_by_link(token)
        if contact is None:
            answer = no_such_link(request, token)
        elif not may_send(request, contact):
            answer = render(request, "429.html", status=429)
        else:
            answer = view(request, contact, **named)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return public(never_cache(entered))


def may_send(request: TenantRequest, contact: Contact) -> bool:
    """Whether a form is within what one agency's link may send in an hour; reading is not counted."""
    usage = ratelimit.consume(
        request,
        app="finance",
        action="account_by_link",
        config=SENT_BY_LINK,
        key=f"{contact.agency.partnership_id}|{contact.agency.pk}",
    )
    return usage is not None


def no_such_link(request: TenantRequest, token: str) -> HttpResponse:
    """A link that was cut or changed; or one of ours that has expired or was stopped."""
    ended = parts_of(ACCOUNT, token, lasts=None) is not None
    context = {"ended": ended, "days": LINKS_LAST.days}
    return render(request, "finance/account/no_link.html", context, status=410 if ended else 404)
