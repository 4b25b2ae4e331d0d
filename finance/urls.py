"""Addresses of this app."""

from django.urls import path

from finance.views import (
    account,
    agencies,
    asking,
    cases,
    charges,
    disputes,
    invoices,
    issue,
    overview,
    payments,
    runs,
    simulation,
    waiver_rules,
    waivers,
)
from finance.views.doors import doors

urlpatterns = [
    # Charges, requests to waive them, invoices, runs, debts.
    path("finance/", overview.finance, name="finance"),
    path("finance/charges/", charges.charges, name="charges"),
    path("finance/charges.csv", charges.charges_csv, name="charges_csv"),
    path("finance/charges/approve/", charges.approve, name="approve_charges"),
    path("finance/charges/take-back/", charges.take_back, name="take_back_approval"),
    path("finance/charges/<int:pk>/", charges.charge, name="charge"),
    # Asking for a charge to be waived: signed in, or by the link in the email about the charge.
    path("bookings/<str:reference>/waiver/", asking.ask_waiver, name="ask_waiver"),
    path(
        "bookings/<str:reference>/waiver/<int:pk>/appeal/",
        asking.appeal_waiver,
        name="appeal_waiver",
    ),
    path("waiver/<str:token>/", asking.ask_waiver_by_link, name="ask_waiver_by_link"),
    path(
        "waiver/<str:token>/<int:pk>/appeal/",
        asking.appeal_waiver_by_link,
        name="appeal_waiver_by_link",
    ),
    path(
        "waiver/<str:token>/files/<int:pk>/",
        asking.waiver_file_by_link,
        name="waiver_file_by_link",
    ),
    path("finance/requests/files/<int:pk>/", asking.waiver_file, name="waiver_file"),
    path("finance/requests/", cases.cases, name="mitigation_cases"),
    path("finance/requests/<int:pk>/", cases.case, name="mitigation_case"),
    path("finance/waivers/", waivers.waivers, name="waivers"),
    path("finance/waivers.csv", waivers.waivers_csv, name="waivers_csv"),
    path("finance/waiver-reasons/", waiver_rules.waiver_reasons, name="waiver_reasons"),
    path("finance/waiver-reasons/new/", waiver_rules.new_waiver_reason, name="new_waiver_reason"),
    path("finance/waiver-reasons/<int:pk>/", waiver_rules.waiver_reason, name="waiver_reason"),
    path("finance/exemptions/", waiver_rules.exemptions, name="exemptions"),
    path("finance/exemptions/new/", waiver_rules.new_exemption, name="new_exemption"),
    path(
        "finance/exemptions/<int:pk>/end/",
        waiver_rules.end_one_exemption,
        name="end_exemption",
    ),
    path("finance/invoices/", invoices.invoices, name="invoices"),
    path("finance/invoices.csv", invoices.invoices_csv, name="invoices_csv"),
    path("finance/invoices/new/", issue.new_invoice, name="new_invoice"),
    path("finance/invoices/<str:number>/", invoices.invoice, name="invoice"),
    path("finance/invoices/<str:number>.pdf", invoices.invoice_pdf, name="invoice_pdf"),
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
    path("finance/simulation/", simulation.newest, name="simulation_newest"),
    path("finance/simulation/<int:version>/", simulation.simulate, name="simulation"),
    path("finance/simulation/<int:version>.csv", simulation.simulation_csv, name="simulation_csv"),
    path("finance/disputes/", disputes.disputes, name="disputes"),
    path("finance/disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("finance/runs/", runs.runs, name="invoice_runs"),
    path("finance/runs/new/", runs.new_run, name="new_invoice_run"),
    path("finance/runs/event/", runs.new_event_run, name="new_event_run"),
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
    path(
        "finance/agencies/<str:reference>/link/",
        disputes.send_link,
        name="send_account_link",
    ),
    path(
        "finance/agencies/<str:reference>/stop-links/",
        disputes.stop_links,
        name="stop_account_links",
    ),
    # An agency's own finance contact, signed in or by a link.
    path("agency/account/", account.accounts, name="contact_accounts"),
    *doors("contact_account", "", account.agency_account),
    *doors("contact_invoices_csv", "invoices.csv", account.invoices_file),
    *doors("contact_statement", "statement.pdf", account.statement_document),
    *doors("contact_document", "<str:number>.pdf", account.issued_document),
    *doors("contact_invoice", "invoices/<str:number>/", account.invoice_lines),
    *doors(
        "contact_dispute", "invoices/<str:number>/dispute/<int:position>/", account.dispute_line
    ),
    *doors("contact_orders", "orders/", account.orders),
    *doors("contact_withdraw_order", "orders/<int:pk>/withdraw/", account.withdraw_order),
]
