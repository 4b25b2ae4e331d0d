"""Addresses of this app."""

from django.urls import path

from evaluation.views import book, certificate_changes, certificates, insight, survey

urlpatterns = [
    # Booking belongs to bookings; the page is here because it asks the baseline questions.
    path("events/<str:reference>/book/", book.book, name="book"),
    # Everyone with a personal link, or a code to check
    path("survey/<str:token>/", survey.survey, name="survey"),
    path("survey/<str:token>/certificate.pdf", survey.certificate, name="survey_certificate"),
    path("verify/", certificates.verify, name="verify"),
    path("verify/<str:code>/", certificates.check, name="certificate_check"),
    # The holder, the lead of the holder's agency, the training team
    path("certificates/<str:code>.pdf", certificates.certificate, name="certificate"),
    # The training team
    path(
        "certificates/<str:code>/",
        certificate_changes.certificate_page,
        name="certificate_page",
    ),
    path(
        "certificates/<str:code>/withdraw/",
        certificate_changes.withdraw,
        name="withdraw_certificate",
    ),
    path(
        "certificates/<str:code>/reissue/",
        certificate_changes.reissue,
        name="reissue_certificate",
    ),
    # The subgroup and the training team
    path("insight/", insight.insight, name="insight"),
    path("insight/attendance.csv", insight.attendance_csv, name="attendance_csv"),
    path("insight/courses/<str:slug>/", insight.course, name="insight_course"),
    path("insight/events/<str:reference>/", insight.event, name="insight_event"),
]
