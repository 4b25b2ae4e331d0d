"""Pages that belong to no app: the platform's own pages and the error pages."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone

from partnerships.access import TenantRequest, public
from partnerships.models import Partnership

MAILS_SHOWN = 100


@public
def partnerships(request: TenantRequest) -> HttpResponse:
    return render(request, "config/partnerships.html", {"partnerships": Partnership.objects.all()})


@public
def healthz(request: TenantRequest) -> HttpResponse:
    """For load balancers: the process is running and can reach the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@public
def robots(request: TenantRequest) -> HttpResponse:
    """What search engines can read: the catalogue, but not pages behind a sign-in or a signed link."""
    return render(request, "config/robots.txt", content_type="text/plain; charset=utf-8")


@public
def security(request: TenantRequest) -> HttpResponse:
    """Who to tell about a vulnerability (RFC 9116). Valid for a year from the day it is requested."""
    context = {
        "contact": settings.SECURITY_CONTACT,
        "expires": timezone.now().replace(microsecond=0) + timedelta(days=365),
        "address": f"{settings.SITE_URL}{request.path}",
    }
    kind = "text/plain; charset=utf-8"
    return render(request, "config/security.txt", context, content_type=kind)


@public
def privacy(request: TenantRequest) -> HttpResponse:
    """What we keep about people, why and for how long."""
    return render(request, "config/privacy.html")


@public
def accessibility(request: TenantRequest) -> HttpResponse:
    return render(request, "config/accessibility.html")


@public
def mailbox(request: TenantRequest) -> HttpResponse:
    """In local use only: the emails that would have been sent, newest first."""
    mails = [(path.stem, read_mail(path)) for path in mail_files()[:MAILS_SHOWN]]
    return render(request, "config/mailbox.html", {"mails": mails})


@public
def mail(request: TenantRequest, name: str) -> HttpResponse:
    """One email in the mailbox, as plain text."""
    for path in mail_files():
        if path.stem == name:
            found = read_mail(path)
            body = found.get_body(("plain",))
            context = {"mail": found, "body": body.get_content() if body else ""}
            return render(request, "config/mail.html", context)
    raise Http404


def mail_files() -> list[Path]:
    """Files in the local mailbox, newest first. There is no such page if emails are really sent."""
    if not getattr(settings, "DEMO_MAILBOX", False):
        raise Http404
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)


def read_mail(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for too long, or came from elsewhere, so nothing was saved.

    A page that asked for a part of itself is told apart from one whose reader has lost access.
    """
    response = render(request, "csrf.html", status=403)
    response["Load-Again"] = "1"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context: whatever broke may break the context too."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)
