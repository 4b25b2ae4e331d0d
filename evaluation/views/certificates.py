"""Certificates: opened by those they concern, checked by anybody."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.access import may_open_certificate
from evaluation.documents import pdf_response
from evaluation.forms.codes import CodeForm
from evaluation.models import Certificate
from evaluation.operations.draw_certificate import draw_certificate
from evaluation.rules.certificate import normalised, spaced
from partnerships.access import MemberRequest, TenantRequest, member, public


@public
@require_safe
def verify(request: TenantRequest) -> HttpResponse:
    """Type a code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("certificate_check", code=form.cleaned_data["code"])
    return render(request, "evaluation/verify.html", {"form": form})


@public
@require_safe
def check(request: TenantRequest, code: str) -> HttpResponse:
    """What the certificate with this code says, or that there is none."""
    known = normalised(code)
    rows = Certificate.objects.defer("pdf")
    found = rows.filter(code=known).first() if known else None
    context = {"certificate": found, "code": spaced(known) if known else code[:40]}
    if found is None:
        context["code_form"] = CodeForm()
    response = render(
        request, "evaluation/certificate.html", context, status=404 if found is None else 200
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@member
@require_safe
def certificate(request: MemberRequest, code: str) -> HttpResponse:
    """The document as it was issued."""
    found = get_object_or_404(Certificate.objects.select_related("booking"), code=normalised(code))
    if not may_open_certificate(request.membership, found, timezone.localdate()):
        raise Http404
    return pdf_response(found, draw_certificate(certificate=found))
