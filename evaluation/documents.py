"""The certificate as a tagged PDF."""

from __future__ import annotations

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from courses.rules.catalogue import duration_wording
from evaluation.models import Certificate
from evaluation.rules.certificate import spaced
from outbox.sender import site_url
from partnerships.documents import pdf_of
from partnerships.models import active_partnership

# Read out in place of the picture (PDF/UA: every figure needs a text).
QR_TITLE = "QR code for the page where this certificate can be checked"


def certificate_pdf(certificate: Certificate) -> bytes:
    """Who attended what and when, with the code by which anyone can check it."""
    address = check_address(certificate.code)
    return pdf_of(
        "evaluation/documents/certificate.html",
        {
            "certificate": certificate,
            "code": spaced(certificate.code),
            "address": address,
            "form_address": site_url(active_partnership()) + reverse("verify"),
            "qr": qr_code(address),
            "length": duration_wording(certificate.minutes),
            "outcomes": certificate.outcomes,
        },
    )


def check_address(code: str) -> str:
    """Where anyone can check a code."""
    return site_url(active_partnership()) + reverse("certificate_check", args=[code])


def qr_code(text: str) -> SafeString:
    """A QR code as SVG, made of squares only, so that nothing typed by people is in it."""
    picture = segno.make(text, error="m").svg_inline(
        scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True, title=QR_TITLE
    )
    return mark_safe(picture)  # noqa: S308 - drawn by segno from the matrix


def pdf_response(certificate: Certificate, pdf: bytes) -> HttpResponse:
    """The document, for its reader alone."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{certificate.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
