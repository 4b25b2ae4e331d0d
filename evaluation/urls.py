"""Addresses of this app."""

from django.urls import path

from evaluation.views import certificates, survey

urlpatterns = [
    path("survey/<str:token>/", survey.survey, name="survey"),
    path("survey/<str:token>/certificate.pdf", survey.certificate, name="survey_certificate"),
    path("verify/", certificates.verify, name="verify"),
    path("verify/<str:code>/", certificates.check, name="certificate_check"),
    path("certificates/<str:code>.pdf", certificates.certificate, name="certificate"),
]
