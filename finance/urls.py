"""Addresses of this app."""

from django.urls import path

from finance.views import (
    agencies,
    cases,
    charges,
    einvoices,
    invoices,
    issue,
    ledger_files,
    overview,
    payments,
    runs,
)

urlpatterns = [
    # Charges, requests to waive them, invoices, runs, debts.
    path("finance/", overview.finance, name="finance"),
    path("finance/charges/", charges.charges, name="charges"),
    path("finance/charges.csv", charges.charges_csv, name="charges_csv"),
    path("finance/charges/approve/", charges.approve, name="approve_charges"),
    path("finance/charges/<int:pk>/", charges.charge, name="charge"),
    path("bookings/<str:reference>/waiver/", cases.ask_waiver, name="ask_waiver"),
    path("finance/cases/", cases.cases, name="mitigation_cases"),
    path("finance/cases/<int:pk>/", cases.case, name="mitigation_case"),
    path("finance/invoices/", invoices.invoices, name="invoices"),
    path("finance/invoices.csv", invoices.invoices_csv, name="invoices_csv"),
    path("finance/invoices/new/", issue.new_invoice, name="new_invoice"),
    path("finance/invoices/<str:number>/", invoices.invoice, name="invoice"),
    path("finance/invoices/<str:number>.pdf", invoices.invoice_pdf, name="invoice_pdf"),
    path("finance/invoices/<str:number>.xml", einvoices.invoice_xml, name="invoice_xml"),
    path(
        "finance/invoices/<str:number>/credit/<int:position>/",
        issue.credit,
        name="credit_line",
    ),
    path(
        "finance/invoices/<str:number>/payment/",
        payments.enter_payment,
        name="record_payment",
    ),
    path("finance/invoices/<str:number>/refund/", payments.enter_refund, name="refund"),
    path(
        "finance/invoices/<str:number>/set-against/",
        payments.set_held_against,
        name="set_against",
    ),
    path(
        "finance/invoices/<str:number>/write-off/",
        payments.write_off_debt,
        name="write_off",
    ),
    path(
        "finance/invoices/<str:number>/entries/<int:pk>/reverse/",
        payments.reverse_entry,
        name="reverse_payment",
    ),
    path(
        "finance/credit-notes/<str:number>.pdf",
        invoices.credit_note_pdf,
        name="credit_note_pdf",
    ),
    path(
        "finance/credit-notes/<str:number>.xml",
        einvoices.credit_note_xml,
        name="credit_note_xml",
    ),
    path("finance/ledger/", ledger_files.ledger_file, name="ledger"),
    path("finance/ledger/export/", ledger_files.export_rows, name="export_to_ledger"),
    path("finance/ledger/exports/<int:pk>/", ledger_files.ledger_batch, name="ledger_batch"),
    path("finance/ledger/exports/<int:pk>.csv", ledger_files.download, name="ledger_csv"),
    path("finance/ledger/columns/", ledger_files.ledger_columns, name="ledger_columns"),
    path("finance/ledger/columns/usual/", ledger_files.usual_columns, name="usual_ledger_columns"),
    path("finance/ledger/columns/add/", ledger_files.add_column, name="add_ledger_column"),
    path("finance/ledger/columns/<int:pk>/", ledger_files.change_column, name="ledger_column"),
    path(
        "finance/ledger/columns/<int:pk>/remove/",
        ledger_files.remove_column,
        name="remove_ledger_column",
    ),
    path("finance/ledger/codes/", ledger_files.ledger_codes, name="ledger_codes"),
    path("finance/runs/", runs.runs, name="invoice_runs"),
    path("finance/runs/new/", runs.new_run, name="new_invoice_run"),
    path("finance/runs/<int:pk>/", runs.run, name="invoice_run"),
    path("finance/debts/", agencies.debts, name="debts"),
    path("finance/agencies/<str:reference>/", agencies.statement, name="statement"),
    path(
        "finance/agencies/<str:reference>.pdf",
        agencies.statement_as_pdf,
        name="statement_pdf",
    ),
    path(
        "finance/agencies/<str:reference>/billing-details/",
        agencies.billing_details,
        name="billing_details",
    ),
]
