"""Payments from the bank's or the ledger's file: upload, say what its columns are, review, enter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.rules.money import pounds
from finance.forms.imports import (
    ASIDE,
    PAYS,
    ColumnsForm,
    ImportedFilter,
    ImportedForm,
    PaymentFileForm,
)
from finance.forms.pages import ReleaseForm
from finance.models import ImportedPayment, PaymentFile
from finance.operations.accept_imported import accept_imported
from finance.operations.discard_payment_file import discard_payment_file
from finance.operations.receive_payment_file import receive_payment_file
from finance.operations.release_imported import release_imported
from finance.operations.set_imported_aside import set_imported_aside
from finance.operations.set_payment_columns import set_payment_columns
from finance.operations.share_imported import share_imported
from finance.reports.payment_files import (
    heaps_of,
    listed_files,
    open_for,
    payments_of,
    sure_of,
)
from finance.rules.payment_columns import Meaning, table_of
from finance.rules.payment_rows import BAD_ROW
from finance.rules.sharing import in_lines
from finance.rules.states import ImportState
from finance.terms.imports import why_not_replace
from finance.views.overview import done, told
from govuk.paging import page_of
from govuk.rules.phrases import counted
from partnerships.access import MemberRequest, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission

IMPORT_COLOURS = {
    ImportState.TO_REVIEW: "yellow",
    ImportState.ACCEPTED: "blue",
    ImportState.RELEASED: "blue",
    ImportState.ENTERED: "green",
    ImportState.SET_ASIDE: "grey",
}
ROWS_SHOWN = 3  # of a file whose columns are asked for


@requires(Permission.MANAGE_MONEY)
def payment_files(request: MemberRequest) -> HttpResponse:
    """Files so far, and the form for another. If rows of it cannot be read, all of them are listed."""
    is_sent = request.method == "POST"
    form = PaymentFileForm(request.POST, request.FILES) if is_sent else PaymentFileForm()
    bad_rows: list[str] = []
    if is_sent and form.is_valid():
        sent: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            file = receive_payment_file(
                name=sent.name or "payments.csv",
                content=sent.read(),
                by=request.membership,
                at=timezone.now(),
            )
        except Refused as refused:
            bad_rows = explain(form, refused, "file")
        else:
            return redirect(file)
    page, problem = page_of(listed_files(), request.GET.get("page"))
    context = {"form": form, "bad_rows": bad_rows, "page": page, "page_problem": problem}
    return render(request, "finance/payment_files.html", context)


def explain(form: PaymentFileForm | ColumnsForm, refused: Refused, field: str) -> list[str]:
    """Why a file was refused: next to the field, or what is wrong with each row, to be listed."""
    rows = [str(reason) for reason in refused.reasons if reason.code == BAD_ROW]
    if rows:
        said = f"{counted(len(rows), 'row')} cannot be read, so nothing has been imported."
        form.add_error(field, f"{said} See the list below.")
    else:
        form.refuse(refused)
    return rows


@requires(Permission.MANAGE_MONEY)
def payment_columns(request: MemberRequest, pk: int) -> HttpResponse:
    """What the columns of a file mean: asked once for files with the same headings."""
    file = get_object_or_404(PaymentFile, pk=pk)
    table, _ = table_of(bytes(file.content))
    form = ColumnsForm(request.POST or None, headings=table.headings, initial=file.columns)
    bad_rows: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            set_payment_columns(
                file=file, columns=form.columns, by=request.membership, at=timezone.now()
            )
        except Refused as refused:
            bad_rows = explain(form, refused, Meaning.DAY)
        else:
            messages.success(
                request, "Saved. The next file with these headings is read the same way."
            )
            return redirect("payment_file", pk)
    context = {
        "file": file,
        "headings": table.headings,
        "rows": [padded(row.cells, len(table.headings)) for row in table.rows[:ROWS_SHOWN]],
        "form": form,
        "bad_rows": bad_rows,
    }
    return render(request, "finance/payment_columns.html", context)


def padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """As many cells as there are headings."""
    return (*cells, *[""] * width)[:width]


@requires(Permission.MANAGE_MONEY)
def payment_file(request: MemberRequest, pk: int) -> HttpResponse:
    """The payments of a file, each with a suggestion and its reason. People can leave the page and come back to it."""
    return payment_file_page(request, pk)


def payment_file_page(request: MemberRequest, pk: int, problem: str = "") -> HttpResponse:
    """The list; ``problem`` is what was wrong with what was sent from it."""
    file = get_object_or_404(PaymentFile.objects.defer("content"), pk=pk)
    if not file.columns:
        return redirect("payment_columns", pk)
    filtered = ImportedFilter(request.GET)
    page, page_problem = page_of(payments_of(file, filtered.wanted), request.GET.get("page"))
    heaps = heaps_of(file)
    accepted = heaps[ImportState.ACCEPTED]
    ready = [row.pk for row in page if row.state == ImportState.TO_REVIEW and row.shares.all()]
    context = {
        "file": file,
        "filter": filtered,
        "page": page,
        "page_problem": page_problem,
        "problem": problem,
        "problems": [{"text": problem, "target": f"payment-{ready[0]}"}]
        if problem and ready
        else [],
        "rows": [(row, IMPORT_COLOURS[ImportState(row.state)]) for row in page],
        "ready": ready,
        "sure": sure_of(file).count(),
        "heaps": [heap for heap in heaps.values() if heap.count],
        "accepted": accepted,
        "released": heaps[ImportState.RELEASED],
        "release": ReleaseForm(initial={"count": accepted.count, "total": accepted.total}),
        "replaceable": not why_not_replace(file),
    }
    return render(request, "finance/payment_file.html", context)


@requires(Permission.MANAGE_MONEY)
@require_POST
def accept_payments(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept the suggestions for the selected payments, or for all where words and amount agree."""
    file = get_object_or_404(PaymentFile.objects.defer("content"), pk=pk)
    if "sure" in request.POST:
        chosen = list(sure_of(file).values_list("pk", flat=True))
    else:
        ticked = (int(one) for one in request.POST.getlist("payment") if one.isdecimal())
        chosen = [one for one in ticked if one < 2**63]
    accepted = accept_imported(file=file, payments=chosen, by=request.membership, at=timezone.now())
    if not accepted:
        return payment_file_page(request, pk, "Select the payments that you accept as suggested")
    messages.success(request, f"{counted(accepted, 'payment')} accepted.")
    return redirect(f"{reverse('payment_file', args=[pk])}?{request.GET.urlencode()}".rstrip("?"))


