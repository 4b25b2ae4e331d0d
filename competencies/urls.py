"""Addresses of this app."""

from django.urls import path

from competencies.views import agency, money, my_learning, pathways, records

urlpatterns = [
    # For everyone: which course is the right one
    path("pathways/", pathways.pathways, name="pathways"),
    path("pathways/<slug:slug>/", pathways.pathway, name="pathway"),
    path("guides/<slug:slug>/", pathways.guide, name="guide"),
    # For members
    path("my/", my_learning.my_learning, name="my_learning"),
    path("my/record.csv", my_learning.my_records_csv, name="my_records_csv"),
    path("my/roles/", records.my_roles, name="my_roles"),
    path("my/learning/add/", records.add_learning, name="add_learning"),
    # For agency leads and line managers
    path("agency/", agency.agency, name="agency"),
    path("agency/staff.csv", agency.staff_csv, name="agency_staff_csv"),
    path("agency/bookings/", agency.agency_bookings, name="agency_bookings"),
    # ... and the training team's
    path("agency/people/<int:pk>/", agency.person, name="agency_person"),
    path("agency/people/<int:pk>/roles/", records.staff_roles, name="staff_roles"),
    path("agency/people/<int:pk>/learning/", records.add_staff_learning, name="add_staff_learning"),
    path(
        "agency/people/<int:pk>/learning/<int:record>/",
        records.recognise,
        name="recognise_learning",
    ),
    # For agency leads
    path("agency/money/", money.agency_money, name="agency_money"),
    path("agency/charges.csv", money.agency_charges_csv, name="agency_charges_csv"),
    path("agency/invoices/<str:number>.pdf", money.agency_invoice_pdf, name="agency_invoice_pdf"),
    path(
        "agency/credit-notes/<str:number>.pdf",
        money.agency_credit_note_pdf,
        name="agency_credit_note_pdf",
    ),
]
