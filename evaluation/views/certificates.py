"""Certificates: opened by those they concern, checked by anyone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.access import may_open_certificate
from evaluation.documents import pdf_response
from evaluation.forms.codes import CodeForm
from evaluation.models import Certificate
from evaluation.operations.draw_certificate import draw_certificate
from evaluation.rules.certificate import normalised, spaced
from evaluation.terms.certificates import certificate_standing_now, successor_of, with_attendance
from partnerships.access import MemberRequest, TenantRequest, member, membership_or_none, public
from partnerships.rules.roles import Permission


@public
@require_safe
def verify(request: TenantRequest) -> HttpResponse:
    """The form for a code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("certificate_check", code=form.cleaned_data["code"])
    return render(request, "evaluation/verify.html", {"form": form})


@public
@require_safe
def check(request: TenantRequest, code: str) -> HttpResponse:
    """What the certificate with this code says and whether it counts, or that there is none.

    The register is asked now, so that nothing is called valid that a sweep still has to withdraw.
    """
    known = normalised(code)
    found = with_attendance().filter(code=known).first() if known else None
    context: dict[str, Any] = {"certificate": found, "code": spaced(known) if known else code[:40]}
    if found is None:
        context["code_form"] = CodeForm()
    else:
        membership = membership_or_none(request)
        context["standing"] = certificate_standing_now(found)
        context["is_followed"] = not found.is_valid and successor_of(found) is not None
        context["may_change"] = membership and membership.may(Permission.RUN_TRAINING)
    response = render(
        request, "evaluation/certificates/check.html", context, status=404 if found is None else 200
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@member
@require_safe
def certificate(request: MemberRequest, code: str) -> HttpResponse:
    """The document as it was issued; for a withdrawn one, when and why it ended."""
    rows = Certificate.objects.defer("pdf").select_related("booking")
    found = get_object_or_404(rows, code=normalised(code))
    if not may_open_certificate(request.membership, found, timezone.localdate()):
        raise Http404
    if not found.is_valid:
        successor = successor_of(found)
        knows_why = found.booking.membership_id == request.membership.pk or request.membership.may(
            Permission.RUN_TRAINING
        )
        words = found.why_withdrawn if knows_why else found.withdrawn_in_words()
        return withdrawn(request, found, words, successor)
    return pdf_response(found, draw_certificate(certificate=found))


def withdrawn(
    request: HttpRequest,
    certificate: Certificate,
    words: str,
    successor: Certificate | None = None,
) -> HttpResponse:
    """Instead of a document that no longer counts: what happened to it, and the one that counts."""
    context = {"certificate": certificate, "words": words, "successor": successor}
    return render(request, "evaluation/certificates/withdrawn.html", context, status=410)