@requires(Permission.MANAGE_MONEY)
@require_POST
def enter_payments(request: MemberRequest, pk: int) -> HttpResponse:
    """Enter everything that was accepted, as reviewed."""
    file = get_object_or_404(PaymentFile.objects.defer("content"), pk=pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Check the totals again, then enter the payments.")
        return redirect("payment_file", pk)
    reviewed = (form.cleaned_data["count"], form.cleaned_data["total"])
    try:
        released = release_imported(file=file, reviewed=reviewed)
    except Refused as refused:
        messages.error(request, told(refused))
    else:
        if released:
            said = f"{counted(released, 'payment')} will be entered in the background."
            messages.success(request, said)
    return redirect("payment_file", pk)


@requires(Permission.MANAGE_MONEY)
def imported_payment(request: MemberRequest, pk: int, row: int) -> HttpResponse:
    """One payment: accept it as suggested, divide it otherwise, or set it aside."""
    rows = ImportedPayment.objects.select_related("file", "decided_by__user").defer("file__content")
    payment = get_object_or_404(rows, file=pk, number=row)
    shares = list(payment.shares.select_related("invoice__agency").defer("invoice__pdf"))
    start = {
        "outcome": ASIDE if payment.state == ImportState.SET_ASIDE else PAYS,
        "shares": in_lines([(share.invoice.number, share.amount) for share in shares]),
        "hold_rest": bool(payment.excess),
        "reason": payment.why if payment.state == ImportState.SET_ASIDE else "",
    }
    form = ImportedForm(request.POST or None, initial=start)
    decided = done(request, form, lambda: decide(request, payment, form))
    if decided is not None:
        set_aside = decided.state == ImportState.SET_ASIDE
        said = (
            f"Row {row}, {pounds(decided.amount)}, is {'set aside' if set_aside else 'accepted'}."
        )
        messages.success(request, said)
        return redirect("payment_file", pk)
    context = {
        "payment": payment,
        "colour": IMPORT_COLOURS[ImportState(payment.state)],
        "shares": shares,
        "form": form if payment.is_decidable or form.errors else None,
        "open": open_for(payment, {share.invoice.agency_id for share in shares}),
    }
    return render(request, "finance/imported_payment.html", context)


def decide(request: MemberRequest, payment: ImportedPayment, form: ImportedForm) -> ImportedPayment:
    """Do what was chosen."""
    by, at = request.membership, timezone.now()
    if form.cleaned_data["outcome"] == ASIDE:
        reason = form.cleaned_data["reason"]
        return set_imported_aside(payment=payment, reason=reason, by=by, at=at)
    hold = form.cleaned_data["hold_rest"]
    return share_imported(payment=payment, wanted=form.wanted, hold_rest=hold, by=by, at=at)


@requires(Permission.MANAGE_MONEY)
@require_POST
def discard_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Discard a file that was the wrong one."""
    file = get_object_or_404(PaymentFile.objects.defer("content"), pk=pk)
    try:
        discard_payment_file(file=file)
    except Refused as refused:
        messages.error(request, told(refused))
        return redirect("payment_file", pk)
    messages.success(request, f"{file.name} has been discarded. You can upload it again.")
    return redirect("payment_files")
