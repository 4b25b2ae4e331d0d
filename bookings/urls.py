"""Addresses of this app."""

from django.urls import path

from bookings.views import (
    board,
    booking,
    catalogue,
    event_page,
    finance,
    finance_agencies,
    finance_cases,
    finance_charges,
    finance_invoices,
    finance_issue,
    finance_payments,
    finance_runs,
    register,
    waiting,
)

urlpatterns = [
    # The public catalogue: courses' nouns, with the places and prices that are ours.
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<slug:slug>/", catalogue.course, name="course"),
    path("events/", catalogue.events, name="events"),
    path("events.csv", catalogue.events_csv, name="events_csv"),
    path("events/<str:reference>/", event_page.event, name="event"),
    # Registers: trainers' own, coordinators' all.
    path("register/", register.registers, name="registers"),
    path("register/<str:reference>/", register.register, name="register"),
    path("register/<str:reference>/walk-in/", register.walk_in, name="walk_in"),
    path("register/<str:reference>/close/", register.close, name="close_register"),
    path("register/<str:reference>/reopen/", register.reopen, name="reopen_register"),
    path("register/<str:reference>.pdf", register.sign_in_sheet_pdf, name="sign_in_sheet"),
    # A booking: its delegate, whoever booked it, the agency's lead, the training team.
    path("bookings/<str:reference>/", booking.booking, name="booking"),
    path("bookings/<str:reference>/booking.ics", booking.ics, name="booking_ics"),
    path("bookings/<str:reference>/cancel/", booking.cancel, name="cancel_booking"),
    path("bookings/<str:reference>/colleague/", booking.send_colleague, name="send_colleague"),
    path("bookings/<str:reference>/settle/", booking.settle, name="settle_booking"),
    # The waiting list; the two links from mails need no sign-in.
    path("events/<str:reference>/wait/", waiting.wait, name="wait"),
    path("waiting/<int:pk>/leave/", waiting.leave, name="leave_waiting_list"),
    path("offer/<str:token>/", waiting.offer, name="offer"),
    path("approve/<str:token>/", waiting.approve, name="approve"),
    # Running an event: the training team; agency leads book for their own staff.
    path("events/<str:reference>/board/", board.board, name="event_board"),
    path("events/<str:reference>/cancel/", board.cancel, name="cancel_event"),
    path("events/<str:reference>/move/", board.move, name="move_event"),
    path("events/<str:reference>/book-for/", board.find_person, name="book_for"),
    # Finance: charges, requests to waive them, invoices, runs, debts.
    path("finance/", finance.finance, name="finance"),
    path("finance/charges/", finance_charges.charges, name="charges"),
    path("finance/charges.csv", finance_charges.charges_csv, name="charges_csv"),
    path("finance/charges/approve/", finance_charges.approve, name="approve_charges"),
    path("finance/charges/<int:pk>/", finance_charges.charge, name="charge"),
    path("bookings/<str:reference>/waiver/", finance_cases.ask_waiver, name="ask_waiver"),
    path("finance/cases/", finance_cases.cases, name="mitigation_cases"),
    path("finance/cases/<int:pk>/", finance_cases.case, name="mitigation_case"),
    path("finance/invoices/", finance_invoices.invoices, name="invoices"),
    path("finance/invoices.csv", finance_invoices.invoices_csv, name="invoices_csv"),
    path("finance/invoices/new/", finance_issue.new_invoice, name="new_invoice"),
    path("finance/invoices/<str:number>/", finance_invoices.invoice, name="invoice"),
    path("finance/invoices/<str:number>.pdf", finance_invoices.invoice_pdf, name="invoice_pdf"),
    path(
        "finance/invoices/<str:number>/credit/<int:position>/",
        finance_issue.credit,
        name="credit_line",
    ),
    path(
        "finance/invoices/<str:number>/payment/",
        finance_payments.enter_payment,
        name="record_payment",
    ),
    path("finance/invoices/<str:number>/refund/", finance_payments.enter_refund, name="refund"),
    path(
        "finance/invoices/<str:number>/set-against/",
        finance_payments.set_held_against,
        name="set_against",
    ),
    path(
        "finance/invoices/<str:number>/write-off/",
        finance_payments.write_off_debt,
        name="write_off",
    ),
    path(
        "finance/invoices/<str:number>/entries/<int:pk>/reverse/",
        finance_payments.reverse_entry,
        name="reverse_payment",
    ),
    path(
        "finance/credit-notes/<str:number>.pdf",
        finance_invoices.credit_note_pdf,
        name="credit_note_pdf",
    ),
    path("finance/runs/", finance_runs.runs, name="invoice_runs"),
    path("finance/runs/new/", finance_runs.new_run, name="new_invoice_run"),
    path("finance/runs/<int:pk>/", finance_runs.run, name="invoice_run"),
    path("finance/debts/", finance_agencies.debts, name="debts"),
    path("finance/agencies/<str:reference>/", finance_agencies.statement, name="statement"),
    path(
        "finance/agencies/<str:reference>.pdf",
        finance_agencies.statement_as_pdf,
        name="statement_pdf",
    ),
    path(
        "finance/agencies/<str:reference>/billing-details/",
        finance_agencies.billing_details,
        name="billing_details",
    ),
]
