"""The ledger file: its columns and codes, and exports."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from finance.forms.ledger import ColumnForm, LedgerCodesForm
from finance.models import LedgerBatch, LedgerCode, LedgerColumn, LedgerFormat
from finance.operations.download_ledger_batch import download_ledger_batch
from finance.operations.export_to_ledger import export_to_ledger
from finance.operations.remove_ledger_column import remove_ledger_column
from finance.operations.save_ledger_column import save_ledger_column
from finance.operations.set_ledger_codes import set_ledger_codes
from finance.operations.start_ledger_columns import start_ledger_columns
from finance.reports.ledger_files import batches, file_columns, file_rows, next_export
from finance.views.overview import done, told
from govuk.paging import page_of
from govuk.rules.phrases import counted
from partnerships.access import MemberRequest, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response


@requires(Permission.MANAGE_MONEY)
def ledger_file(request: MemberRequest) -> HttpResponse:
    """What the next export has in it, and those that were made."""
    page, problem = page_of(batches(), request.GET.get("page"))
    context = {"next": next_export(), "page": page, "page_problem": problem}
    return render(request, "finance/ledger.html", context)


@requires(Permission.MANAGE_MONEY)
@require_POST
def export_rows(request: MemberRequest) -> HttpResponse:
    """Export what is new."""
    try:
        batch = export_to_ledger(by=request.membership, at=timezone.now())
    except Refused as refused:
        messages.error(request, told(refused))
        return redirect("ledger")
    messages.success(request, f"{counted(batch.row_count, 'row')} exported. Download the file now.")
    return redirect(batch)


@requires(Permission.MANAGE_MONEY)
def ledger_batch(request: MemberRequest, pk: int) -> HttpResponse:
    """One export, and who downloaded it."""
    batch = get_object_or_404(LedgerBatch.objects.select_related("made_by__user"), pk=pk)
    downloads = list(batch.downloads.select_related("made_by__user"))
    context = {"batch": batch, "downloads": downloads}
    return render(request, "finance/ledger_batch.html", context)


@requires(Permission.MANAGE_MONEY)
@require_POST
def download(request: MemberRequest, pk: int) -> HttpResponse:
    """The file. After the first time, its name says that it is a copy."""
    batch = get_object_or_404(LedgerBatch, pk=pk)
    made = download_ledger_batch(batch=batch, by=request.membership, at=timezone.now())
    name = f"ledger-{batch.number}{'-copy' if made.is_copy else ''}.csv"
    return csv_response(name, file_columns(batch, copy=made.is_copy), file_rows(batch))


@requires(Permission.MANAGE_MONEY)
def ledger_columns(request: MemberRequest) -> HttpResponse:
    """The columns of the file, in their order."""
    return render(request, "finance/ledger_columns.html", {"columns": LedgerColumn.objects.all()})


@requires(Permission.MANAGE_MONEY)
@require_POST
def usual_columns(request: MemberRequest) -> HttpResponse:
    """Begin with the usual columns."""
    start_ledger_columns()
    return redirect("ledger_columns")


@requires(Permission.MANAGE_MONEY)
def add_column(request: MemberRequest) -> HttpResponse:
    last = LedgerColumn.objects.count() + 1
    return column_page(request, ColumnForm(request.POST or None, initial={"position": last}))


@requires(Permission.MANAGE_MONEY)
def change_column(request: MemberRequest, pk: int) -> HttpResponse:
    column = get_object_or_404(LedgerColumn, pk=pk)
    known = {name: getattr(column, name) for name in ("heading", "what", "text", "position")}
    return column_page(request, ColumnForm(request.POST or None, initial=known), column)


def column_page(
    request: MemberRequest, form: ColumnForm, column: LedgerColumn | None = None
) -> HttpResponse:
    """The form of one column, new or known."""
    saved = done(
        request,
        form,
        lambda: save_ledger_column(
            column=form.column, position=form.cleaned_data["position"], changed=column
        ),
    )
    if saved is not None:
        messages.success(request, f"The column {saved.heading} has been saved.")
        return redirect("ledger_columns")
    return render(request, "finance/ledger_column.html", {"form": form, "column": column})


@requires(Permission.MANAGE_MONEY)
@require_POST
def remove_column(request: MemberRequest, pk: int) -> HttpResponse:
    column = get_object_or_404(LedgerColumn, pk=pk)
    remove_ledger_column(column=column)
    messages.success(request, f"The column {column.heading} has been removed.")
    return redirect("ledger_columns")


@requires(Permission.MANAGE_MONEY)
def ledger_codes(request: MemberRequest) -> HttpResponse:
    """The ledger's codes, and how dates and amounts are written."""
    how = LedgerFormat.objects.first() or LedgerFormat()
    known = {name: getattr(how, name) for name in ("dates", "signed", "with_payments")}
    known |= {f"{one.coded}_{one.value}": one.code for one in LedgerCode.objects.all()}
    form = LedgerCodesForm(request.POST or None, initial=known)

    def save() -> bool:
        set_ledger_codes(**form.settings)
        return True

    if done(request, form, save):
        messages.success(request, "Saved. The next export will use these codes.")
        return redirect("ledger")
    return render(request, "finance/ledger_codes.html", {"form": form})
