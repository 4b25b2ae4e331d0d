"""Addresses of this app."""

from django.urls import path

from evaluation.views import book, certificates, survey

urlpatterns = [
    # Booking: bookings' noun; the page is here because it asks the baseline questions.
    path("events/<str:reference>/book/", book.book, name="book"),
    path("survey/<str:token>/", survey.survey, name="survey"),
    path("survey/<str:token>/certificate.pdf", survey.certificate, name="survey_certificate"),
    path("verify/", certificates.verify, name="verify"),
    path("verify/<str:code>/", certificates.check, name="certificate_check"),
    path("certificates/<str:code>.pdf", certificates.certificate, name="certificate"),
]
