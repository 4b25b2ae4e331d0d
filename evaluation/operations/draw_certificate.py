"""Make a certificate's document when it is first opened, and keep it for good."""

from __future__ import annotations

from django.db import transaction

from evaluation.documents import certificate_pdf
from evaluation.models import Certificate


@transaction.atomic
def draw_certificate(*, certificate: Certificate) -> bytes:
    """The document. Many are never opened, so it is made for its first reader; later readers get the same bytes.

    The row is locked, so that two first readers at once get one document.
    """
    locked: Certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not locked.pdf:
        locked.pdf = certificate_pdf(locked)
        locked.save(update_fields=["pdf"])
    return bytes(locked.pdf)
