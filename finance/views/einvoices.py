"""E-invoices of issued documents, for the people who may read the documents."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from finance.documents.ubl import ubl
from finance.models import CreditNote, Invoice
from finance.rules.einvoices import einvoice_reasons
from finance.terms.einvoices import facts_of
from finance.views.invoices import may_read
from partnerships.access import MemberRequest, member


@member
def invoice_xml(request: MemberRequest, number: str) -> HttpResponse:
    found = get_object_or_404(Invoice.objects.defer("pdf"), number=number)
    if not may_read(request, found):
        raise Http404
    return as_xml(found)


@member
def credit_note_xml(request: MemberRequest, number: str) -> HttpResponse:
    rows = CreditNote.objects.select_related("invoice", "line").defer("pdf", "invoice__pdf")
    found = get_object_or_404(rows, number=number)
    if not may_read(request, found.invoice):
        raise Http404
    return as_xml(found)


def as_xml(document: Invoice | CreditNote) -> HttpResponse:
    """The e-invoice. Pages link to it only where there is one, and say why where there is none."""
    facts = facts_of(document)
    reasons = einvoice_reasons(facts)
    if reasons:
        raise Http404(" ".join(map(str, reasons)))
    response = HttpResponse(ubl(facts), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{document.number}.xml"'
    return response
