"""The first belt: the address names the partnership, and everything below happens inside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import set_script_prefix, set_urlconf
from django.utils.functional import SimpleLazyObject

from partnerships.access import member_here
from partnerships.models import Membership, Partnership
from partnerships.rules.printing import Unprintable
from partnerships.rules.slugs import RESERVED, slug_reasons
from tenancy import activate

PLATFORM_ONLY = frozenset({"healthz", "static"})  # the same on every host

GetResponse = Callable[[HttpRequest], HttpResponse]


class PartnershipMiddleware:
    """Resolves ``/<slug>/...`` (or a partnership's own host), strips the prefix and activates the partnership.

    Views below see the same addresses in every partnership, and links stay inside it. Addresses that name
    no partnership go to the platform's own pages.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404  # not one of our addresses, and nothing that could be looked up in the database
        partnership, prefix = self.find(request)
        if partnership is None and self.lacks_a_slash(request):
            return HttpResponsePermanentRedirect(f"{request.path_info}/")
        request.partnership = partnership  # type: ignore[attr-defined]
        request.membership = None  # type: ignore[attr-defined]
        if partnership is None:
            return self.get_response(request)
        with activate(partnership):
            request.path_info = "/" + request.path_info[len(prefix) :]
            request.META["SCRIPT_NAME"] = prefix.rstrip("/")
            request.urlconf = settings.TENANT_URLCONF
            set_script_prefix(prefix)
            set_urlconf(settings.TENANT_URLCONF)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)  # what an error page is about was not done
            return response

    @staticmethod
    def lacks_a_slash(request: HttpRequest) -> bool:
        """Whether someone typed ``/southampton``."""
        slug = request.path_info.strip("/")
        return not slug_reasons(slug) and Partnership.objects.filter(slug=slug).exists()

    @staticmethod
    def find(request: HttpRequest) -> tuple[Partnership | None, str]:
        """The partnership that the address names, and the prefix that its addresses have here."""
        slug, slash, _ = request.path_info.lstrip("/").partition("/")
        if slug in PLATFORM_ONLY:
            return None, "/"
        if slash and slug not in RESERVED:
            found = Partnership.objects.filter(slug=slug).first()
            if found is not None:
                return found, f"/{slug}/"
        host = request.get_host().split(":")[0]
        return Partnership.objects.exclude(host="").filter(host=host).first(), "/"


class WhoMiddleware:
    """Says who is asking: ``request.membership`` is the person's membership here, None for everyone else.

    Also names the person to the history triggers. Reads nothing until it is needed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "partnership", None) is not None:
            request.membership = SimpleLazyObject(lambda: membership_of(request))  # type: ignore[attr-defined]
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            name_the_person(request)
        return self.get_response(request)


class PrintingMiddleware:
    """Instead of a document with boxes in it: a page that names the characters that our fonts lack."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Unprintable):
            return None
        context = {"reason": error.reason}
        return render(request, "partnerships/unprintable.html", context, status=409)


def name_the_person(request: HttpRequest) -> None:
    """Tell the history triggers who is making changes, until the transaction ends."""
    if request.user.is_authenticated and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('app.user_id', %s, true), set_config('app.address', %s, true)",
                [str(request.user.pk), request.path[:500]],
            )


def membership_of(request: Any) -> Membership | None:
    """The active membership of the signed-in person in the request's partnership."""
    if request.partnership is None or not request.user.is_authenticated:
        return None
    found: Membership | None = request.user.here
    if found is not None and found.partnership_id == request.partnership.pk:
        return found
    found = member_here(request.user.pk)
    if found is not None:
        found.user = request.user
    return found
