"""Signing in and up: allauth's pages, inside the partnership. Ours come first if they say or ask more."""

from django.urls import include, path, re_path

from partnerships.views.check_email import ask_for_password, check_email, password_asked_for
from partnerships.views.confirm_email import confirm_email
from partnerships.views.stop import stop

urlpatterns = [
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("stop/<str:token>/", stop, name="account_stop"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", confirm_email, name="account_confirm_email"),
    path("confirm-email/", check_email, name="account_email_verification_sent"),
    path("password/reset/", ask_for_password, name="account_reset_password"),
    path("password/reset/done/", password_asked_for, name="account_reset_password_done"),
    path("", include("allauth.account.urls")),
]
