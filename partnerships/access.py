"""Who may see a view. Every view has one of these; a test checks that none is without.

Someone who is signed out is sent to sign in. Someone who is not a member is told that the page does not exist,
because its existence is no one else's business. A member without the permission is told so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from partnerships.models import Membership, Partnership, User, active_partnership
from partnerships.rules.roles import Permission

P = ParamSpec("P")
# Recovery codes alone are not a second step: they come with one of these.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PLAIN = "text/plain; charset=utf-8"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class TenantRequest(HttpRequest):
    """A request inside a partnership. For type checking only."""

    partnership: Partnership


class MemberRequest(TenantRequest):
    """A request by a member of the partnership. For type checking only."""

    membership: Membership
    user: User


Refusal = Callable[[Any], HttpResponse | None]
TenantView = Callable[Concatenate[TenantRequest, P], HttpResponse]
MemberView = Callable[Concatenate[MemberRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public(view: TenantView[P]) -> View[P]:
    """Anyone, signed in or not."""
    return guarded(view, "public", lambda request: None)


def signed_in(view: TenantView[P]) -> View[P]:
    """Anyone with a sign-in, member or not: joining and their own account, nothing else."""
    return guarded(view, "signed in", ask_to_sign_in)


def member(view: MemberView[P]) -> View[P]:
    """A member of this partnership."""
    return guarded(view, "member", refuse_strangers)


def requires(*permissions: Permission) -> Callable[[MemberView[P]], View[P]]:
    """A member who holds at least one of the permissions, with a second factor where staff must have one."""

    def refuse(request: Any) -> HttpResponse | None:
        return refuse_strangers(request) or refuse_without(request, frozenset(permissions))

    def decorate(view: MemberView[P]) -> View[P]:
        return guarded(view, " or ".join(permissions), refuse)

    return decorate


def guarded(
    view: Callable[..., HttpResponse], access: str, refuse: Refusal
) -> Callable[..., HttpResponse]:
    """The view behind its guard; ``access`` is kept on it for the test that reads all URLs."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = refuse(request)
        if refusal is not None:
            return refusal
        if request.method in READING:
            return view(request, *args, **kwargs)
        with transaction.atomic():  # an error rolls back everything that the view has written
            return view(request, *args, **kwargs)

    wrapper.access = access  # type: ignore[attr-defined]
    return wrapper


def ask_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """A redirect to the sign-in page for someone signed out.

    A request for part of a page cannot show that page: it is told where to sign in and to return to the whole page.
    """
    if request.user.is_authenticated:
        return None
    if not in_part(request):
        return redirect_to_login(request.get_full_path())
    to = redirect_to_login(whole_page(request))
    answer = HttpResponse("You have been signed out.", status=401, content_type=PLAIN)
    answer["Sign-In-At"] = to["Location"]
    return answer


def whole_page(request: HttpRequest) -> str:
    """Path and query of the page that requests a part of itself; the start page if we are not told."""
    try:
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return "/"
    return page._replace(
        scheme="", netloc="", fragment="", path=f"/{page.path.lstrip('/')}"
    ).geturl()


def in_part(request: HttpRequest) -> bool:
    """Whether a page is requesting a part of itself."""
    return "HX-Request" in request.headers


def refuse_strangers(request: Any) -> HttpResponse | None:
    """Sign-in for someone who is signed out; "not found" for someone who is not a member."""
    refusal = ask_to_sign_in(request)
    if refusal is None and not request.membership:
        raise Http404
    return refusal


def refuse_without(
    request: MemberRequest, permissions: frozenset[Permission]
) -> HttpResponse | None:
    """Nothing if a member has one of the permissions; the way to a second factor if only that is missing."""
    if request.membership.permissions & permissions:
        return None
    if not request.membership.granted & permissions:
        raise PermissionDenied
    if in_part(request):
        raise PermissionDenied
    messages.warning(
        request,
        "Set up a second step for signing in before you continue. Your role gives access to other people’s data.",
    )
    return redirect(f"{reverse('mfa_index')}?{urlencode({'next': request.get_full_path()})}")


def member_here(user_id: Any) -> Membership | None:
    """Someone's active membership in the active partnership, with the person. The only way to get it.

    It also says whether the person lacks the second factor that the partnership requires of its staff, so that no
    page can forget it: ``permissions`` leaves out what is withheld. At most one row, in one query.
    """
    second = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    rows = Membership.objects.active().filter(user=user_id).select_related("user")
    found: Membership | None = next(iter(rows.annotate(has_second=Exists(second)).order_by()), None)
    if found is not None:
        asked = active_partnership().staff_second_factor_required and found.is_staff
        found.lacks_second_factor = asked and not found.has_second  # type: ignore[attr-defined]
    return found


def membership_or_none(request: HttpRequest) -> Membership | None:
    """The person's membership, for public pages that show more to members."""
    found = getattr(request, "membership", None)
    return cast("Membership | None", found) if found else None
